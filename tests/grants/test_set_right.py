"""What went wrong is set right: a grant ended, a report opened again, who is concerned is told."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.engine.granting.periods import after_workdays
from sinergia.grants.actions.beginning import Won, begin_elsewhere
from sinergia.grants.actions.checking import accept_report, reopen_report, return_report
from sinergia.grants.actions.closing import Evaluated, close_grant, end_grant, keep_letter
from sinergia.grants.actions.closing import reopen_grant as open_again
from sinergia.grants.actions.conditions import add_condition, drop_condition
from sinergia.grants.actions.money import Sent, enter_transfer, remove_transfer
from sinergia.grants.actions.signing import Agreed, decline_grant, keep_agreement, sign_grant
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Grant, GrantPaper, Report, Spending
from sinergia.grants.queries.awaiting import won_elsewhere
from sinergia.grants.queries.closing import paper_of
from sinergia.grants.queries.grants import grants_rules
from sinergia.grants.queries.money import tranches_of
from sinergia.grants.queries.report_listing import to_check
from sinergia.grants.queries.reports import whole_reports
from sinergia.grants.tasks import follow_reports
from sinergia.grants.words.grant import tranches_said
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Membership, Standing
from sinergia.people.models import Person
from tests.afterwards import codes_of
from tests.arrange import NOON, a_leader, a_person, an_organisation, sign_in_twice
from tests.arrange_changes import a_change, even, sent
from tests.arrange_grants import (
    FIRST,
    LAST,
    LATER,
    PDF,
    SIGNED_ON,
    a_report,
    a_scan,
    elsewhere,
    fresh,
    in_two,
    met,
    paid,
    signed,
)
from tests.arrange_reports import a_payment, begun, entered, handed_in, now, ready, typed, under_way
from tests.base.sent_files import a_signature

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_in_full,
    pytest.mark.usefixtures("in_english"),
]
LETTER = GrantPaper.Kind.LETTER
LONG_AGO = timezone.localdate() - timedelta(days=1)
SOON = timezone.localdate() + timedelta(days=20)


def as_now(report: Report) -> Report:
    return whole_reports().get(pk=report.pk)


def told(code: str, person: Person) -> int:
    return Notice.objects.filter(code=code, person=person).count()


def accepted(report: Report, operator: Person) -> Report:
    last = report.versions.order_by("-version")[0]
    return accept_report(as_now(report), "", version=last.version, actor=operator, now=now())


@pytest.fixture
def running(grant: Grant, operator: Person) -> Grant:
    """In one period; its report and the final one are due on the same day."""
    row = under_way(grant, operator)
    row.periods.filter(number=2).delete()
    return fresh(row)


def test_the_final_report_is_not_late_while_the_one_before_it_is_checked(
    running: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(running, leader)
    final = begun(running, leader, None)
    Report.objects.update(due_on=LONG_AGO)

    follow_reports()

    assert not Standing.objects.filter(code=Standing.Code.REPORT_OVERDUE).exists()
    assert told("grants.report_late", leader) == 0
    accepted(report, operator)
    assert as_now(final).due_on >= timezone.localdate() + timedelta(days=15)
    Report.objects.filter(pk=final.pk).update(due_on=LONG_AGO)
    follow_reports()
    assert Standing.objects.get(code=Standing.Code.REPORT_OVERDUE, until=None).key == final.key


def test_the_final_report_follows_what_reports_on_periods_are_handed_in_with(
    running: Grant, operator: Person, leader: Person
) -> None:
    report = begun(running, leader)
    final = begun(running, leader, None)
    assert not final.texts.exists()

    submit_report(ready(report, leader), actor=leader, now=now())
    typed(final, leader, events__aaaaaa__told="Итог: обошли всё")
    return_report(as_now(report), "Исправьте", SOON, version=1, actor=operator, now=now())
    typed(report, leader, events__aaaaaa__people="45", events__aaaaaa__told="Иначе")
    submit_report(as_now(report), actor=leader, now=now())

    said = dict(final.texts.values_list("path", "value"))
    assert (said["events/aaaaaa/on"], said["events/aaaaaa/people"]) == ("2026-03-05", "45")
    assert said["events/aaaaaa/told"] == "Итог: обошли всё"


def test_a_grant_that_cannot_be_closed_is_ended_and_money_still_comes_back(
    grant: Grant, operator: Person, leader: Person, centre: Centre
) -> None:
    row = signed(grant, operator)
    paid(row, operator, 90_000_00)
    report = a_report(row.periods.get(), stage="submitted")
    Standing.objects.create(
        organisation=row.organisation, code="report_overdue", key=report.key, since=SIGNED_ON
    )
    change = sent(a_change(row, leader, {"results/aaaaaa/number": "110"}), leader)

    def end(why: str, on: date) -> Callable[[], object]:
        return lambda: end_grant(row, why, on, actor=operator, now=LATER)

    assert codes_of(end(" ", LATER.date() + timedelta(days=2))) == [
        "ending.no_reason",
        "ending.bad_day",
    ]
    for _press in range(2):
        end("Расторгнут", LATER.date())()

    over = fresh(row)
    change.refresh_from_db()
    assert (over.stage, over.closed_on, change.stage) == ("ended", LATER.date(), "taken_back")
    assert not Standing.objects.filter(until=None).exists()
    assert told("grants.ended", leader) == 1
    assert not to_check(centre, operator).exists()
    back = Sent("returned", "9", SIGNED_ON, 90_000_00, "RUB", why="Расторгнут")
    enter_transfer(over, back, actor=operator, now=LATER)
    open_again(over, "Ошиблись", actor=operator, now=LATER)
    assert (fresh(row).stage, fresh(row).closed_on) == ("under_way", None)


def test_a_grant_is_ended_on_its_page(client: Client, grant: Grant, operator: Person) -> None:
    row = signed(grant, operator)
    sign_in_twice(client, operator)
    closing, end = (reverse(f"grants:{one}", args=[row.key]) for one in ("closing", "end_grant"))
    assert end in client.get(closing).content.decode()

    client.post(end, {"why": "Расторгнут", "on": str(SIGNED_ON)})

    assert fresh(row).stage == "ended"
    assert "ended before its time on" in client.get(closing).content.decode()


def test_an_accepted_report_is_opened_again_with_what_was_accepted_of_it(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    row = under_way(grant, operator)
    row.periods.filter(number=2).update(tranche_minor=1_00)
    report, _version = handed_in(row, leader)
    accepted(report, operator)
    here = f"/grants/{row.key}/reports/{report.key}/check/reopen/"
    sign_in_twice(client, operator)
    assert client.get(here).status_code == 200
    assert codes_of(
        lambda: reopen_report(as_now(report), " ", None, actor=operator, now=now())
    ) == ["report.no_day", "remark.no_text"]

    client.post(here, {"version": 1, "due_on": str(SOON), "words": "Чек поддельный"})

    back = as_now(report)
    assert (back.stage, back.due_on, back.words) == ("returned", SOON, "Чек поддельный")
    assert Spending.objects.get().verdict == ""
    assert [one.state for one in tranches_of(row)] == ["paid", "held"]
    assert told("grants.report_reopened", leader) == 1
    submit_report(back, actor=leader, now=now())
    assert codes_of(
        lambda: reopen_report(as_now(report), "Нет", SOON, actor=operator, now=now())
    ) == ["report.not_submitted"]


def test_its_people_learn_what_was_noted_of_their_grant(
    grant: Grant, operator: Person, leader: Person
) -> None:
    row = in_two(grant, operator)
    decline_grant(row, "Письмо", actor=operator, now=NOON)
    assert told("review.declined_for_you", leader) == 1  # and not twice
    assert told("grants.declined_for_you", leader) == 0


def test_its_people_learn_of_money_that_is_taken_out_or_came_back(
    grant: Grant, operator: Person, leader: Person
) -> None:
    row = signed(grant, operator)
    one = paid(row, operator, 90_000_00)
    back = Sent("returned", "9", SIGNED_ON, 5_000_00, "RUB", why="Остаток")

    enter_transfer(row, back, actor=operator, now=LATER)
    remove_transfer(row.transfers.get(kind="returned"), "Не то", actor=operator, now=LATER)
    remove_transfer(one, "Не тот грант", actor=operator, now=LATER)

    assert told("grants.returned", leader) == 1
    assert told("grants.transfer_removed", leader) == 2


def test_a_condition_that_was_added_by_mistake_is_taken_away_and_one_of_the_rules_is_not(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    made, ruled = (
        add_condition(grant, "Справка", actor=operator, now=NOON),
        grant.conditions.first(),
    )
    assert told("grants.condition_asked", leader) == 1
    assert ruled is not None
    sign_in_twice(client, operator)

    client.post(reverse("grants:drop_condition", args=[grant.key, made.key]))

    assert not grant.conditions.filter(pk=made.pk).exists()
    assert codes_of(lambda: drop_condition(ruled, actor=operator, now=NOON)) == [
        "condition.of_rules"
    ]


def test_a_signature_of_an_agreement_with_other_tranches_is_refused(
    grant: Grant, operator: Person
) -> None:
    made = keep_agreement(
        grant, a_scan(operator), {}, number="1", on=None, actor=operator, now=NOON
    )
    row = met(in_two(grant, operator), operator)
    signature = a_scan(operator, a_signature(), name="agreement.sig")

    def sign(file: object) -> Callable[[], object]:
        agreed = Agreed("1", SIGNED_ON, file)  # type: ignore[arg-type]  # an upload
        return lambda: sign_grant(row, agreed, actor=operator, now=NOON)

    assert codes_of(sign(signature)) == ["signing.agreement_old"]
    sign(a_scan(operator))()
    made.refresh_from_db()
    assert (made.signed, GrantPaper.objects.exclude(pk=made.pk).get().signed is not None) == (
        None,
        True,
    )


def test_a_letter_of_a_former_closing_is_no_letter_of_the_next_one(
    grant: Grant, operator: Person
) -> None:
    row = even(signed(grant, operator), operator)
    shut = close_grant(row, Evaluated("well"), actor=operator, now=NOON)
    later = {"number": "5", "on": None, "actor": operator, "now": NOON}
    made = keep_letter(shut, a_scan(operator), {}, **later)  # type: ignore[arg-type]  # as named
    assert paper_of(shut, LETTER) == made

    open_again(shut, "Не та оценка", actor=operator, now=NOON)
    after = NOON + timedelta(hours=1)
    again = close_grant(fresh(row), Evaluated("fairly"), actor=operator, now=after)

    assert paper_of(again, LETTER) is None


def test_a_grant_elsewhere_that_was_declined_is_begun_anew_on_its_own_page(client: Client) -> None:
    organisation = an_organisation("Старая верста")
    keeper = a_leader(organisation=organisation)
    row = elsewhere(organisation, keeper)
    decline_grant(row, "Начали по ошибке", actor=keeper, now=NOON)
    client.force_login(keeper)
    begin = f"/applications/{row.application.key}/grant/"
    lists = client.get(f"/organisations/{organisation.key}/grants/").content.decode()
    assert (begin in lists, begin in client.get(f"/grants/{row.key}/").content.decode()) == (
        False,
        True,
    )

    anew = begin_elsewhere(row.application, Won(100_00, FIRST, LAST), actor=keeper, now=LATER)

    assert (anew.pk, anew.stage, anew.sum_minor) == (row.pk, "preparing", 100_00)
    assert [one.tranche_minor for one in anew.periods.all()] == [100_00]
    assert anew.plans.count() == 1
    assert list(won_elsewhere(organisation)) == []


def test_the_first_tranche_is_to_be_paid_within_the_days_of_the_rules(
    grant: Grant, operator: Person
) -> None:
    row = signed(grant, operator)
    rules, by = grants_rules(row), after_workdays(SIGNED_ON, 20)

    def said(today: date) -> list[tuple[str, date | None]]:
        return [(kind, day) for _one, kind, day in tranches_said(tranches_of(row), rules, today)]

    assert rules.first_workdays == 20
    assert (said(by), said(by + timedelta(days=1))) == ([("info", by)], [("bad", by)])
    paid(row, operator, 90_000_00)
    assert said(by + timedelta(days=1)) == [("ok", None)]


def test_who_writes_a_report_gives_it_to_be_signed_and_its_leader_hands_it_in(
    client: Client, running: Grant, leader: Person
) -> None:
    editor = a_person("editor")
    Membership.objects.create(
        person=editor, organisation=running.organisation, role="editor", since=NOON
    )
    report = ready(begun(running, leader), editor)
    here = f"/grants/{running.key}/reports/{report.key}/"
    client.cookies["django_language"] = "en"
    client.force_login(editor)
    assert client.post(f"{here}submit/").status_code == 403

    client.post(f"{here}sign/")

    assert (as_now(report).stage, told("grants.report_to_sign", leader)) == ("signing", 1)
    assert "waits for the signature" in client.get(here).content.decode()
    desks = []
    for person in (leader, editor):
        client.force_login(person)
        desks.append("report waits for your signature" in client.get("/desk/").content.decode())
    assert desks == [True, False]
    said = {one.path: one.value for one in report.texts.all()}
    typed(report, editor, done=said["done"])
    assert as_now(report).stage == "signing"
    typed(report, editor, done="Обошли дворы.")
    assert as_now(report).stage == "draft"
    assert Entry.objects.filter(verb="grant.report_written_again").count() == 1
    client.force_login(editor)
    client.post(f"{here}sign/")
    submit_report(as_now(report), actor=leader, now=now())
    assert as_now(report).stage == "submitted"


def test_many_documents_go_to_the_payments_whose_numbers_their_names_bear(
    client: Client, running: Grant, leader: Person
) -> None:
    report = begun(running, leader)
    for number in ("17", "117", "5"):
        entered(report, leader, a_payment(1_00, number=number), has_file=False)
    entered(report, leader, a_payment(2_00, number="5", payee="ИП Чай"), has_file=False)
    client.cookies["django_language"] = "en"
    client.force_login(leader)
    names = ("order 17.pdf", "п-п №117.pdf", "5.pdf", "scan.pdf")
    files = [SimpleUploadedFile(name, PDF) for name in names]

    answer = client.post(
        f"/grants/{running.key}/reports/{report.key}/payments/documents/", {"documents": files}
    )

    with_file = Spending.objects.filter(file__isnull=False)
    assert set(with_file.values_list("number", "file__name")) == {
        ("17", "order 17.pdf"),
        ("117", "п-п №117.pdf"),
    }
    page = answer.content.decode()
    assert ("5.pdf: no payment" in page, "scan.pdf: no payment" in page) == (True, True)
    assert "2 documents are at their payments." in page
