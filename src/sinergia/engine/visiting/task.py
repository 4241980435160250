"""What a programme is made of, for those who compute with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

REST = frozenset({"meal", "break"})  # kinds in which the delegation rests
ON_THE_WAY = "transfer"  # the kind that lies in no place


@dataclass(frozen=True)
class Place:
    """Where something is. town: a key; address: as compared; point: latitude, longitude.

    zone: of the town, where it is known.
    """

    town: str = ""
    address: str = ""
    point: tuple[float, float] | None = None
    zone: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything is said of it."""
        return bool(self.town or self.address)


@dataclass(frozen=True)
class Item:
    """One session. people: names as compared, of whoever has to be there beside the host."""

    key: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    host: str = ""
    people: frozenset[str] = frozenset()
    place: Place = field(default_factory=Place)
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Terms:
    """By what a programme is measured; every number is a judgement, so each may be another.

    speed_kmh: a bus on roads of a region, stops for lights and passengers in it.
    detour: how much longer a road is than the straight line; 1.3 is usual for road networks.
    least: getting in and out of a bus, and a walk, even to the next street.
    unknown: between places of which nobody knows how far they are: the half of an hour in town.
    longest, rest: five hours without a break of twenty minutes tire whoever listens.
    free: so long an empty stretch is a break by itself; shorter ones go into travel.
    """

    zone: ZoneInfo
    first: date | None = None
    last: date | None = None
    speed_kmh: int = 50
    detour: float = 1.3
    least: timedelta = timedelta(minutes=10)
    unknown: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=5)
    rest: timedelta = timedelta(minutes=20)
    free: timedelta = timedelta(minutes=60)


@dataclass(frozen=True)
class Finding:
    """One thing against a programme. code: a sentence of `said/`; keys: the sessions, first first.

    blocks: it cannot be held like that; else it is advice.
    """

    code: str
    keys: tuple[str, ...]
    values: Mapping[str, str | int] = field(default_factory=dict)
    blocks: bool = True
