"""Drafts in which nobody has written for a while, some days before the end of their intake."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.applications.models import Reminder, Submission
from sinergia.applications.queries.submissions import OVER
from sinergia.calls.models import Contest
from sinergia.projects.models import Project

BEFORE = timedelta(days=3)  # the end of the intake
LAST = timedelta(hours=12)  # closer to the end a daily letter would come too late
SILENT = timedelta(days=2)  # nobody has written for so long


def silent_drafts(*, now: datetime) -> QuerySet[Project]:
    """Drafts whose people are to be reminded now: never one that was reminded of its contest."""
    there = Submission.objects.filter(project=OuterRef("pk"), contest=OuterRef("contest"))
    told = Reminder.objects.filter(project=OuterRef("pk"), contest=OuterRef("contest"))
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
