"""Contests under way with their state, and the next dates of a region."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sinergia.applications.models import Application
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of, public_contests
from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Visit
from sinergia.people.models import Person
from sinergia.places.models import Region
from sinergia.support.queries.trainings import public_trainings

AHEAD = timedelta(days=90)
MOST = 12  # dates on the page
AFTER = timedelta(days=60)  # a decided contest is still "under way" for so long
PLANNED = (Visit.Stage.AGREED, Visit.Stage.APPROVED, Visit.Stage.UNDER_WAY)


@dataclass(frozen=True)
class UnderWay:
    """A contest. submitted: registered applications, of whatever region; told_at: of the result."""

    contest: Contest
    submitted: int

    @property
    def key(self) -> UUID:
        """Of its call, as addresses name it."""
        return self.contest.call.key


@dataclass(frozen=True)
class Ahead:
    """Something that comes. kind: a word the page puts into the language."""

    on: date
    kind: str
    name: str
    key: str


def contests_under_way(region: Region, *, now: datetime) -> list[UnderWay]:
    """Announced contests of the region's fund or centre, until some weeks after the result."""
    rows = _contests(region).filter(Q(results_at=None) | Q(results_at__gte=now - AFTER))
    found = list(rows.order_by("closes_at", "pk")[:MOST])
    counted = Application.objects.filter(call__in=[one.call_id for one in found]).order_by()
    numbers = dict(counted.values_list("call").annotate(Count("pk")))
    return [UnderWay(one, numbers.get(one.call_id, 0)) for one in found]


def next_dates(region: Region, reader: Person, *, now: datetime) -> list[Ahead]:
    """What comes within three months, the next first."""
    today = timezone.localdate(now)
    found = [*_of_contests(region, now), *_of_visits(region, reader), *_of_trainings(region)]
    coming = [one for one in found if today <= one.on <= today + AHEAD]
    return sorted(coming, key=lambda one: (one.on, one.name))[:MOST]


def _contests(region: Region) -> QuerySet[Contest]:
    held = Q(call__fund__region=region) | Q(centre__regions__region=region)
    rows = public_contests().filter(held).values("pk")
    return public_contests().filter(pk__in=rows.order_by())


def _of_contests(region: Region, now: datetime) -> Iterator[Ahead]:
    for one in _contests(region).filter(results_at=None).order_by("pk"):
        key, name = str(one.call.key), one.call.name
        days = {
            "opens": day_of(one.opens_at, one),
            "closes": day_of(one.closes_at, one),
            "results": one.results_on,
        }
        for kind, on in days.items():
            if on is not None:
                yield Ahead(on, kind, name, key)


def _of_visits(region: Region, reader: Person) -> Iterator[Ahead]:
    rows: QuerySet[Any] = Visit.objects.filter(
        seen_by(reader),
        Q(from_region=region) | Q(to_region=region),
        stage__in=PLANNED,
        course__removed_at=None,
        starts_on__isnull=False,
    )
    for one in rows.order_by("starts_on", "pk"):
        yield Ahead(one.starts_on, "visit", one.name, str(one.key))


def _of_trainings(region: Region) -> Iterator[Ahead]:
    rows = public_trainings().filter(centre__regions__region=region, stage__in=("open", "closed"))
    for one in rows.order_by("starts_at", "pk"):
        on = one.starts_at.astimezone(ZoneInfo(one.centre.time_zone)).date()
        yield Ahead(on, "training", one.name, str(one.key))
