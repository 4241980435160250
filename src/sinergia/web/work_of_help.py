"""Lines of «Мои дела» about help: for whoever asked, and for those who give it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from sinergia.base.ui.templatetags.figures import moment
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.queries.consultations import steps_due
from sinergia.support.queries.requests import appointments_of, waiting_requests
from sinergia.web.lines import Task, lines_by_page


def own_help(person: Person) -> Iterator[Task]:
    """Appointments before somebody, each by itself, the nearest first."""
    yield from lines_by_page(
        appointments_of(person, now=timezone.now())[:20],
        lambda one: (reverse("help:own", args=[one.key]), moment(one.appointed_at)),
        lambda number: ngettext(
            "appointment at the resource centre is before you",
            "appointments at the resource centre are before you",
            number,
        ),
    )


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
