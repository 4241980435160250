"""Practices taken home, across all of them: what one region gave and another took."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from sinergia.engine.text import clean_line
from sinergia.places.models import Region
from sinergia.practices.models import Adoption
from sinergia.practices.queries.adoptions import told_adoptions
from sinergia.practices.queries.catalogue import COUNTED


@dataclass(frozen=True)
class TakenFilter:
    """What an address asks. author, home: codes of regions that gave and took; state: its code."""

    author: str = ""
    home: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "TakenFilter":
        """Read an address; values that cannot be are dropped."""
        state = query.get("state", "")
        return cls(
            author=clean_line(query.get("author", ""))[:10],
            home=clean_line(query.get("home", ""))[:10],
            state=state if state in COUNTED else "",
        )

    @property
    def values(self) -> dict[str, str]:
        """What is asked, by its name in an address; empty ones left out."""
        return {name: value for name, value in asdict(self).items() if value}

    def to_query(self) -> str:
        """Write an address's query."""
        return urlencode(self.values)


def taken_home(asked: TakenFilter) -> QuerySet[Adoption]:
    """What everybody may know of, as the address asks."""
    rows = told_adoptions()
    if asked.author:
        rows = rows.filter(practice__region__code=asked.author)
    if asked.home:
        rows = rows.filter(organisation__region__code=asked.home)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return rows


def regions_taking_part() -> QuerySet[Region]:
    """Regions that gave a practice or took one."""
    rows = told_adoptions().order_by()
    gave = Q(pk__in=rows.values("practice__region"))
    took = Q(pk__in=rows.values("organisation__region"))
    return Region.objects.filter(gave | took).order_by("name_folded", "pk")
