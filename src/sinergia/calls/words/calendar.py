"""The moments of a contest for a calendar, RFC 5545."""

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sinergia.calls.models import Contest


def calendar_of(contest: Contest, address: str) -> bytes:
    """Beginning and end of the intake, the day of the results; moments in UTC."""
    calendar, changes = Calendar(), list(contest.extensions.order_by("pk"))
    changed_at = changes[-1].made_at if changes else contest.opens_at
    calendar.add("prodid", "-//Sinergia//Contests//")
    calendar.add("version", "2.0")
    told = [
        ("opens", contest.opens_at, _("Intake begins: %s")),
        ("closes", contest.closes_at, _("Intake ends: %s")),
        ("results", contest.results_on, _("Results by this day: %s")),
    ]
    for code, moment, words in told:
        if moment is None:
            continue
        event = Event()
        event.add("uid", f"{contest.call.key}-{code}@sinergia")
        event.add("dtstamp", changed_at or moment)
        event.add("sequence", len(changes))  # or programs keep the end that they know
        event.add("dtstart", moment)
        event.add("summary", words % contest.call.name)
        event.add("url", address)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
