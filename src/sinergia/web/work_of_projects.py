"""Lines of «Мои дела» about projects and contests: drafts, remarks, readings, what came in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from sinergia.applications.queries.received import TO_REGISTER
from sinergia.applications.queries.waiting import returned_to, to_confirm, to_register
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.projects.queries.projects import ending_soon
from sinergia.review.queries.waiting import (
    budgets_to_cut,
    budgets_to_look_at,
    objections_to_settle,
    sheets_to_sign,
)
from sinergia.support.queries.readings import ReadingFilter, asked_for, readings_at
from sinergia.support.queries.remarks import threads_for, waiting
from sinergia.web.lines import Task

Row = TypeVar("Row", bound=Model)

MOST = 100  # that are counted
SOON = timedelta(days=7)  # before an intake ends


def own_tasks(person: Person) -> Iterator[Task]:
    """What waits for somebody in whichever capacity they act."""
    number = waiting(threads_for(person), person).count()
    words = ngettext(
        "remark to a project awaits your answer", "remarks to projects await your answer", number
    )
    yield Task(number, words, reverse("remarks:waiting"))
    sheets = sheets_to_sign(person)
    number, first = _counted(sheets)
    words = ngettext(
        "score sheet awaits your signature", "score sheets await your signature", number
    )
    yield Task(number, words, reverse("review:desk", args=[first.expert.key]) if first else "")
    awards = budgets_to_cut(person)
    number, award = _counted(awards)
    words = ngettext(
        "grant of less than was asked awaits its new budget",
        "grants of less than was asked await their new budgets",
        number,
    )
    key = [award.examination.submission.key] if award else []
    yield Task(number, words, reverse("decision:revised", args=key) if award else "")


def tasks_of_team(organisation: int) -> Iterator[Task]:
    """What waits for those who write projects; the way leads to what is nearest its end."""
    drafts = ending_soon(organisation, now=timezone.now(), within=SOON)
    number, draft = _counted(drafts)
    words = ngettext(
        "draft is not submitted, and its intake ends within a week",
        "drafts are not submitted, and their intake ends within a week",
        number,
    )
    yield Task(number, words, reverse("projects:project", args=[draft.key]) if draft else "")
    handed = to_confirm(organisation)
    words = ngettext(
        "submitted application awaits its signed document",
        "submitted applications await their signed documents",
        len(handed),
    )
    key = [handed[0].key] if handed else []
    yield Task(len(handed), words, reverse("applications:submission", args=key) if key else "")
    rows = returned_to(organisation)
    number, row = _counted(rows)
    words = ngettext(
        "application came back for correction", "applications came back for correction", number
    )
    yield Task(number, words, reverse("applications:submission", args=[row.key]) if row else "")


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
    yield from _tasks_of_contests(centre)


def _tasks_of_contests(centre: Centre) -> Iterator[Task]:
    """What waits for operators; the way leads to the contest in which it has waited longest."""
    rows = to_register(centre)
    number, row = _counted(rows)
    words = ngettext("application awaits registration", "applications await registration", number)
    url = reverse("applications:came_in", args=[row.contest.call.key]) if row else ""
    yield Task(number, words, f"{url}?stage={TO_REGISTER}")
    said = objections_to_settle(centre)
    number, objection = _counted(said)
    words = ngettext(
        "objection of an applicant to an expert awaits a look",
        "objections of applicants to experts await a look",
        number,
    )
    key = [objection.submission.contest.call.key] if objection else []
    yield Task(number, words, reverse("assignment:conflicts", args=key) if key else "")
    budgets = budgets_to_look_at(centre)
    number, budget = _counted(budgets)
    words = ngettext(
        "new budget of a winner awaits a look", "new budgets of winners await a look", number
    )
    key = [budget.award.examination.contest.call.key] if budget else []
    yield Task(number, words, reverse("decision:after", args=key) if key else "")


def _counted(rows: QuerySet[Row]) -> tuple[int, Row | None]:
    """How many wait, and the first one, in one query."""
    found = list(rows[:MOST])
    return len(found), found[0] if found else None
