"""Words and figures about a grant say what is so: its next step, its terms, whose money it is."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergia.grants.actions.report_terms import remind_of_report
from sinergia.grants.actions.roles import write_role
from sinergia.grants.actions.signing import decline_grant
from sinergia.grants.forms.joining import RoleForm
from sinergia.grants.models import Change, Grant, Period, Report
from sinergia.grants.papers.agreement import known_places
from sinergia.grants.queries import changing, listing, report_listing
from sinergia.grants.queries.grants import grants_rules
from sinergia.grants.queries.matching import NEW, OWN, Filed, currencies_of, matched
from sinergia.grants.queries.money import payable, tranches_of
from sinergia.grants.reading.statement import read_statement
from sinergia.grants.views.supplement import _facts
from sinergia.grants.views.together.inside import _role_initial
from sinergia.grants.words.grant import Step, next_step, tranches_said
from sinergia.grants.words.statement import statement_said
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.models import Centre, Membership
from sinergia.people.models import Person
from tests.arrange import NOON, a_leader, a_stored_file, an_organisation
from tests.arrange_changes import a_change, a_spending, consented
from tests.arrange_grants import LATER, a_report, elsewhere, fresh, in_two, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("in_english")]
LONG_AFTER = date(2030, 1, 1)


def step_of(grant: Grant) -> Step:
    row = fresh(grant)
    tranches = tranches_said(tranches_of(row), grants_rules(row), LONG_AFTER)
    found = next_step(row, [], tranches, today=LONG_AFTER, may_enter=False, has_agreement=True)
    assert found is not None
    return found


def test_a_grant_is_found_by_its_own_number(grant: Grant, operator: Person, leader: Person) -> None:
    under_way = signed(in_two(grant, operator), operator)
    a_report(under_way.periods.order_by("number")[0], "draft")
    a_change(under_way, leader)
    Grant.objects.filter(pk=grant.pk).update(number="СГ-15/2026 a")
    for typed in ("СГ-15/2026", "сг-15", "A", "15/2026"):
        found = listing.asked_of(
            Grant.objects.all(), listing.GrantFilter(q=typed), mine=Q(), today=NOON.date()
        )
        assert found.count() == 1, typed
        asked = changing.ChangeFilter(q=typed)
        assert changing.asked_of(Change.objects.all(), asked, mine=Q()).count() == 1, typed
        reports = report_listing.asked_of(
            Report.objects.all(), report_listing.ReportFilter(q=typed), mine=Q(), today=NOON.date()
        )
        assert reports.count() == 1, typed


def test_a_period_without_a_tranche_waits_for_its_report_alone(
    grant: Grant, operator: Person
) -> None:
    under_way = signed(in_two(grant, operator), operator)
    first, second = under_way.periods.order_by("number")
    Period.objects.filter(pk=first.pk).update(tranche_minor=grant.sum_minor)
    Period.objects.filter(pk=second.pk).update(tranche_minor=0)
    paid(under_way, operator, grant.sum_minor)
    a_report(first)
    assert step_of(under_way).words.startswith("Report on period 2 by")

    a_report(second)

    assert step_of(under_way).words.startswith("Everything is paid and reported")


def test_a_report_that_is_being_checked_is_waited_for_by_nobody(
    grant: Grant, operator: Person
) -> None:
    under_way = signed(in_two(grant, operator), operator)
    first = under_way.periods.order_by("number")[0]
    paid(under_way, operator, first.tranche_minor)
    report = a_report(first, "submitted")
    assert step_of(under_way) == Step("The report on period 1 is being checked", kind="info")

    Report.objects.filter(pk=report.pk).update(stage="returned", due_on=date(2031, 2, 3))

    step = step_of(under_way)
    assert ("3 February 2031" in step.words, step.kind) == (True, "info")


def test_a_reminder_names_the_day_and_no_number_of_days(grant: Grant, operator: Person) -> None:
    under_way = signed(in_two(grant, operator), operator)
    report = a_report(under_way.periods.order_by("number")[0], "returned")
    for days in (9, 3):
        due_on = NOON.date() + timedelta(days=days)
        Report.objects.filter(pk=report.pk).update(due_on=due_on)
        Notice.objects.all().delete()
        assert remind_of_report(report, today=NOON.date(), actor=operator, now=NOON)
        said = said_by(Notice.objects.all()[0])
        assert "is left" not in said.subject + said.text


def test_nobody_pays_an_organisation_of_their_own(
    grant: Grant, operator: Person, centre: Centre
) -> None:
    under_way = signed(grant, operator)
    minor = under_way.periods.order_by("number")[0].tranche_minor
    row = Filed(1, "77", LATER.date(), minor, key=str(under_way.key))
    assert [one.state for one in matched([row], centre, operator)] == [NEW]
    assert payable(centre, operator).exists()
    Membership.objects.create(
        person=operator, organisation=under_way.organisation, role="editor", since=NOON
    )

    found = matched([row], centre, operator)

    assert [one.state for one in found] == [OWN]
    assert "a colleague" in statement_said(found)[0].said
    assert not payable(centre, operator).exists()
    assert payable(centre).exists()


def test_a_supplement_on_an_earlier_change_has_the_days_of_that_change(
    grant: Grant, operator: Person, leader: Person
) -> None:
    under_way = signed(grant, operator)
    rows = [
        consented(fresh(under_way), leader, operator, {"ends_on": day})
        for day in ("2027-07-15", "2027-08-15")
    ]
    for row, day in zip(rows, (date(2027, 7, 15), date(2027, 8, 15)), strict=True):
        asked = Change.objects.select_related("made", "base", "grant").get(pk=row.pk)
        facts, _differs = _facts(fresh(under_way), asked)
        last = facts.periods[-1]
        assert (last.ends_on, last.report_on > day) == (day, True)
    assert known_places(fresh(under_way), facts, "en")["ends"] == "15 August 2027"


def test_hours_are_rounded_to_minutes_and_open_as_they_were_typed(
    grant: Grant, operator: Person, leader: Person
) -> None:
    typed = {"name": "Возить", "least_age": "14", "hours": "0.33", "is_open": "on"}
    form = RoleForm(typed)
    assert form.is_valid()
    offered = form.offered()
    assert offered.day_minutes == 20

    role = write_role(signed(grant, operator), offered, actor=leader, now=NOON)
    opened = {name: "" if one is None else one for name, one in _role_initial(role).items()}

    assert opened["hours"] == 0.33
    assert RoleForm(opened).is_valid()


def test_of_a_grant_elsewhere_nothing_is_said_that_holds_here_alone(client: Client) -> None:
    organisation = an_organisation("Старая верста")
    keeper = a_leader(organisation=organisation)
    grant = elsewhere(organisation, keeper)
    client.force_login(keeper)
    page = client.get(reverse("grants:decline", args=[grant.key])).content.decode()
    assert "reserve list" not in page
    under_way = signed(in_two(grant, keeper), keeper)
    report = a_report(under_way.periods.order_by("number")[0], "draft")
    Report.objects.filter(pk=report.pk).update(due_on=NOON.date() - timedelta(days=2))
    remind_of_report(report, today=NOON.date(), actor=keeper, now=NOON)

    said = said_by(Notice.objects.get(code="grants.report_late", person=keeper))

    assert "next tranche" not in said.text
    assert "Hand it in" in said.text


def test_the_reserve_list_is_named_where_there_is_one(
    grant: Grant, operator: Person, leader: Person
) -> None:
    decline_grant(grant, "Не сможем", actor=leader, now=NOON)

    assert "reserve list" in said_by(Notice.objects.get(code="grants.declined")).text
    assert translation.get_language() == "en"


def test_what_was_read_is_what_is_accepted(client: Client, grant: Grant, operator: Person) -> None:
    under_way = signed(in_two(grant, operator), operator)
    report = a_report(under_way.periods.order_by("number")[0], "submitted")
    client.force_login(operator)
    url = reverse("reports:settle", args=[under_way.key, report.key, "accept"])

    for asked, version in (("?version=1", 1), ("?version=x", 0), ("", 0)):
        assert client.get(url + asked).context["form"].initial["version"] == version


def test_nothing_is_offered_that_a_closed_grant_refuses(
    client: Client, grant: Grant, operator: Person
) -> None:
    under_way = signed(grant, operator)
    paid(under_way, operator, 100_00)
    client.force_login(operator)
    url = reverse("grants:money", args=[under_way.key])
    assert b"Enter a return" in client.get(url).content
    Grant.objects.filter(pk=under_way.pk).update(stage="closed", closed_on=NOON.date())

    page = client.get(url).content

    assert (b"Enter a return" in page, b"Entered by mistake" in page) == (False, False)


def test_a_statement_is_read_in_the_currency_of_the_grant_that_it_pays(
    grant: Grant, operator: Person, centre: Centre
) -> None:
    under_way = signed(grant, operator)
    table = f"Номер документа;Дата документа;Сумма;Ключ гранта\n77;24.11.2026;1 000;{grant.key}\n"
    sent = a_stored_file(operator, table.encode(), "v.csv")
    for currency, minor in (("RUB", 1_000_00), ("JPY", 1_000), ("KWD", 1_000_000)):
        Grant.objects.filter(pk=under_way.pk).update(currency=currency)
        Period.objects.filter(grant=under_way).update(tranche_minor=2_000_000)
        told = matched(read_statement(sent, currencies_of(centre, operator)), centre, operator)
        assert [(one.state, one.row.sum_minor) for one in told] == [(NEW, minor)]
        assert statement_said(told)[0].currency == currency
    both = Filed(1, "77", LATER.date(), 1, key=str(grant.key), sums={"RUB": 100_000})
    assert [one.row.faults for one in matched([both], centre, operator)] == [("statement.bad_sum",)]


def test_what_was_spent_opens_its_rows_and_what_was_not_accepted_its_own(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    under_way = signed(grant, operator)
    kept = a_spending(under_way, 300_00)
    refused = a_spending(under_way, 70_00, verdict="refused", number="2")
    client.force_login(leader)

    answer = client.get(reverse("grants:money", args=[under_way.key]))

    assert list(answer.context["spent"].rows) == [kept]
    assert answer.context["not_accepted"] == [refused]
    assert b'href="#refused"' in answer.content
