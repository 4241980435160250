"""Figures counted once between two changes.

Whatever changes rows writes to the journal in the same transaction, so the journal's last entry
says whether what was counted still holds. Nothing is kept of rows that were never journalled.
"""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Subquery

from sinergia.base.journal.models import Entry, Leaf
from sinergia.insights.region.queries.comparison import Comparison, compared
from sinergia.insights.region.queries.exchange import Exchange, exchange_of
from sinergia.insights.region.queries.figures import Figures
from sinergia.insights.region.queries.region import figures_of
from sinergia.places.models import Region


class Change(NamedTuple):
    """The last thing that was done.

    place: of the last sealed entry. On PostgreSQL an entry with a smaller number may be committed
    after the last one; seconds later it is sealed, and the place moves on.
    """

    entry: UUID
    place: int | None


def last_change() -> Change | None:
    """The newest entry of the journal and the seal's place; none in an empty installation."""
    sealed = Subquery(Leaf.objects.order_by("-place").values("place")[:1])
    row = Entry.objects.order_by("-pk").annotate(sealed=sealed).values_list("key", "sealed").first()
    return Change(*row) if row else None


def kept_figures_of(region: Region, *, fund: str = "", year: str = "") -> Figures:
    """`figures_of`, counted again only after a change."""
    change = last_change()
    if change is None:
        return figures_of(region, fund=fund, year=year)
    return _figures(region, fund, year, change)


def kept_comparison(*, fund: str = "", year: str = "") -> Comparison:
    """`compared`, counted again only after a change."""
    change = last_change()
    return compared(fund=fund, year=year) if change is None else _comparison(fund, year, change)


def kept_exchange_of(region: Region) -> Exchange:
    """`exchange_of`, counted again only after a change."""
    change = last_change()
    return exchange_of(region) if change is None else _exchange(region, change)


@lru_cache(maxsize=512)
def _figures(region: Region, fund: str, year: str, change: Change) -> Figures:
    return figures_of(region, fund=fund, year=year)


@lru_cache(maxsize=32)
def _comparison(fund: str, year: str, change: Change) -> Comparison:
    return compared(fund=fund, year=year)


@lru_cache(maxsize=128)
def _exchange(region: Region, change: Change) -> Exchange:
    return exchange_of(region)
