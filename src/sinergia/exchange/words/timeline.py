"""What followed from an agreement, a sentence each."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergia.base.ui.templatetags.figures import day
from sinergia.exchange.queries.timeline import Event

RENEWED = {
    "renewed": gettext_lazy("Renewed until %(until)s"),
    "went_on": gettext_lazy("Went on by itself until %(until)s"),
}
TAKEN = {
    "commitment": gettext_lazy("Taken into work: %(name)s"),
    "project": gettext_lazy("Became a project: %(name)s"),
    "adoption": gettext_lazy("Taken home: %(name)s"),
    "running": gettext_lazy("Runs at home: %(name)s"),
    "proven": gettext_lazy("Proven by a result: %(name)s"),
}


@dataclass(frozen=True)
class Line:
    """One line of a timeline: the day, the words, where they lead."""

    on: date | None
    words: str
    url: str = ""
    note: str = ""


def told(event: Event) -> Line:
    """An event in words."""
    if event.kind == "visit":
        url = reverse("exchange:visit", args=[event.key])
        return Line(event.on, _("Visit: %(name)s") % {"name": event.title}, url, event.state)
    if event.kind in TAKEN:
        url = reverse("commitments:commitment", args=[event.key])
        return Line(event.on, str(TAKEN[event.kind]) % {"name": event.title}, url, event.state)
    if event.kind in RENEWED:
        until = day(date.fromisoformat(event.title))
        return Line(event.on, str(RENEWED[event.kind]) % {"until": until})
    words = {
        "signed": _("The agreement was signed"),
        "ends": _("The term of the agreement ends"),
        "goes_on": _("The term ends; the agreement goes on by itself unless a party objects"),
    }
    return Line(event.on, words[event.kind])
