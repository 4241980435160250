"""Lines of «Мои дела» about projects and contests: drafts, remarks, readings, what came in."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.models import Submission
from sinergia.applications.queries.due import first_due
from sinergia.applications.queries.received import TO_REGISTER
from sinergia.applications.queries.waiting import returned_to, to_confirm, to_register
from sinergia.base.ui.templatetags.figures import day
from sinergia.calls.access import may_step
from sinergia.calls.queries.contests import steps_due
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.projects.queries.projects import ending_soon
from sinergia.review.queries.waiting import (
    budgets_to_cut,
    budgets_to_look_at,
    declined_before_reserve,
    objections_to_settle,
    sheets_to_sign,
)
from sinergia.support.queries.readings import ReadingFilter, asked_for, readings_at
from sinergia.support.queries.remarks import threads_for, waiting
from sinergia.web.lines import OF_CALL, Task, lines_by_group, lines_by_page

MOST = 100  # that are counted
SOON = timedelta(days=7)  # before an intake ends
OF_RESERVE = timedelta(days=30)  # after a grant was declined: who was to move up has by then


def own_tasks(person: Person) -> Iterator[Task]:
    """What waits for somebody in whichever capacity they act."""
    number = waiting(threads_for(person), person).count()
    words = ngettext(
        "remark to a project awaits your answer", "remarks to projects await your answer", number
    )
    yield Task(number, words, reverse("remarks:waiting"))
    yield from lines_by_group(
        sheets_to_sign(person),
        ("expert__key", "expert__contest__call__name"),
        lambda key: reverse("review:desk", args=[key]),
        lambda number: ngettext(
            "score sheet awaits your signature", "score sheets await your signature", number
        ),
    )
    yield from lines_by_page(
        budgets_to_cut(person)[:MOST],
        lambda one: _at("decision:revised", one.examination.submission),
        lambda number: ngettext(
            "grant of less than was asked awaits its new budget",
            "grants of less than was asked await their new budgets",
            number,
        ),
    )


def tasks_of_team(organisation: int) -> Iterator[Task]:
    """What waits for those who write projects, each by itself, what is nearest its end first."""
    yield from lines_by_page(
        ending_soon(organisation, now=timezone.now(), within=SOON)[:MOST],
        lambda one: (reverse("projects:project", args=[one.key]), one.title),
        lambda number: ngettext(
            "draft is not submitted, and its intake ends within a week",
            "drafts are not submitted, and their intake ends within a week",
            number,
        ),
    )
    yield from lines_by_page(
        to_confirm(organisation),
        lambda one: _at("applications:submission", one),
        lambda number: ngettext(
            "submitted application awaits its signed document",
            "submitted applications await their signed documents",
            number,
        ),
    )
    yield from lines_by_page(
        returned_to(organisation)[:MOST],
        lambda one: _at("applications:submission", one),
        lambda number: ngettext(
            "application came back for correction", "applications came back for correction", number
        ),
    )


def tasks_of_centre(person: Person, centre: Centre) -> Iterator[Task]:
    """What waits for those who read drafts and take applications in."""
    today, page, found = timezone.localdate(), reverse("readings:readings"), readings_at(centre)
    number = asked_for(found, ReadingFilter(state="asked"), person, today=today).count()
    words = ngettext("draft waits to be read", "drafts wait to be read", number)
    yield Task(number, words, f"{page}?state=asked")
    number = asked_for(found, ReadingFilter(state="mine"), person, today=today).count()
    words = ngettext("draft that you promised to read", "drafts that you promised to read", number)
    yield Task(number, words, f"{page}?state=mine")
    number = asked_for(found, ReadingFilter(state="overdue"), person, today=today).count()
    words = ngettext(
        "draft is past its day and not read", "drafts are past their day and not read", number
    )
    yield Task(number, words, f"{page}?state=overdue")
    yield from _tasks_of_contests(person, centre)


def _tasks_of_contests(person: Person, centre: Centre) -> Iterator[Task]:
    """What waits for operators: a line a contest, that in which it has waited longest first."""
    if may_step(person, centre):
        yield from lines_by_page(
            steps_due(centre, now=timezone.now())[:MOST],
            lambda one: (reverse("calls:manage", args=[one.call.key]), one.call.name),
            lambda number: ngettext(
                "contest waits for its intake to be opened or ended",
                "contests wait for their intakes to be opened or ended",
                number,
            ),
        )
    first = first_due(centre)
    yield from lines_by_group(
        to_register(centre),
        OF_CALL,
        lambda key: reverse("applications:came_in", args=[key]) + f"?stage={TO_REGISTER}",
        lambda number: ngettext(
            "application awaits registration", "applications await registration", number
        ),
        {key: _("register by %(day)s") % {"day": day(on)} for key, on in first.items()},
    )
    yield from lines_by_group(
        objections_to_settle(person, centre),
        ("submission__contest__call__key", "submission__contest__call__name"),
        lambda key: reverse("assignment:conflicts", args=[key]),
        lambda number: ngettext(
            "objection of an applicant to an expert awaits a look",
            "objections of applicants to experts await a look",
            number,
        ),
    )
    yield from _tasks_after_results(centre)


def _tasks_after_results(centre: Centre) -> Iterator[Task]:
    contest = "award__examination__contest"
    yield from lines_by_group(
        budgets_to_look_at(centre),
        (f"{contest}__call__key", f"{contest}__call__name"),
        lambda key: reverse("decision:after", args=[key]),
        lambda number: ngettext(
            "new budget of a winner awaits a look", "new budgets of winners await a look", number
        ),
    )
    yield from lines_by_group(
        declined_before_reserve(centre, since=timezone.now() - OF_RESERVE),
        ("examination__contest__call__key", "examination__contest__call__name"),
        lambda key: reverse("decision:after", args=[key]),
        lambda number: ngettext(
            "grant was declined: the next of the reserve may move up",
            "grants were declined: the next of the reserve may move up",
            number,
        ),
    )


def _at(name: str, row: Submission) -> tuple[str, str]:
    """A page of what was submitted."""
    return reverse(name, args=[row.key]), row.project.title
