"""What a reader asks of agreements and of visits, as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from sinergia.engine.text import clean_line
from sinergia.exchange.models import Visit

LONGEST = 200  # of what is searched for
PUT_AWAY = "put_away"
STATES = ("in_force", "ends", "ended", PUT_AWAY)
DIRECTIONS = ("to", "from")
YEARS = range(1990, 2101)


class Asked:
    """What both filters do with an address."""

    @property
    def values(self) -> dict[str, str]:
        """What is asked, by its name in an address; empty ones left out."""
        named = {one.name: str(getattr(self, one.name)) for one in fields(self)}  # type: ignore[arg-type]  # each is a dataclass
        return {name: value for name, value in named.items() if value}

    def to_query(self, **more: str) -> str:
        """Write an address's query without what is empty; `more` overrides or adds."""
        given = self.values | more
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True)
class AgreementFilter(Asked):
    """q: words of a subject, a party or a number; state: one of STATES; programme: its key.

    region: the code of a party's region.
    """

    q: str = ""
    state: str = ""
    programme: str = ""
    region: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "AgreementFilter":
        """Read an address; values that cannot be are dropped."""
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST],
            state=_one_of(query.get("state", ""), STATES),
            programme=_key(query.get("programme", "")),
            region=clean_line(query.get("region", ""))[:10],
        )


@dataclass(frozen=True)
class VisitFilter(Asked):
    """q: words of a name; stage: of the model, or PUT_AWAY; year: in which it begins.

    region: of either side; direction: to or from the regions of the reader’s centre; programme: its
    key.
    """

    q: str = ""
    stage: str = ""
    year: str = ""
    region: str = ""
    direction: str = ""
    programme: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "VisitFilter":
        """Read an address; values that cannot be are dropped."""
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST],
            stage=_one_of(query.get("stage", ""), [*Visit.Stage.values, PUT_AWAY]),
            year=_one_of(query.get("year", ""), [str(year) for year in YEARS]),
            region=clean_line(query.get("region", ""))[:10],
            direction=_one_of(query.get("direction", ""), DIRECTIONS),
            programme=_key(query.get("programme", "")),
        )

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the year that is asked."""
        return (date(int(self.year), 1, 1), date(int(self.year), 12, 31)) if self.year else None


def _one_of(value: str, known: tuple[str, ...] | list[str]) -> str:
    return value if value in known else ""


def _key(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        return ""
