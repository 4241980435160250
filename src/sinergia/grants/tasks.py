"""What the worker runs for grants."""

from django.utils import timezone

from sinergia.grants.actions.following import remind_to_sign
from sinergia.grants.actions.report_terms import AHEAD, begin_due, end_late, remind_of_report
from sinergia.grants.actions.signing import follow_declined
from sinergia.grants.queries.following import declined_since
from sinergia.grants.queries.grants import today_of, unsigned
from sinergia.grants.queries.report_terms import near, running
from sinergia.people.actions import command_person


def follow_signing() -> None:
    """Remind of grants whose days for signing end; close those that were declined."""
    now = timezone.now()
    actor = command_person(now)
    for grant in declined_since():
        follow_declined(grant, actor=actor, now=now)
    for grant in unsigned():
        remind_to_sign(grant, today=today_of(grant), actor=actor, now=now)


def follow_reports() -> None:
    """Begin reports that are due within a month; remind of those; note what is late."""
    now = timezone.now()
    actor = command_person(now)
    for grant in running():
        begin_due(grant, today=today_of(grant), actor=actor, now=now)
    for report in near(timezone.localdate(now) + AHEAD):
        remind_of_report(report, today=today_of(report.grant), actor=actor, now=now)
    end_late(today=timezone.localdate(now))
