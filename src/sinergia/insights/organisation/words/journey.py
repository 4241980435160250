"""The journey of an organisation in words."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from sinergia.applications.models import Application, Submission
from sinergia.applications.queries.submissions import stage_told
from sinergia.base.tables.export import Value
from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count, money
from sinergia.exchange.models import Visit
from sinergia.grants.models import Grant
from sinergia.insights.organisation.queries.journey import STEPS, Accepted, Event, JourneyFilter
from sinergia.organisations.models import Organisation
from sinergia.projects.models import Project
from sinergia.support.models import Consultation, Training

NAMES: dict[str, Promise] = {
    "registered": pgettext_lazy("journey", "Registered"),
    "trained": pgettext_lazy("journey", "Trained"),
    "visited": pgettext_lazy("journey", "Visited"),
    "consulted": pgettext_lazy("journey", "Consulted"),
    "project": pgettext_lazy("journey", "Projects"),
    "application": pgettext_lazy("journey", "Applications"),
    "award": pgettext_lazy("journey", "Awards"),
    "grant": pgettext_lazy("journey", "Grants signed"),
    "report": pgettext_lazy("journey", "Reports accepted"),
}

ONE: dict[str, Promise] = {  # beside a thing
    "registered": pgettext_lazy("journey", "Registration"),
    "trained": pgettext_lazy("journey", "Training"),
    "visited": pgettext_lazy("journey", "Visit"),
    "consulted": pgettext_lazy("journey", "Consultation"),
    "project": pgettext_lazy("journey", "Project"),
    "application": pgettext_lazy("journey", "Application"),
    "award": pgettext_lazy("journey", "Award"),
    "grant": pgettext_lazy("journey", "Grant signed"),
    "report": pgettext_lazy("journey", "Report accepted"),
}


@dataclass(frozen=True)
class Line:
    """One thing of a journey. url: where it is seen whole; "" where the reader may not."""

    step: str
    name: str
    on: date | None
    is_year: bool
    words: str
    note: str
    url: str


@dataclass(frozen=True)
class Year:
    """What happened in one year; none: nobody wrote down when."""

    year: int | None
    lines: Sequence[Line]


def years_of(events: Iterable[Event], centres: Collection[int]) -> list[Year]:
    """A journey by years, the earliest first. centres: whose consultations the reader may open."""
    years: dict[int | None, list[Line]] = {}
    for one in events:
        line = _line(one, centres)
        years.setdefault(one.on.year if one.on is not None else None, []).append(line)
    return [Year(year, lines) for year, lines in years.items()]


def kinds_of(events: Iterable[Event], url: str, here: str) -> list[tuple[str, str, bool]]:
    """The ways to one kind of things alone: label with number, address, whether it is here."""
    events = list(events)
    ways = [(_("Everything"), url, not here)]
    for step in STEPS:
        number = sum(one.step == step for one in events)
        if number:
            label = f"{NAMES[step]}: {count(number)}"
            ways.append((label, f"{url}?kind={step}", here == step))
    return ways


def tiles_of(counts: dict[str, int], asked: JourneyFilter) -> list[Tile]:
    """How many have reached each step; each number opens its rows."""
    return [
        Tile(count(counts[step]), str(NAMES[step]), "?" + asked.to_query(reached=step))
        for step in STEPS
    ]


def reached(organisation: Organisation) -> list[tuple[str, str]]:
    """The steps that an organisation has reached, as `journeys` tells them."""
    return [(step, str(NAMES[step])) for step in STEPS if getattr(organisation, f"is_{step}")]


def rows_of(organisations: Iterable[Organisation]) -> Iterator[list[Value]]:
    """A line of a file for each."""
    for one in organisations:
        town = one.municipality.name if one.municipality else ""
        marks = ("1" if getattr(one, f"is_{step}") else "" for step in STEPS)
        yield [one.name, town, *marks]


def head() -> list[str]:
    """The columns of a file."""
    return [_("Organisation"), _("Municipality"), *(str(NAMES[step]) for step in STEPS)]


def _line(event: Event, centres: Collection[int]) -> Line:
    words, note, page = _SAID[event.step](event.row)
    keys = [event.row.grant.key, event.row.key] if event.step == "report" else [event.row.key]
    is_shut = event.step == "consulted" and event.row.centre_id not in centres
    url = "" if is_shut else reverse(page, args=keys)
    return Line(event.step, str(ONE[event.step]), event.on, event.is_year, words, note, url)


Said = tuple[str, str, str]  # what it is, what is said beside it, the name of its page


def _registered(row: Organisation) -> Said:
    return _("Registered as a legal entity"), "", "organisations:detail"


def _trained(row: Training) -> Said:
    return row.name, "", "trainings:training"


def _visited(row: Visit) -> Said:
    return row.name, "", "exchange:visit"


def _consulted(row: Consultation) -> Said:
    said = str(row.get_result_display())
    topic = row.topic.name_en if get_language() == "en" else ""
    return topic or row.topic.name_ru, said, "help:consultation"


def _begun(row: Project) -> Said:
    note = _("submitted: %(number)s") % {"number": row.submitted_as} if row.submitted_as else ""
    return row.title or _("without a title"), note, "projects:project"


def _applied(row: Application | Submission) -> Said:
    if isinstance(row, Submission):
        return row.title, str(stage_told(row).label), "applications:submission"
    return row.title, f"{row.fund.name} · {row.get_outcome_display()}", "applications:detail"


def _awarded(row: Application) -> Said:
    return row.title, money(row.awarded_minor, row.currency), "applications:detail"


def _granted(row: Grant) -> Said:
    said = _("Agreement № %(number)s") % {"number": row.number} if row.number else ""
    note = " · ".join(filter(None, (said, money(row.sum_minor, row.currency))))
    return row.application.title, note, "grants:grant"


def _reported(row: Accepted) -> Said:
    title = _("Final report")
    if row.period is not None:
        title = _("Report on period %(number)s") % {"number": row.period}
    return title, row.grant.application.title, "reports:report"


_SAID: Mapping[str, Callable[[Any], Said]] = {
    "registered": _registered,
    "trained": _trained,
    "visited": _visited,
    "consulted": _consulted,
    "project": _begun,
    "application": _applied,
    "award": _awarded,
    "grant": _granted,
    "report": _reported,
}
