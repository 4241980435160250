"""From what a clock on the wall shows to a moment, and back."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class NoSuchTime(Exception):  # noqa: N818  it is an answer to a person
    """The clocks were put forward over this time: no clock of the zone shows it."""


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which a clock of the zone shows this time; of two the first.

    Raises NoSuchTime where the clocks jump over it.
    """
    said = datetime.combine(day, at, tzinfo=zone)
    if said.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != said.replace(tzinfo=None):
        raise NoSuchTime
    return said.astimezone(UTC)


def is_shown_twice(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of the zone, put back, show this time once more."""
    here = moment.astimezone(zone)
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


def last_day(ends_at: datetime, starts_at: datetime, zone: ZoneInfo) -> date:
    """The day on which something ends: midnight itself still belongs to the day before."""
    here = ends_at.astimezone(zone)
    is_midnight = here.time() == time(0) and ends_at > starts_at
    return date.fromordinal(here.date().toordinal() - 1) if is_midnight else here.date()
