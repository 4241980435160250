"""How funds, their contests and words are read."""

from sinergia.calls.queries.funds import (
    LONGEST_CODE,
    USUAL_CURRENCY,
    CountedTheme,
    MappedDirection,
    calls_shown,
    counted_themes,
    currency_of,
    directions_meaning,
    fund_by,
    fund_keyed,
    funds,
    mapped_directions,
)

__all__ = [
    "LONGEST_CODE",
    "USUAL_CURRENCY",
    "CountedTheme",
    "MappedDirection",
    "calls_shown",
    "counted_themes",
    "currency_of",
    "directions_meaning",
    "fund_by",
    "fund_keyed",
    "funds",
    "mapped_directions",
]
