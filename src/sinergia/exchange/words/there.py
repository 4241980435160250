"""A visit on its days: sessions by day, in the zone of the place."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone

from sinergia.exchange.models import Session, Visit
from sinergia.exchange.queries.holding import Counted


@dataclass(frozen=True)
class DaySaid:
    """A day with its sessions, each with what there is of it."""

    day: date
    sessions: list[tuple[Session, Counted]]


def days_said(sessions: Iterable[Session], counts: Mapping[int, Counted]) -> list[DaySaid]:
    """Sessions by the day on which they begin, in the zone of the moment."""
    by_day = groupby(sessions, key=lambda one: timezone.localtime(one.starts_at).date())
    return [
        DaySaid(day, [(one, counts.get(one.pk, Counted())) for one in rows]) for day, rows in by_day
    ]


@contextmanager
def in_zone_of(visit: Visit) -> Iterator[None]:
    """Show moments by the clock of the place that is visited."""
    with timezone.override(ZoneInfo(visit.time_zone)):
        yield
