"""An appointment for a calendar, RFC 5545."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sinergia.support.models import Request

LASTS = timedelta(hours=1)


def calendar_of(row: Request, *, now: datetime) -> bytes:
    """One event; the moment in UTC. Nothing that was asked stands in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sinergia//Help//")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{row.key}@sinergia")
    event.add("dtstamp", now)

    event.add("dtstart", row.appointed_at)
    event.add("dtend", row.appointed_at + LASTS if row.appointed_at else now)
    centre = row.centre.organisation
    event.add(
        "summary", _("Consultation: %(centre)s") % {"centre": centre.short_name or centre.name}
    )
    event.add("location", row.appointed_where)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
