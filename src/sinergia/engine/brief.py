"""The figures of a region's brief, and what stands out among them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One contest year; `year` is 0 where it is not known."""

    year: int
    submitted: int
    won: int
    awarded_minor: int


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """One theme or municipality; `key` is "" for the rows that belong to none."""

    key: str
    name_ru: str
    name_en: str
    submitted: int
    won: int
    awarded_minor: int

    def name(self, language: str) -> str:
        """Give the name in the reader's language, or the one there is."""
        names = (self.name_ru, self.name_en)
        return (names[0] or names[1]) if language == "ru" else (names[1] or names[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFigures:
    """What is known of a region's applications over one period, in one currency.

    region_kind: oblast, krai, republic, city, okrug, autonomous_oblast or region.
    fund names: None when the figures are of all funds. year: the only one counted, or None.
    is_whole_life: every year the fund has worked. won: declined grants among them.
    winners: organisations that won; new_winners: those of them with no win before the period;
    repeated_winners: those whose win in the period was not their first.
    pending: applications not decided yet.
    """

    region_kind: str
    fund_name_ru: str | None
    fund_name_en: str | None
    is_whole_life: bool
    year: int | None
    first_year: int | None
    last_year: int | None
    submitted: int
    organisations: int
    won: int
    awarded_minor: int
    currency: str
    declined: int = 0
    by_year: Sequence[YearFigures] = ()
    by_theme: Sequence[NamedFigures] = ()
    by_municipality: Sequence[NamedFigures] = ()
    new_winners: int = 0
    repeated_winners: int = 0
    winners: int = 0
    pending: int = 0

    @property
    def is_one_fund(self) -> bool:
        """Whether the figures are of one fund, not of all together."""
        return bool(self.fund_name_ru or self.fund_name_en)

    @property
    def is_closed(self) -> bool:
        """Whether no more wins are to come: one year, and everything in it decided."""
        return self.year is not None and self.pending == 0

    @property
    def has_average(self) -> bool:
        """Whether an average grant says more than the sum does."""
        return self.won > 1 and self.awarded_minor > 0

    @property
    def period(self) -> tuple[int, int] | None:
        """The first and the last year meant, or None where no year is known."""
        first, last = self.year or self.first_year, self.year or self.last_year
        return (first, last) if first and last else None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `figure` is the code of the figure whose rows it opens."""

    text: str
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Thesis:
    """One full sentence of a speech."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence in one piece."""
        return "".join(part.text for part in self.parts)


def years_of(figures: BriefFigures) -> list[YearFigures]:
    """List the years of the brief in which something was submitted, in their order."""
    known = [one for one in figures.by_year if one.year and one.submitted]
    meant = [one for one in known if figures.year in {None, one.year}]
    return sorted(meant, key=lambda one: one.year)


def most_won(years: Sequence[YearFigures]) -> YearFigures | None:
    """Give the year with the most wins; None where there are none or two years share the first."""
    return _first([(year.won, year) for year in years])


def most_submitted(years: Sequence[YearFigures]) -> YearFigures | None:
    """Give the year with the most projects; None where two years share the first place."""
    return _first([(year.submitted, year) for year in years])


def _first(counted: Sequence[tuple[int, YearFigures]]) -> YearFigures | None:
    most = max((count for count, _ in counted), default=0)
    found = [year for count, year in counted if count == most]
    return found[0] if most and len(found) == 1 else None


def with_wins(named: Sequence[NamedFigures]) -> list[NamedFigures]:
    """List the themes or municipalities that won, most wins first."""
    found = [one for one in named if one.key and one.won]
    return sorted(found, key=lambda one: (-one.won, one.key))


def with_projects(named: Sequence[NamedFigures]) -> list[NamedFigures]:
    """List the themes or municipalities that submitted, most projects first."""
    found = [one for one in named if one.key and one.submitted]
    return sorted(found, key=lambda one: (-one.submitted, one.key))
