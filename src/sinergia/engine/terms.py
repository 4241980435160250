"""The term of an agreement that goes on by itself for the same term."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = 12
HALF = 15  # days: less is no month more


def next_end(starts: date, ends: date) -> date:
    """The last day of the next term, as long as the one from `starts` to `ends` was.

    Whole months are counted where the term has any: a year stays a year, leap or not.
    """
    length = ends - starts + timedelta(days=1)
    months = round_months(starts, ends + timedelta(days=1))
    if not months:
        return ends + length
    return _plus(ends + timedelta(days=1), months) - timedelta(days=1)


def round_months(one: date, other: date) -> int:
    """How many months lie between two days, to the nearest."""
    months = (other.year - one.year) * MONTHS + other.month - one.month
    rest = other.day - one.day
    return months + (rest > HALF) - (rest < -HALF)


def _plus(day: date, months: int) -> date:
    place = day.year * MONTHS + day.month - 1 + months
    year, month = place // MONTHS, place % MONTHS + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
