"""A grant won elsewhere is reported on to its fund: nothing of this site waits for a report."""

from datetime import date

import pytest

from sinergia.engine.refusal import Refused
from sinergia.grants.actions.reporting import begin_report
from sinergia.grants.models import Grant, Report, ReportReminder
from sinergia.grants.queries.closing import gaps_of_closing
from sinergia.grants.queries.listing import OVERDUE, of_term
from sinergia.grants.queries.money import tranches_of
from sinergia.grants.tasks import follow_reports
from sinergia.organisations.models import Membership, Standing
from sinergia.people.models import Person
from tests.arrange import NOON, a_leader, an_organisation
from tests.arrange_grants import elsewhere, fresh, in_two, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def keeper() -> Person:
    return a_leader(organisation=an_organisation("Старая верста"))


@pytest.fixture
def won(keeper: Person) -> Grant:
    """Signed, in two periods whose reports would be long late."""
    owner = Membership.objects.get(person=keeper).organisation
    row = signed(in_two(elsewhere(owner, keeper, minor=90_000_00), keeper), keeper, "25-1")
    row.periods.update(report_on=date(2020, 1, 1))
    Grant.objects.filter(pk=row.pk).update(begins_on=date(2019, 1, 1), ends_on=date(2019, 12, 1))
    return fresh(row)


def test_the_worker_begins_no_report_on_it_and_nothing_keeps_it_from_its_end(won: Grant) -> None:
    follow_reports()

    assert not Report.objects.exists()
    assert not Grant.objects.filter(of_term(OVERDUE, NOON.date())).exists()
    assert not {"closing.report", "closing.final"} & {one.code for one in gaps_of_closing(won)}


def test_a_report_begun_by_hand_is_reminded_of_and_notes_nothing_of_its_organisation(
    won: Grant, keeper: Person
) -> None:
    begin_report(won, won.periods.get(number=1), actor=keeper, now=NOON)

    follow_reports()

    assert ReportReminder.objects.get().kind == "late"
    assert not Standing.objects.filter(code=Standing.Code.REPORT_OVERDUE).exists()


def test_its_second_tranche_waits_for_no_report(won: Grant, keeper: Person) -> None:
    paid(won, keeper, 60_000_00)
    assert [one.state for one in tranches_of(won)] == ["paid", "payable"]

    paid(won, keeper, 30_000_00, period=2, number="2")

    assert [one.state for one in tranches_of(won)] == ["paid", "paid"]
    with pytest.raises(Refused):
        paid(won, keeper, 1, period=2, number="3")
