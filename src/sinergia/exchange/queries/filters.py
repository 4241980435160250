"""What a reader asks of agreements and of visits, as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sinergia.base.asking import LONGEST_WORDS, YEARS, ListFilter, key_text, one_of
from sinergia.engine.text import clean_line
from sinergia.exchange.models import Visit

PUT_AWAY = "put_away"
STATES = ("in_force", "ends", "ended", PUT_AWAY)
DIRECTIONS = ("to", "from")


@dataclass(frozen=True)
class AgreementFilter(ListFilter):
    """q: words of a subject, a party or a number; state: one of STATES; programme: its key.

    region: the code of a party's region; centre: key of the one that keeps them.
    """

    q: str = ""
    state: str = ""
    programme: str = ""
    region: str = ""
    centre: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "AgreementFilter":
        """Read an address; values that cannot be are dropped."""
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST_WORDS],
            state=one_of(query.get("state", ""), STATES),
            programme=key_text(query.get("programme", "")),
            region=clean_line(query.get("region", ""))[:10],
            centre=key_text(query.get("centre", "")),
        )


@dataclass(frozen=True)
class VisitFilter(ListFilter):
    """q: words of a name; stage: of the model, or PUT_AWAY; year: in which it begins.

    region: of either side; direction: to or from the regions of the reader’s centre; programme: its
    key; told: "public" for what everybody sees.
    """

    q: str = ""
    stage: str = ""
    year: str = ""
    region: str = ""
    direction: str = ""
    programme: str = ""
    told: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "VisitFilter":
        """Read an address; values that cannot be are dropped."""
        return cls(
            q=clean_line(query.get("q", ""))[:LONGEST_WORDS],
            stage=one_of(query.get("stage", ""), [*Visit.Stage.values, PUT_AWAY]),
            year=one_of(query.get("year", ""), [str(year) for year in YEARS]),
            region=clean_line(query.get("region", ""))[:10],
            direction=one_of(query.get("direction", ""), DIRECTIONS),
            programme=key_text(query.get("programme", "")),
            told=one_of(query.get("told", ""), ("public",)),
        )

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the year that is asked."""
        return (date(int(self.year), 1, 1), date(int(self.year), 12, 31)) if self.year else None
