"""The rows under a number of the way, as its address asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.base.asking import ListFilter, key_text
from sinergia.grants.models import Result
from sinergia.insights.funnel.queries.steps import KINDS, Step, own
from sinergia.organisations.queries.card import knows_hidden
from sinergia.people.models import Person
from sinergia.places.models import Region

RELATED: Mapping[str, tuple[str, ...]] = {  # whose it is, and of which contest
    "application": ("organisation", "call"),
    "grant": ("organisation", "application__call"),
    "result": ("grant__organisation", "grant__application__call"),
    "person": ("role__grant__organisation", "role__grant__application__call"),
}


@dataclass(frozen=True)
class FunnelFilter(ListFilter):
    """What is asked; junk in an address means nothing. year: four digits; call: a key."""

    year: str = ""
    call: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "FunnelFilter":
        """Read an address."""
        year, call = (str(query.get(name, "")).strip() for name in ("year", "call"))
        is_year = year.isascii() and year.isdigit() and len(year) == 4
        return cls(year if is_year else "", key_text(call))


def rows_of(
    region: Region, step: Step, asked: FunnelFilter, reader: Person | None
) -> QuerySet[Any]:
    """Exactly the rows that a number of `step` counts, with what a line shows; in no order yet.

    `knows_owner`: whether `reader` may name the organisation, where it is hidden.
    """
    rows, related = _counted(region, step, asked), RELATED[step.kind]
    if step.kind == "result":
        # Asked of each as it comes, in the order of the page: joined, SQLite begins with the
        # grants and sorts all their results before the first page (400 ms at 30,000).
        asked_of_each = Exists(rows.filter(pk=OuterRef("pk")))
        rows = Result.objects.filter(asked_of_each).prefetch_related(*related)
    else:
        rows = rows.select_related(*related)
    return rows.annotate(knows_owner=knows_hidden(reader, related[0]))


def _counted(region: Region, step: Step, asked: FunnelFilter) -> QuerySet[Any]:
    kind = KINDS[step.kind]
    narrowed = Q(**{f"{kind.way}region": region})
    if asked.year:
        narrowed &= Q(**{f"{kind.way}contest_year": int(asked.year)})
    if asked.call:
        narrowed &= Q(**{f"{kind.way}call__key": asked.call})
    rows = own(kind).filter(narrowed)
    return rows.filter(step.where) if step.where else rows
