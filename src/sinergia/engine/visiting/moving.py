"""Where sessions come to lie when one of them is moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True)
class Slot:
    """A session and its time."""

    key: str
    starts_at: datetime
    ends_at: datetime

    @property
    def lasts(self) -> timedelta:
        """How long it is."""
        return self.ends_at - self.starts_at


Moved = Mapping[str, tuple[datetime, datetime]]


def reordered(day: Sequence[Slot], key: str, before: str) -> Moved:
    """A session of a day put before another one of it; before: "" puts it last.

    The day begins when it began, every session lasts as long as it did, and the pauses stay
    where they are: after the first session, the second, and so on. Gives those that moved.
    """
    moved = next(one for one in day if one.key == key)
    others = [one for one in day if one.key != key]
    at = next((n for n, one in enumerate(others) if one.key == before), len(others))
    if before == key:
        return {}
    order = [*others[:at], moved, *others[at:]]
    pauses = [two.starts_at - one.ends_at for one, two in pairwise(day)]
    starts_at, found = day[0].starts_at, {}
    for number, one in enumerate(order):
        ends_at = starts_at + one.lasts
        if (one.starts_at, one.ends_at) != (starts_at, ends_at):
            found[one.key] = (starts_at, ends_at)
        if number < len(pauses):
            starts_at = ends_at + pauses[number]
    return found


def placed(day: Sequence[Slot], lasts: timedelta, before: str) -> datetime | None:
    """When something of another day begins, put before a session of this one ("": last).

    Right after the one above; before the first one it ends where that begins. None: an empty day.
    """
    at = next((n for n, one in enumerate(day) if one.key == before), len(day))
    if at:
        return max(one.ends_at for one in day[:at])
    return day[0].starts_at - lasts if day else None


def shifted(slots: Sequence[Slot], by: timedelta) -> Moved:
    """All of them earlier or later by the same time."""
    return {one.key: (one.starts_at + by, one.ends_at + by) for one in slots}
