"""The word lists the demo is told from: TOML beside this file, read once and typed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sinergia.web.demo.rows import CentreRow, FundRow, MunicipalityRow, PersonRow, RegionRow

_WORDS = files("sinergia.web.demo") / "words"
# Where the drawing lies on the globe: its lower left corner, and how long a degree is there.
ORIGIN = (48.6, 54.1)
KM_IN_DEGREE = (64.2, 111.2)


@dataclass(frozen=True, slots=True)
class Idea:
    """A project as it is thought of: a title and what it is; {20..60}, {at}, {of} stay open."""

    field: str
    title: str
    essence: str


@dataclass(frozen=True, slots=True)
class Field:
    """What organisations of one kind do, and how they are called."""

    code: str
    direction: int  # of the national fund, from 1
    culture: int  # of the culture fund, from 1; 0: none
    share: int
    forms: tuple[str, ...]
    purposes: tuple[str, ...]
    plain: tuple[str, ...]
    brands: tuple[str, ...]
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """What one fund did in one region in one year."""

    year: int
    submitted: int
    won: int
    awarded: int  # kopecks


@dataclass(frozen=True, slots=True)
class Fund:
    """A source of grants: how it counts, decides and pays."""

    row: FundRow
    contests: tuple[str, ...]  # the contests of a year, in their order
    decided: tuple[str, ...]  # month and day of each contest's decision
    number: str
    sums: tuple[int, int]  # least and most of a grant, roubles
    directions: tuple[str, ...]
    seasons: dict[str, tuple[Season, ...]]  # by region


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation that the stories name."""

    brand: str
    field: str
    oktmo: str
    form: str
    purpose: str
    is_host: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """A project that an organisation is known for."""

    brand: str
    fund: str
    year: int
    is_won: bool
    title: str


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A region's themes, and which of them each fund's directions fall under, in their order."""

    themes: tuple[tuple[str, str, str], ...]  # code, Russian, English
    national: tuple[str, ...]
    culture: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a list that makes somebody ask. brand: of whoever moved; "" where it is nobody's."""

    region: str
    oktmo: str
    brand: str = ""
    name: str = ""
    is_mistyped: bool = False  # it has a number, with a slip in it


@dataclass(frozen=True, slots=True)
class MinistryWords:
    """What the ministries' lists say beside names and numbers."""

    streets: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]  # how a name begins, OKOPF; the first that fits
    statuses: tuple[tuple[str, int], ...]  # of a hundred; the usual one first, then the closed
    faults: tuple[Fault, ...]
    sources: dict[str, str]  # what the list is called, by region
    works: dict[str, str]  # in the list's words, by field


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom the stories name."""

    of_national: tuple[int, ...]
    people: tuple[PersonRow, ...]
    centres: tuple[CentreRow, ...]
    known: tuple[Known, ...]
    signatures: tuple[Signature, ...]


@cache
def regions() -> tuple[RegionRow, ...]:
    """Read the two regions."""
    return tuple(
        RegionRow(**{**region, "spellings": tuple(region["spellings"])})
        for region in _read("places.toml")["regions"]
    )


@cache
def municipalities() -> tuple[MunicipalityRow, ...]:
    """Read every municipality of both regions."""
    return tuple(_municipality(**entry) for entry in _read("places.toml")["municipalities"])


@cache
def fields() -> dict[str, Field]:
    """Read what organisations do: their names and their projects, by code."""
    projects: dict[str, dict[str, list[list[str]]]] = {}
    for path in sorted((_WORDS / "projects").iterdir(), key=lambda path: path.name):
        projects |= tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        code: Field(
            code=code,
            direction=words["direction"],
            culture=int(str(projects[code].get("culture", 0))),
            share=words["share"],
            forms=tuple(words["forms"]),
            purposes=tuple(words["purposes"]),
            plain=tuple(words["plain"]),
            brands=tuple(words["brands"]),
            ideas=tuple(Idea(code, *pair) for pair in projects[code]["projects"]),
        )
        for code, words in _read("organisations.toml").items()
    }


@cache
def funds() -> dict[str, Fund]:
    """Read the sources of grants, by code, in the order they are told."""
    return {entry["code"]: _fund(**entry) for entry in _read("funds.toml")["funds"]}


@cache
def themes() -> dict[str, ThemeWords]:
    """Read the regions' own themes, by region."""
    return {
        region: ThemeWords(
            themes=tuple((code, ru, en) for code, ru, en in words["themes"]),
            national=tuple(words["national"]),
            culture=tuple(words["culture"]),
            own=tuple(words["own"]),
        )
        for region, words in _read("themes.toml").items()
    }


@cache
def cast() -> Cast:
    """Read whom the stories name."""
    words = _read("story.toml")
    return Cast(
        of_national=tuple(words["of_national"]),
        people=tuple(PersonRow(**person) for person in words["people"]),
        centres=tuple(CentreRow(**centre) for centre in words["centres"]),
        known=tuple(Known(**{"is_host": False, **known}) for known in words["known"]),
        signatures=tuple(Signature(*entry) for entry in words["signature"]["projects"]),
    )


@cache
def ministry() -> MinistryWords:
    """Read what the ministries' lists say."""
    words = _read("ministry.toml")
    return MinistryWords(
        streets=tuple(words["streets"]),
        forms=tuple((start, code) for start, code in words["forms"]),
        statuses=tuple((name, share) for name, share in words["statuses"]),
        faults=tuple(Fault(**fault) for fault in words["faults"]),
        sources=words["sources"],
        works=words["works"],
    )


@cache
def inside() -> dict[str, Any]:
    """Read what organisations tell of themselves, and whom centres know."""
    return _read("inside.toml")


def contests() -> list[dict[str, Any]]:
    """Read the contests that the demo's centres hold."""
    return list(_read("contests.toml")["contests"])


@cache
def applying() -> dict[str, Any]:
    """Read what applicants of the regional contest write."""
    return _read("applying.toml")


@cache
def review() -> dict[str, Any]:
    """Read who reads and decides in the contests, and what experts write."""
    return _read("review.toml")


@cache
def trainings() -> dict[str, Any]:
    """Read the trainings of the beginning region's centre, and who enrols."""
    return _read("trainings.toml")


def exchange() -> dict[str, Any]:
    """Read the programme of exchange: its agreement, its visits, who travels."""
    return _read("exchange.toml")


def programmes() -> dict[str, Any]:
    """Read the programmes of these visits, session by session."""
    return _read("visiting.toml")


def drafts() -> list[dict[str, Any]]:
    """Read the projects that people of the demo write."""
    return list(_read("drafts.toml")["drafts"])


def beside() -> dict[str, Any]:
    """Read what a consultant says beside those projects: readings and threads of remarks."""
    return _read("beside.toml")


def practices() -> list[dict[str, Any]]:
    """Read the practices that organisations of the demo tell."""
    return list(_read("practices.toml")["practices"])


def adoptions() -> list[dict[str, Any]]:
    """Read who takes home a practice of somebody else."""
    return list(_read("adoptions.toml")["adoptions"])


def homecoming() -> dict[str, Any]:
    """Read what delegates took home from the visit of October 2025, and what they thought."""
    return _read("homecoming.toml")


@cache
def granting() -> dict[str, Any]:
    """Read what became of grants: three that grew from the visit, those won at home in 2025."""
    return _read("granting.toml")


def helping() -> dict[str, Any]:
    """Read what the demo's centres helped with."""
    return _read("helping.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / name).read_text(encoding="utf-8"))


def _municipality(
    *,
    region: str,
    oktmo: str,
    names: list[str],
    kind: str,
    of: str,
    at: str,
    stem: str,
    population: int,
    spot: list[float],
) -> MunicipalityRow:
    x, y, weight = spot
    return MunicipalityRow(
        oktmo=oktmo,
        region=region,
        name_ru=names[0],
        name_en=names[1],
        kind=kind,
        centre_ru=names[2],
        centre_en=names[3],
        population=population,
        latitude=round(ORIGIN[1] + y / KM_IN_DEGREE[1], 4),
        longitude=round(ORIGIN[0] + x / KM_IN_DEGREE[0], 4),
        centre_of=of,
        centre_at=at,
        stem=stem,
        x=x,
        y=y,
        weight=weight,
    )


def _fund(
    *,
    code: str,
    name_ru: str,
    name_en: str,
    contests: list[str],
    decided: list[str],
    number: str,
    sums: list[int],
    directions: list[str],
    years: dict[str, list[list[float]]],
    region: str = "",
) -> Fund:
    return Fund(
        row=FundRow(code, name_ru, name_en, region),
        contests=tuple(contests),
        decided=tuple(decided),
        number=number,
        sums=(sums[0], sums[1]),
        directions=tuple(directions),
        seasons={
            place: tuple(
                # Thousands of roubles in the file, with a tenth at most: kopecks here.
                Season(int(year), int(submitted), int(won), round(thousands * 10) * 10_000)
                for year, submitted, won, thousands in seasons
            )
            for place, seasons in years.items()
        },
    )
