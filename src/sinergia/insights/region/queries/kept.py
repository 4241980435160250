"""Figures counted once between two changes.

Whatever changes rows writes to the journal in the same transaction, so the journal's last entry
says whether what was counted still holds. Nothing is kept of rows that were never journalled.
"""

from functools import lru_cache

from sinergia.base.journal.queries import Change, last_change
from sinergia.insights.region.queries.comparison import Comparison, compared
from sinergia.insights.region.queries.exchange import Exchange, exchange_of
from sinergia.insights.region.queries.figures import Figures
from sinergia.insights.region.queries.region import figures_of
from sinergia.places.models import Region


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


def kept_exchange_of(region: Region, change: Change | None) -> Exchange:
    """`exchange_of`, counted again only after a change. change: the last one; none before any."""
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
