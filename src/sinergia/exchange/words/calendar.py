"""A programme for a calendar, RFC 5545."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from sinergia.exchange.models import Visit
from sinergia.exchange.words.programme import SessionShown


def calendar_of(
    visit: Visit, sessions: Iterable[SessionShown], address: str, *, now: datetime
) -> bytes:
    """Every session as an event; moments in UTC. A session that moved keeps its name there."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sinergia//Visits//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visit.name)
    for one in sessions:
        late = timedelta(minutes=one.late_minutes)
        event = Event()
        event.add("uid", f"{one.key}@sinergia")
        event.add("dtstamp", now)
        event.add("sequence", visit.course.version)
        event.add("dtstart", one.starts_at + late)
        event.add("dtend", one.ends_at + late)
        event.add("summary", one.title)
        if one.place:
            event.add("location", one.place)
        told = "\n".join(filter(None, [one.host, one.heads, one.transport, one.note]))
        if told:
            event.add("description", told)
        event.add("url", f"{address}#session-{one.key}")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
