"""Days of reports are watched: begun in time, reminded of once for each term, noted when late."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.engine.shown import date_shown
from sinergia.grants.actions.locking import locked
from sinergia.grants.actions.reporting import ensure_report
from sinergia.grants.actions.telling import Said, tell_staff, tell_team
from sinergia.grants.models import Grant, Report, ReportReminder
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.report_terms import due_by, near, noted_late
from sinergia.organisations.models import Standing
from sinergia.people.models import Person

Kind = ReportReminder.Kind
AHEAD = timedelta(days=31)
_SENTENCES = {
    Kind.MONTH: "grants.report_month",
    Kind.WEEK: "grants.report_week",
    Kind.TOMORROW: "grants.report_tomorrow",
    Kind.LATE: "grants.report_late",
}
_TERMS = ((timedelta(days=1), Kind.TOMORROW), (timedelta(days=7), Kind.WEEK), (AHEAD, Kind.MONTH))


@transaction.atomic
def begin_due(grant: Grant, *, today: date, actor: Person, now: datetime) -> list[Report]:
    """Begin reports that are due within a month, so that everybody sees them coming."""
    row = locked(grant)
    if row.stage != Grant.Stage.UNDER_WAY:
        return []
    return [
        ensure_report(row, period, actor=actor, now=now) for period in due_by(row, today + AHEAD)
    ]


@transaction.atomic
def remind_of_report(report: Report, *, today: date, actor: Person, now: datetime) -> bool:
    """Tell that a report is due, or late; whether anybody was told. Each term is told of once.

    What is late is noted of its organisation, where admission and readiness read it; never of a
    fund elsewhere, which is reported to there.
    """
    grant = locked(report.grant)
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    row = near(today + AHEAD).filter(pk=report.pk).first()
    if row is None:
        return False
    left = row.due_on - today
    kind = Kind.LATE if left < timedelta(0) else next(one for most, one in _TERMS if left <= most)
    if kind == Kind.LATE and grant.award_id is not None:
        _note_late(row)
    made = ReportReminder.objects.filter(report=row, kind=kind, due_on=row.due_on).first()
    if made is not None:
        return False
    ReportReminder.objects.create(report=row, kind=kind, due_on=row.due_on, at=now)
    tell_team(grant, _SENTENCES[kind], _day_said(row), now=now)
    if kind == Kind.LATE:
        tell_staff(grant, "grants.report_late_staff", _day_said(row), now=now)
        record("grant.report_late", about=grant, actor=actor, at=now)
    else:
        record(
            "grant.report_reminded", about=grant, actor=actor, at=now, codes={"term": kind.value}
        )
    return True


def end_late(*, now: datetime) -> int:
    """End notes of reports that are late no more: handed in, put off, their grant over.

    A report is late by the day of its contest, as it was noted; the server's may be another.
    """
    today = timezone.localdate(now)
    noted = near(today + timedelta(days=1)).filter(key__in=noted_late().values("key"))
    late = [one.key for one in noted.filter(grant__award__isnull=False) if _is_late(one, now)]
    return noted_late().exclude(key__in=late).update(until=today)


def _is_late(report: Report, now: datetime) -> bool:
    return report.due_on < today_of(report.grant, now)


def _note_late(report: Report) -> None:
    Standing.objects.get_or_create(
        code=Standing.Code.REPORT_OVERDUE,
        key=report.key,
        until=None,
        defaults={
            "organisation": report.grant.organisation,
            "since": report.due_on + timedelta(days=1),
        },
    )


def _day_said(report: Report) -> Said:
    elsewhere = "" if report.grant.award_id is not None else "yes"
    return lambda language: {"on": date_shown(report.due_on, language), "elsewhere": elsewhere}
