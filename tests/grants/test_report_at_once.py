"""Two managers settle a report at one moment, on either database: one does, the other is told."""

import pytest
from django.db import transaction

from sinergia.base.journal.models import Entry
from sinergia.grants.actions.checking import accept_report, return_report
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Report, ReportVersion
from sinergia.grants.queries.reports import whole_reports
from sinergia.people.models import Person
from tests.arrange import a_centre, a_consultant, a_contest
from tests.arrange_grants import a_grant, an_award, leader_of
from tests.arrange_reports import begun, handed_in, now, ready, under_way
from tests.grants.test_report_check import SOON
from tests.organisations.test_roles_at_once import at_once
from tests.support.test_trainings_at_once import in_a_file

__all__ = ["in_a_file"]
pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_a_file"),
]
SETTLED = {"accepted": "grant.report_accepted", "returned": "grant.report_returned"}


@transaction.atomic
def arranged(*, is_handed_in: bool = True) -> tuple[Report, Person, Person, Person]:
    """A report, two who check it, and who leads its organisation."""
    centre = a_centre()
    operator = a_consultant(centre=centre)
    contest = a_contest(centre=centre)
    grant = a_grant(an_award(contest=contest, operator=operator), operator=operator)
    running, leader = under_way(grant, operator), leader_of(grant)
    if is_handed_in:
        report, _version = handed_in(running, leader)
    else:
        report = ready(begun(running, leader), leader)
    return report, operator, a_consultant("other", centre=centre), leader


def settled() -> dict[str, int]:
    """How often each verb of settling stands in the journal."""
    return {stage: Entry.objects.filter(verb=verb).count() for stage, verb in SETTLED.items()}


def test_of_two_who_accept_and_return_at_once_one_does_and_the_other_is_told_of_it() -> None:
    report, operator, other, _leader = arranged()
    first, second = whole_reports().get(pk=report.pk), whole_reports().get(pk=report.pk)

    told = at_once(
        lambda: accept_report(first, "", version=1, actor=operator, now=now()),
        lambda: return_report(second, "Исправьте", SOON, version=1, actor=other, now=now()),
    )

    row = Report.objects.get()
    is_accepted = row.stage == "accepted"
    assert told == (
        ["done", "report.accepted_by"] if is_accepted else ["report.returned_by", "done"]
    )
    assert row.settled_by == (operator if is_accepted else other).key
    assert settled() == {"accepted": int(is_accepted), "returned": int(not is_accepted)}


def test_of_two_who_accept_at_once_one_is_told_that_it_is_accepted() -> None:
    report, operator, other, _leader = arranged()

    told = at_once(
        *(
            lambda who=who: accept_report(report, "", version=1, actor=who, now=now())
            for who in (operator, other)
        )
    )

    assert sorted(told) == ["done", "report.accepted_by"]
    assert settled() == {"accepted": 1, "returned": 0}


def test_pressed_in_two_windows_at_once_a_report_is_handed_in_once() -> None:
    report, _operator, _other, leader = arranged(is_handed_in=False)

    told = at_once(*[lambda: submit_report(report, actor=leader, now=now())] * 2)

    assert told == ["done", "done"]
    assert ReportVersion.objects.count() == 1
    assert Entry.objects.filter(verb="grant.report_submitted").count() == 1
