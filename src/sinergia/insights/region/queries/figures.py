"""A region in figures: every value stands beside the filter that opens the rows it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from sinergia.applications.queries.filters import NONE, ApplicationFilter
from sinergia.places.models import Region

FEW = 30  # below it a share is said as "4 of 11"


ROWS, ORGANISATIONS, MINOR = "rows", "organisations", "minor"


@dataclass(frozen=True)
class Tally:
    """How many rows, how many of them won, and what those were given, in minor units."""

    rows: int = 0
    won: int = 0
    awarded_minor: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.rows + other.rows,
            self.won + other.won,
            self.awarded_minor + other.awarded_minor,
        )


@dataclass(frozen=True)
class Figure:
    """A number and the filter that opens exactly the rows it was counted from.

    of: what is counted there: `rows`, `organisations` (different ones), or `minor`, the sum
    that the won among the rows were given.
    """

    value: int
    asked: ApplicationFilter
    of: str = ROWS

    @property
    def query(self) -> str:
        """The query of the address that opens the rows."""
        return self.asked.to_query()


@dataclass(frozen=True)
class Line:
    """One line of a table: a year, a theme, a municipality, a size or a fund.

    code: what the filter was narrowed to, `none` for rows that say nothing of it.
    """

    code: str
    name_ru: str
    name_en: str
    submitted: Figure
    won: Figure
    awarded: Figure

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru

    @property
    def is_known(self) -> bool:
        """Whether the rows say which year, theme or place they are of."""
        return self.code != NONE


@dataclass(frozen=True)
class Winners:
    """Organisations that won in one year: those that had won before it and those that had not."""

    year: int
    all: Figure
    new: Figure
    repeated: Figure


@dataclass(frozen=True)
class Step:
    """A step of the way from an application to a grant."""

    code: str
    figure: Figure


@dataclass(frozen=True)
class Block:
    """The figures in one currency. Sums are in its minor units.

    currency: "" where nothing was submitted and no fund says one.
    repeated_winners: in one year those that had won before it, else those with several wins.
    """

    currency: str
    submitted: Figure
    organisations: Figure
    won: Figure
    awarded: Figure
    declined: Figure
    pending: Figure
    unknown: Figure
    winners: Figure
    new_winners: Figure
    repeated_winners: Figure
    funnel: Sequence[Step]
    beside: Sequence[Step]  # what left the way, or has not come to its end
    by_year: Sequence[Line]
    by_theme: Sequence[Line]
    by_municipality: Sequence[Line]
    by_size: Sequence[Line]
    by_fund: Sequence[Line]
    by_winners: Sequence[Winners]

    @property
    def share(self) -> float | None:
        """Won of submitted, 0 to 1; none where nothing was submitted."""
        return self.won.value / self.submitted.value if self.submitted.value else None


@dataclass(frozen=True)
class FundName:
    """A fund as figures name it."""

    code: str
    name_ru: str
    name_en: str
    currency: str

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru


@dataclass(frozen=True)
class Choices:
    """Which funds and years the region has rows of, whatever is filtered."""

    funds: Sequence[FundName]
    years: Sequence[int]  # the last first; 0 where some rows have none


@dataclass(frozen=True)
class Figures:
    """All that is counted of a region: by the region as filed, in the contest's year."""

    region: Region
    asked: ApplicationFilter
    fund: FundName | None
    awaiting: Figure
    blocks: Sequence[Block]  # the currency with most rows first; never empty
    choices: Choices

    @property
    def year(self) -> int | None:
        """The one year that is asked; none for all of them."""
        return int(self.asked.year) if self.asked.year.isdecimal() else None

    @property
    def is_zero(self) -> bool:
        """Whether nobody of the region has ever applied anywhere."""
        return not self.choices.funds
