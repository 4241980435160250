"""Who was met and helped in a period: consultations, trainings, visits, each different one once.

Everything comes of one list of meetings, so that a number is the rows under it. People have no
names here: an official learns how many there were and from where.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Prefetch, Q, When

from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Delegate, Visit
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region
from sinergia.support.models import Channel, Client, Consultation, Enrolment, Training

KINDS = ("consultations", "trainings", "visits")
ALL = "all"
OF = ("times", "organisations", "people", "municipalities")
TRAVELLED = (Visit.Stage.UNDER_WAY, Visit.Stage.DONE, Visit.Stage.ACCOUNTED)


@dataclass(frozen=True)
class Period:
    """Days, both of them in it."""

    since: date
    until: date


@dataclass(frozen=True)
class Meeting:
    """One person or organisation at one occasion. thing: the occasion's key; who: "" for nobody.

    organisation, municipality: primary keys, none where they are of another region.
    """

    kind: str
    thing: str
    on: date
    name: str = ""
    organisation: int | None = None
    municipality: int | None = None
    who: str = ""


@dataclass(frozen=True)
class Row:
    """A line under a number. key: of the thing, where it has a page."""

    kind: str
    key: str
    name: str
    times: int
    last: date


def meetings(region: Region, period: Period, reader: Person) -> list[Meeting]:
    """Everything of the period; three queries."""
    told = [*_consulted(region, period), *_trained(region, period)]
    return [*told, *_visited(region, period, reader)]


def of_kind(told: Iterable[Meeting], kind: str) -> list[Meeting]:
    """Those of one kind, or all of them."""
    return [one for one in told if kind in (ALL, one.kind)]


def number(told: Iterable[Meeting], of: str) -> int:
    """How many different ones there are among meetings."""
    return len({_which(one, of) for one in told} - {""})


def rows_of(told: Iterable[Meeting], of: str) -> list[Row]:
    """The same different ones, the latest first; a query for their names."""
    found: dict[str, list[Meeting]] = {}
    for one in told:
        found.setdefault(_which(one, of), []).append(one)
    found.pop("", None)
    names = _names(found, of)
    rows = [
        Row(
            kind=some[0].kind,
            key=key,
            name=names.get(key, "") if of != "times" else some[0].name,
            times=len({one.thing for one in some}),
            last=max(one.on for one in some),
        )
        for key, some in found.items()
    ]
    return sorted(rows, key=lambda one: (-one.last.toordinal(), one.name, one.key))


def _which(one: Meeting, of: str) -> str:
    """By what meetings are told apart."""
    if of == "times":
        return f"{one.kind}:{one.thing}"
    if of == "people":
        return one.who
    pk = one.organisation if of == "organisations" else one.municipality
    return "" if pk is None else str(pk)


def _names(keys: Iterable[str], of: str) -> Mapping[str, str]:
    """What organisations and municipalities are called; hidden ones are called nothing."""
    if of == "organisations":
        shown = Organisation.objects.filter(pk__in=list(keys), is_public=True)
        return {str(one.pk): one.short_name or one.name for one in shown}
    if of == "municipalities":
        return {str(one.pk): one.name for one in Municipality.objects.filter(pk__in=list(keys))}
    return {}


def _ours(region: Region) -> Q:
    """Of the region: by the organisation, else by the municipality; of nobody knows where, too."""
    elsewhere = Q(organisation=None) & ~Q(municipality=None) & ~Q(municipality__region=region)
    return (Q(organisation=None) | Q(organisation__region=region)) & ~elsewhere


def _consulted(region: Region, period: Period) -> Iterator[Meeting]:
    rows = Consultation.objects.filter(
        _ours(region),
        centre__regions__region=region,
        removed_at=None,
        held_on__range=(period.since, period.until),
    )
    rows = rows.annotate(town=Case(When(municipality__region=region, then="municipality")))
    named = (
        *("key", "held_on", "channel", "organisation", "town", "organisation__municipality"),
        *("client", "client__kind", "client__person", "client__reach"),
    )
    told = rows.values_list(*named)
    for key, on, channel, owner, town, home, client, kind, person, reach in told:
        is_person = client is not None and kind == Client.Kind.PERSON
        address = reach if reach is not None and "@" in reach else ""
        who = _identity(person, address, f"c{client}") if is_person else ""
        name = str(Channel(channel).label)
        yield Meeting("consultations", str(key), on, name, owner, town or home, who)


def _trained(region: Region, period: Period) -> Iterator[Meeting]:
    """Whoever was there; a training that nobody was marked at is one occasion all the same."""
    for training in _held(region, period):
        on = training.starts_at.astimezone(ZoneInfo(training.centre.time_zone)).date()
        there = [one for one in training.there if _is_ours(one, region)]
        if not there:
            yield Meeting("trainings", str(training.key), on, training.name)
        for one in there:
            who = _identity(one.person_id, one.email, f"e{one.pk}")
            owner, town = _of_region(one, region)
            yield Meeting("trainings", str(training.key), on, training.name, owner, town, who)


def _held(region: Region, period: Period) -> Sequence[Any]:
    rows = Training.objects.filter(
        centre__regions__region=region,
        stage=Training.Stage.HELD,
        starts_at__gte=_moment(period.since) - timedelta(days=1),
        starts_at__lt=_moment(period.until) + timedelta(days=2),
    )
    there = Enrolment.objects.filter(attended_at__isnull=False).select_related(
        "organisation", "municipality"
    )
    rows = rows.select_related("centre").prefetch_related(
        Prefetch("enrolments", queryset=there.order_by("pk"), to_attr="there")
    )
    return [one for one in rows.order_by("pk") if _is_within(one, period)]


def _is_within(training: Training, period: Period) -> bool:
    on = training.starts_at.astimezone(ZoneInfo(training.centre.time_zone)).date()
    return period.since <= on <= period.until


def _is_ours(one: Enrolment, region: Region) -> bool:
    place = one.organisation or one.municipality
    return place is None or place.region_id == region.pk


def _visited(region: Region, period: Period, reader: Person) -> Iterator[Meeting]:
    rows = Visit.objects.filter(
        seen_by(reader),
        Q(from_region=region) | Q(to_region=region),
        stage__in=TRAVELLED,
        course__removed_at=None,
        starts_on__range=(period.since, period.until),
    )
    going = Delegate.objects.filter(gone_at=None).order_by("pk")
    going = going.select_related("organisation", "municipality")
    rows = rows.prefetch_related(Prefetch("delegates", queryset=going, to_attr="going"))
    for visit in rows.order_by("pk"):
        if visit.starts_on is None:
            continue
        key, on = str(visit.key), visit.starts_on
        if not visit.going or visit.from_region_id != region.pk:
            yield Meeting("visits", key, on, visit.name)
            continue  # whoever came from elsewhere is counted at home
        for one in visit.going:
            who = _identity(one.person_id, one.email, f"d{one.pk}")
            owner, town = _of_region(one, region)
            yield Meeting("visits", key, on, visit.name, owner, town, who)


def _of_region(one: Enrolment | Delegate, region: Region) -> tuple[int | None, int | None]:
    """The organisation and the municipality of somebody; none where they are of elsewhere."""
    owner, town = (
        place if place is not None and place.region_id == region.pk else None
        for place in (one.organisation, one.municipality)
    )
    home = owner.municipality_id if isinstance(owner, Organisation) else None
    return owner.pk if owner is not None else None, town.pk if town is not None else home


def _identity(person: int | None, email: str, otherwise: str) -> str:
    """By account, else by address, else each row is somebody of their own."""
    return f"p{person}" if person else email.casefold() or otherwise


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo("UTC"))
