"""Practices taken home, across all of them: what one region gave and another took."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sinergia.base.asking import ListFilter, one_of
from sinergia.engine.text import clean_line
from sinergia.places.models import Region
from sinergia.practices.models import Adoption
from sinergia.practices.queries.adoptions import told_adoptions
from sinergia.practices.queries.catalogue import COUNTED


@dataclass(frozen=True)
class TakenFilter(ListFilter):
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
            state=one_of(state, COUNTED),
        )


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
