"""A grant won elsewhere is reported on to its fund: nothing of this site waits for a report."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.engine.refusal import Refused
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.actions.reporting import begin_report
from sinergia.grants.models import Grant, Report, ReportReminder
from sinergia.grants.queries.closing import account_of_grant, gaps_of_closing
from sinergia.grants.queries.listing import OVERDUE, TO_CLOSE, of_term
from sinergia.grants.queries.money import tranches_of
from sinergia.grants.tasks import follow_reports
from sinergia.organisations.models import Membership, Standing
from sinergia.people.models import Person
from tests.arrange import NOON, a_leader, an_organisation
from tests.arrange_grants import LATER, SIGNED_ON, elsewhere, fresh, in_two, paid, signed

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


def test_with_its_money_entered_it_is_closed_by_what_its_fund_is_told(
    client: Client, won: Grant, keeper: Person
) -> None:
    paid(won, keeper, 60_000_00)
    paid(won, keeper, 30_000_00, period=2, number="2")
    back = Sent("returned", "9", SIGNED_ON, 5_000_00, "RUB", why="Остаток")
    enter_transfer(won, back, actor=keeper, now=LATER)
    client.cookies["django_language"] = "en"
    client.force_login(keeper)

    account, page = account_of_grant(won), client.get(reverse("grants:grant", args=[won.key]))

    assert gaps_of_closing(won, account) == []
    assert (account.taken_minor, account.returned_minor, account.left_minor) == (
        85_000_00,
        5_000_00,
        0,
    )
    assert Grant.objects.filter(of_term(TO_CLOSE, NOON.date())).get() == won
    assert "The project is over: the resource centre closes" in page.content.decode()
