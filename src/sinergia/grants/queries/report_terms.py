"""Whose reports are near or past their day."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.grants.models import Grant, Period, Report
from sinergia.grants.queries.grants import whole_grants
from sinergia.grants.queries.reports import OPEN, final_due, waiting, whole_reports
from sinergia.organisations.models import Standing


def running() -> QuerySet[Grant]:
    """Grants of contests here, under way, of which some report was not begun."""
    rows = whole_grants().filter(stage=Grant.Stage.UNDER_WAY, award__isnull=False)
    without = Period.objects.filter(grant=OuterRef("pk"), report=None)
    final = Report.objects.filter(grant=OuterRef("pk"), period=None)
    return rows.filter(Exists(without) | ~Exists(final)).order_by("pk")


def due_by(grant: Grant, day: date) -> list[Period | None]:
    """Periods without a report that is due by a day; none stands for the final one."""
    rows: list[Period | None] = list(
        grant.periods.filter(report=None, report_on__lte=day).order_by("number")
    )
    has_final = Report.objects.filter(grant=grant, period=None).exists()
    return rows if has_final or final_due(grant) > day else [*rows, None]


def near(day: date) -> QuerySet[Report]:
    """Reports being written that are due by a day, what is due first before.

    A final one that waits for others is not among them: its day comes once they are accepted.
    """
    rows = whole_reports().filter(
        ~waiting(), stage__in=OPEN, grant__stage=Grant.Stage.UNDER_WAY, due_on__lte=day
    )
    return rows.order_by("due_on", "pk")


def noted_late() -> QuerySet[Standing]:
    """Notes that a report is late which still last."""
    return Standing.objects.filter(code=Standing.Code.REPORT_OVERDUE, until=None)
