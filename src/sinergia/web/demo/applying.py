"""Applications to the demo's regional contest: who applies, with what texts and which budget.

Told from the word lists and a seed, as everything here; the days of a project are counted from the
first one on which the contest lets projects begin.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import Any

from sinergia.web.demo import stock
from sinergia.web.demo.rows import MunicipalityRow, OrganisationRow
from sinergia.web.demo.titles import Project, Titles

REGION = "XB-YAR"
YEAR = 2026
BEGINS, ENDS = 5, 310  # days of a project
PAY, SOCIAL, RATE = "1.1", "1.3", 0.302
DEAR = (0.5, 0.6, 0.8, 1.0, 1.0, 1.2, 1.5, 2.0, 2.4)  # beside the model; each a tenth more or less
ELSEWHERE = ("Кленовск", "Светлоборск")

Told = Mapping[str, Any]
Rows = list[tuple[str, str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Applying:
    """One application. texts, rows: as in drafts.toml. refusal: why it was not admitted."""

    place: int  # among all of them, from 1
    organisation: OrganisationRow
    leader: str
    texts: dict[str, str]
    rows: Rows
    refusal: Told | None = None

    @property
    def email(self) -> str:
        """Where its leader reads letters."""
        return f"leader-{self.organisation.ogrn}@yarogorye.example"

    @property
    def told(self) -> Told:
        """As drafts are told."""
        return {"texts": self.texts, "rows": self.rows, "begins": BEGINS, "ends": ENDS}


def apply(
    organisations: tuple[OrganisationRow, ...],
    towns: tuple[MunicipalityRow, ...],
    *,
    count: int,
    seed: int,
) -> Iterator[Applying]:
    """Tell so many applications; of the same organisation two at most."""
    words, fields = stock.applying(), stock.fields()
    titles = Titles(fields, [one[-1] for one in map(_signature, stock.cast().signatures)])
    known = {f"«{one.brand}»" for one in stock.cast().known}
    places = {town.oktmo: town for town in towns}
    pool = [
        one
        for one in organisations
        if one.region == REGION
        and one.registered_on.year < YEAR - 1
        and not any(brand in one.name for brand in known)
    ]
    refused = {row["place"]: row for row in words["refused"]}
    chance = Random(f"{seed}:applying")  # noqa: S311  # nothing is kept secret by it
    order = chance.sample(pool, len(pool))
    made: dict[int, Applying] = {}
    for place, one in enumerate(islice(order + order, count), start=1):
        by = Random(f"{seed}:applying:{place}")  # noqa: S311  # the same
        refusal = refused.get(place)
        if refusal and "twin" in refusal:
            twin = made[refusal["twin"]]
            title = f"{twin.texts['title']}: второй год"
            again = replace(twin, place=place, texts=twin.texts | {"title": title})
            made[place] = replace(again, refusal=refusal)
        else:
            made[place] = _application(place, one, places[one.oktmo], titles, by)
            if refusal:
                made[place] = _spoilt(made[place], refusal)
        yield made[place]


def _signature(one: stock.Signature) -> tuple[str, str]:
    return one.brand, one.title


def _application(
    place: int, one: OrganisationRow, town: MunicipalityRow, titles: Titles, chance: Random
) -> Applying:
    words = stock.applying()
    code = next(c for c, told in words["directions"].items() if one.field in told["fields"])
    project = titles.new(one.field, one.ogrn, town, year=YEAR, chance=chance)
    leader = f"{chance.choice(words['surnames'])} {chance.choice(words['initials'])}"
    return application_of(Aimed(place, one, town, code, project, leader), chance=chance)


@dataclass(frozen=True, slots=True)
class Aimed:
    """Who applies with what. code: of the direction."""

    place: int
    organisation: OrganisationRow
    town: MunicipalityRow
    code: str
    project: Project
    leader: str


def application_of(aimed: Aimed, *, chance: Random, budget: Rows | None = None) -> Applying:
    """Write a whole application; budget: its lines, where they are not by chance."""
    words, one, town = stock.applying(), aimed.organisation, aimed.town
    told, project = words["directions"][aimed.code], aimed.project
    asked = chance.randrange(60, 240)
    given = {
        "essence": project.essence,
        "of": town.centre_of,
        "at": town.centre_at,
        "many": chance.randrange(5, 20) * 10,
        "few": chance.choice((7, 8, 9, 11, 12, 14, 16, 18)),
        "asked": asked,
        "said": round(asked * chance.uniform(0.45, 0.8)) // 10 * 10 + 6,
        "since": one.registered_on.year,
    }
    texts = {
        "direction": aimed.code,
        "title": project.title,
        "summary": f"{project.essence[0].upper()}{project.essence[1:]}.\n\n{told['goal']}",
        "problem": chance.choice(told["problem"]),
        "qualitative": told["quality"],
    }
    for name in ("information_support", "development", "resources_later", "activities"):
        texts[name] = chance.choice(words[name])
    for name in ("resources", "budget_note"):
        texts[name] = chance.choice(words[name])
    filled = {name: text.format_map(given) for name, text in texts.items() if text}
    plan = list(_plan(told, town, aimed.leader, given, chance))
    rows = [*plan, *_applicant(given), *(_budget(chance) if budget is None else budget)]
    return Applying(aimed.place, one, aimed.leader, filled, rows)


def _plan(
    told: Told, town: MunicipalityRow, leader: str, given: Told, chance: Random
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    words = stock.applying()
    yield "geography", "a00001", {"place": town.centre_ru}
    yield "target_groups", "b00001", {"text": chance.choice(told["who"]).format_map(given)}
    yield "goals", "c00001", {"text": told["goal"].format_map(given)}
    for number, task in enumerate(told["tasks"], start=1):
        yield "tasks", f"d0000{number}", {"text": task}
    cells = {"what": told["result"], "number": str(given["many"]), "proof": "Списки и дневники"}
    yield "results", "e00001", cells
    other = f"{chance.choice(words['surnames'])} {chance.choice(words['initials'])}"
    yield "head", "f00001", {"name": leader, **_person(words["heads"], given)}
    yield "team", "f00002", {"name": other, **_person(words["team"], given)}
    yield "tags", "a50001", {"tag": told["tag"]}
    plan = chance.choice(words["events"])["rows"]
    for number, (task, what, starts, ends) in enumerate(plan, start=1):
        cells = {
            "what": what,
            "task": f"d0000{task}",
            "group": "b00001",
            "where": town.centre_ru,
            "people": str(given["many"]),
        }
        yield "events", f"a1000{number}", cells | {"starts": starts, "ends": ends}


def _applicant(given: Told) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What the organisation says of itself, from the numbers of its project."""
    words = stock.applying()
    yield "partners", "f00003", words["partners"][given["few"] % len(words["partners"])]
    yield "accountant", "f00004", words["accountants"][given["few"] % len(words["accountants"])]
    yield "income", "f00005", {"source": "people", "sum": f"{given['asked']} 000"}
    yield "income", "f00006", {"source": "local", "sum": f"{given['said']} 000"}
    spent = f"{given['asked'] + given['said'] - given['few']} 000"
    people = {"people": str(given["many"] * 3), "entities": str(given["few"] % 4)}
    yield "last_year", "f00007", {"year": str(YEAR - 1), "spent": spent, **people}


def _person(kinds: list[dict[str, str]], given: Told) -> dict[str, str]:
    """Who somebody is, the same for the same application; nothing more is left to chance."""
    told = kinds[(given["asked"] + given["few"]) % len(kinds)]
    return {cell: text.format_map(given) for cell, text in told.items()}


def _budget(chance: Random) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Lines of a model, as dear as chance has it; contributions follow from the pay."""
    model = chance.choice(stock.applying()["budgets"])["lines"]
    rate = chance.choice(DEAR) * chance.uniform(0.9, 1.1)
    pay = sum(price_of(line, rate) * line[3] for line in model if line[1] == PAY)
    for number, line in enumerate(model, start=1):
        what, article, _thousands, count, own, comment = line
        price = round(pay * RATE) if article == SOCIAL else price_of(line, rate)
        said = {"price": _shown(price), "base": _shown(pay)}
        yield (
            "lines",
            f"b1000{number}",
            {
                "what": what,
                "article": article,
                "price": _shown(price),
                "quantity": str(count),
                "own": _shown(price * count * own // 100),
                "comment": comment.format_map(said),
                "event": "a10003",
            },
        )


def price_of(line: list[Any], rate: float) -> int:
    """Roubles for one, as dear as chance has it."""
    return int(round(line[2] * rate * 100) * 10)


def _shown(roubles: int) -> str:
    return f"{roubles:,}".replace(",", " ")


def _spoilt(one: Applying, refusal: Told) -> Applying:
    """The same with what is wrong in it."""
    if not refusal.get("outside"):
        return replace(one, refusal=refusal)
    rows = [(field, row, dict(cells)) for field, row, cells in one.rows]
    for place, (field, row, cells) in enumerate(rows):
        if field == "events" and row in ("a10001", "a10003", "a10004", "a10005"):
            rows[place] = (field, row, cells | {"where": ELSEWHERE[place % 2]})
    return replace(one, rows=rows, refusal=refusal)
