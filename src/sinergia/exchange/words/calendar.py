"""A programme for a calendar, RFC 5545."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sinergia.exchange.models import Delegate, Travel, Visit
from sinergia.exchange.queries.telling import ToldEver
from sinergia.exchange.words.programme import SessionShown, shown_told

CANCELLED = "CANCELLED"
A_DAY = timedelta(days=1)


def calendar_of(
    visit: Visit,
    sessions: Iterable[SessionShown],
    versions: Mapping[str, int],
    address: str,
    *,
    now: datetime,
) -> bytes:
    """Every session as an event; moments in UTC. A session that moved keeps its name there.

    versions: how often each was changed, by its key: a delay is a later word, too.
    """
    calendar = _calendar(visit)
    for one in sessions:
        calendar.add_component(_event(visit, one, versions, address, now=now))
    content: bytes = calendar.to_ical()
    return content


def own_calendar_of(
    own: Delegate, travel: Travel | None, told: ToldEver, address: str, *, now: datetime
) -> bytes:
    """A delegate's own days: what was told, how they come and leave.

    What was told once and is no more is named as cancelled: a calendar takes it out.
    """
    visit = own.visit
    calendar = _calendar(visit)
    for one in shown_told(told.standing, told.late):
        calendar.add_component(_event(visit, one, told.versions, address, now=now))
    for one in shown_told(told.gone, {}):
        event = _event(visit, one, told.versions, address, now=now)
        calendar.add_component(_cancelled(event))
    if travel is not None:
        for event in _ways(own, travel, address, now=now):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _calendar(visit: Visit) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Sinergia//Visits//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visit.name)
    return calendar


def _event(
    visit: Visit, one: SessionShown, versions: Mapping[str, int], address: str, *, now: datetime
) -> Event:
    late = timedelta(minutes=one.late_minutes)
    event = _new(one.key, visit.course.version + versions.get(one.key, 0), visit, now=now)
    event.add("dtstart", one.starts_at + late)
    event.add("dtend", one.ends_at + late)
    event.add("summary", one.title)
    if one.place:
        event.add("location", one.place)
    told = "\n".join(filter(None, [one.host, one.heads, one.transport, one.note]))
    if told:
        event.add("description", told)
    event.add("url", f"{address}#session-{one.key}")
    return event


def _ways(own: Delegate, travel: Travel, address: str, *, now: datetime) -> Iterable[Event]:
    """The first and the last day with what somebody said of coming and leaving; whole days."""
    visit = own.visit
    told = [
        ("arrives", _("Arrival"), visit.starts_on, travel.arrives, travel.lodging),
        ("leaves", _("Departure"), visit.ends_on, travel.leaves, ""),
    ]
    for name, label, on, words, place in told:
        if on is not None and (words or place):
            yield _whole_day(f"{own.key}-{name}", visit, on, label, words, place, address, now=now)


def _whole_day(
    uid: str,
    visit: Visit,
    on: date,
    label: str,
    words: str,
    place: str,
    address: str,
    *,
    now: datetime,
) -> Event:
    event = _new(uid, visit.course.version, visit, now=now)
    event.add("dtstart", on)
    event.add("dtend", on + A_DAY)
    event.add("summary", f"{label}: {words}" if words else label)
    event.add("transp", "TRANSPARENT")
    if place:
        event.add("location", place)
    event.add("url", address)
    return event


def _new(uid: str, sequence: int, visit: Visit, *, now: datetime) -> Event:
    """An event that a calendar knows again. sequence: greater with each change."""
    event = Event()
    event.add("uid", f"{uid}@sinergia")
    event.add("dtstamp", now)
    event.add("sequence", sequence)
    return _cancelled(event) if visit.stage == Visit.Stage.CANCELLED else event


def _cancelled(event: Event) -> Event:
    if "status" not in event:
        event.add("status", CANCELLED)
    return event
