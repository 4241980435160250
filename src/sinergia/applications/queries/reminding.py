"""Silent drafts some days before the end of their intake, and what nothing confirms in time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.applications.models import Reminder, Submission
from sinergia.applications.queries.confirming import awaiting_document, document_due
from sinergia.applications.queries.submissions import OVER
from sinergia.calls.models import Contest, ContestRules
from sinergia.calls.queries.contests import rules_kept
from sinergia.packs.rules import Rules
from sinergia.projects.models import Project

BEFORE = timedelta(days=3)  # the end of the intake, or of the term of confirming
LAST = timedelta(hours=12)  # closer to the end a daily letter would come too late
SILENT = timedelta(days=2)  # nobody has written for so long
FRESH = timedelta(hours=12)  # whoever has just submitted has just been told how to confirm it


class Due(NamedTuple):
    """Rules by which something was submitted that is to be confirmed soon. at: the last moment."""

    row: ContestRules
    rules: Rules
    at: datetime


def silent_drafts(*, now: datetime) -> QuerySet[Project]:
    """Drafts whose people are to be reminded now: never one that was reminded of its contest."""
    there = Submission.objects.filter(project=OuterRef("pk"), contest=OuterRef("contest"))
    told = Reminder.objects.filter(project=OuterRef("pk"), contest=OuterRef("contest"))
    told = told.filter(kind=Reminder.Kind.DRAFT)
    rows = Project.objects.filter(
        removed_at=None,
        changed_at__lte=now - SILENT,
        contest__stage=Contest.Stage.OPEN,
        contest__intake=Contest.Intake.HERE,
        contest__is_training=False,
        contest__closes_at__gte=now + LAST,
        contest__closes_at__lte=now + BEFORE,
    )
    rows = rows.filter(~Exists(there.exclude(stage__in=OVER)), ~Exists(told))
    return rows.select_related("organisation", "contest__call").order_by("pk")


def due_soon(*, now: datetime) -> Iterator[Due]:
    """Rules whose term of confirming ends within some days, where they ask for it."""
    rows = ContestRules.objects.filter(
        Exists(_unconfirmed(now).filter(frozen__rules=OuterRef("pk"))),
        contest__closes_at__lte=now + BEFORE,  # the term never ends before the intake
    )
    for row in rows.select_related("contest__call").order_by("pk"):
        rules = rules_kept(row)
        at = document_due(row.contest, rules)
        if at is not None and LAST <= at - now <= BEFORE:
            yield Due(row, rules, at)


def unconfirmed(due: Due, *, now: datetime) -> QuerySet[Submission]:
    """What was submitted by some rules and nothing confirms; never what was reminded of it."""
    rows = _unconfirmed(now).filter(frozen__rules=due.row)
    return rows.select_related("project", "organisation").order_by("pk")


def _unconfirmed(now: datetime) -> QuerySet[Submission]:
    told = Reminder.objects.filter(project=OuterRef("project"), contest=OuterRef("contest"))
    rows = awaiting_document().filter(submitted_at__lte=now - FRESH)
    return rows.filter(~Exists(told.filter(kind=Reminder.Kind.UNCONFIRMED)))
