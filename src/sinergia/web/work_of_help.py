"""Lines of «Мои дела» about help: for whoever asked, and for those who give it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.queries.consultations import steps_due
from sinergia.support.queries.requests import appointments_of, waiting_requests
from sinergia.web.lines import Task


def own_help(person: Person) -> Iterator[Task]:
    """Appointments before somebody; the way leads to the nearest."""
    rows = list(appointments_of(person, now=timezone.now())[:20])
    number = len(rows)
    words = ngettext(
        "appointment at the resource centre is before you",
        "appointments at the resource centre are before you",
        number,
    )
    yield Task(number, words, reverse("help:own", args=[rows[0].key]) if rows else "")


def staff_help(person: Person, centre: Centre) -> Iterator[Task]:
    """Requests that nobody has taken, and one's own next steps whose day has come."""
    number = waiting_requests(centre).count()
    words = ngettext(
        "request for help waits for somebody to take it",
        "requests for help wait for somebody to take them",
        number,
    )
    yield Task(number, words, reverse("help:requests") + "?stage=asked")
    number = steps_due(centre, by=timezone.localdate(), consultant=person).count()
    words = ngettext(
        "next step of a consultation has come to its day",
        "next steps of consultations have come to their day",
        number,
    )
    yield Task(number, words, reverse("help:steps") + "?due=yes")
