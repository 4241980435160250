"""When a letter may come: hours of quiet, and the hour of a daily one. Moments are aware."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(moment: datetime, *, begins: int, ends: int, zone: ZoneInfo) -> bool:
    """Whether `moment` lies in the quiet hours, whose end is already loud.

    begins, ends: hours of the day, 0 to 23; the same hour twice means no quiet at all.
    """
    hour = moment.astimezone(zone).hour
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def next_loud(moment: datetime, *, begins: int, ends: int, zone: ZoneInfo) -> datetime:
    """The first moment from `moment` on that is not quiet."""
    if not is_quiet(moment, begins=begins, ends=ends, zone=zone):
        return moment
    return next_hour(moment, ends, zone=zone)


def next_hour(moment: datetime, hour: int, *, zone: ZoneInfo) -> datetime:
    """The next time, later than `moment`, that a clock of the zone shows `hour` o'clock."""
    today = moment.astimezone(zone).date()
    for days in range(3):  # at a change of the clocks the first two may both be past
        at = datetime.combine(today + timedelta(days=days), time(hour), tzinfo=zone).astimezone(UTC)
        if at > moment:
            return at
    raise ValueError(hour)
