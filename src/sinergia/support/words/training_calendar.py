"""A training for a calendar, RFC 5545."""

from datetime import datetime

from icalendar import Calendar, Event

from sinergia.support.models import Training


def calendar_of(training: Training, address: str, *, now: datetime, with_link: bool) -> bytes:
    """The training as one event; moments in UTC. with_link: of who has a place."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Sinergia//Trainings//")
    calendar.add("version", "2.0")
    event.add("uid", f"{training.key}@sinergia")
    event.add("dtstamp", now)
    event.add("sequence", int((now - training.made_at).total_seconds()))  # the later word holds
    event.add("dtstart", training.starts_at)
    event.add("dtend", training.ends_at)
    event.add("summary", training.name)
    event.add("location", training.where)
    if with_link and training.link:
        event.add("description", training.link)
    event.add("url", address)
    if training.stage == Training.Stage.CANCELLED:
        event.add("status", "CANCELLED")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
