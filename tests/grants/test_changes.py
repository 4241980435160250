"""Changes of a plan: written, sent, answered; what can never come into force."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergia.base.drafts.actions import Save
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.drafts import Path
from sinergia.engine.granting.changes import granted_under
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.changes import (
    answer_change,
    begin_change,
    move_row,
    save_change,
    send_change,
    take_back_change,
    take_out_row,
)
from sinergia.grants.models import Change, Grant, Plan
from sinergia.grants.queries.changes import (
    changes_of,
    changes_seen,
    changes_to_answer,
    weighed,
)
from sinergia.grants.queries.grants import latest_plan, thawed_plan
from sinergia.grants.words.changes import gap_said
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Membership
from sinergia.people.models import Person
from tests.afterwards import codes_of
from tests.arrange import NOON, a_consultant, a_leader, an_organisation
from tests.arrange_changes import (
    a_change,
    a_final,
    a_spending,
    again,
    consented,
    sent,
    written,
)
from tests.arrange_grants import a_report, elsewhere, fresh, in_two, signed
from tests.arrange_rules import rewrite_rules

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

TWO_LINES = {  # 10 000 of 90 000 go to a new line of another article
    "lines/aaaaaa/granted": "80000",
    "lines/bbbbbb/what": "Бумага",
    "lines/bbbbbb/article": "3",
    "lines/bbbbbb/price": "10000",
    "lines/bbbbbb/comment": "Пачки",
}
SMALL = TWO_LINES | {"lines/aaaaaa/granted": "81000", "lines/bbbbbb/price": "9000"}


@pytest.fixture
def under_way(grant: Grant, operator: Person) -> Grant:
    return signed(grant, operator)


def test_a_request_begins_with_the_plan_once_while_the_grant_is_under_way(
    grant: Grant, leader: Person, operator: Person
) -> None:
    assert codes_of(lambda: begin_change(grant, actor=leader, now=NOON)) == ["change.not_under_way"]
    signed(grant, operator)

    one, other = (begin_change(grant, actor=leader, now=NOON) for _press in range(2))

    assert (one.pk, one.number, one.stage) == (other.pk, 1, "draft")
    texts = dict(one.texts.values_list("path", "value"))
    assert texts["events/aaaaaa/what"] == "Встреча во дворе"
    assert "title" not in texts
    assert weighed(one, fresh(grant)).is_empty
    with pytest.raises(PermissionDenied):
        begin_change(grant, actor=operator, now=NOON)


def test_texts_are_saved_one_by_one_and_the_second_writer_sees_the_first(
    under_way: Grant, leader: Person
) -> None:
    row = a_change(under_way, leader)
    other = a_leader("second", organisation=under_way.organisation)
    path = Path("events", "aaaaaa", "where")

    save_change(row, [Save(path, "Парк", 0)], actor=leader, now=NOON)
    (late,) = save_change(row, [Save(path, "Двор", 0)], actor=other, now=NOON)

    assert (late.is_conflict, late.text.value) == (True, "Парк")
    fixed = [Save(Path("title"), "Другое", 0)]
    assert codes_of(lambda: save_change(row, fixed, actor=leader, now=NOON)) == ["change.fixed"]
    with pytest.raises(PermissionDenied):
        save_change(row, [], actor=a_leader("x", organisation=an_organisation("Чужие")), now=NOON)


def test_rows_are_taken_out_and_moved(under_way: Grant, leader: Person) -> None:
    row = a_change(under_way, leader, {"events/bbbbbb/what": "Вторая"})

    assert move_row(row, "events", "bbbbbb", "up", actor=leader, now=NOON) == ["bbbbbb", "aaaaaa"]
    take_out_row(row, "events", "bbbbbb", actor=leader, now=NOON)

    assert weighed(again(row), under_way).is_empty


def test_a_small_change_is_in_force_with_its_notice(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    row = a_change(under_way, leader, SMALL)
    assert codes_of(lambda: send_change(row, " ", actor=leader, now=NOON)) == ["change.no_reason"]

    for _press in range(2):
        row = sent(row, leader)

    assert (row.stage, row.kind, row.number) == ("accepted", "notice", 1)
    plan = thawed_plan(latest_plan(under_way), under_way)
    assert dict(plan.grant) == {"aaaaaa": 81_000_00, "bbbbbb": 9_000_00}
    assert Plan.objects.filter(grant=under_way).count() == 2
    assert Notice.objects.filter(code="grants.change_noticed", person=operator).count() == 1
    assert Entry.objects.filter(verb="change.noticed").count() == 1


def test_a_larger_change_waits_for_consent(
    under_way: Grant, leader: Person, operator: Person, centre: Centre
) -> None:
    row = sent(a_change(under_way, leader, TWO_LINES), leader)
    assert (row.stage, row.kind) == ("sent", "consent")
    assert list(changes_to_answer(centre, operator)) == [row]
    assert latest_plan(under_way).version == 1
    assert codes_of(lambda: written(row, leader, {"summary": "Поздно"})) == ["change.not_written"]

    for _press in range(2):
        answer_change(row, "accept", "Согласовано", actor=operator, now=NOON)

    row = again(row)
    assert (row.stage, row.words, row.settled_by) == ("accepted", "Согласовано", operator.key)
    assert row.made is not None
    assert row.made.version == 2
    assert Notice.objects.filter(code="grants.change_accepted", person=leader).count() == 1
    assert list(changes_to_answer(centre, operator)) == []


def test_what_was_returned_is_mended_and_sent_again(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    row = sent(a_change(under_way, leader, TWO_LINES), leader)
    answer = ("return", "", "change.no_words"), ("refuse", " ", "change.no_words")
    for verdict, words, code in answer:
        given = (verdict, words)
        told = codes_of(lambda given=given: answer_change(row, *given, actor=operator, now=NOON))  # type: ignore[misc]
        assert told == [code]
    answer_change(row, "return", "Опишите бумагу", actor=operator, now=NOON)

    row = again(row)
    assert (row.stage, row.words) == ("returned", "Опишите бумагу")
    written(row, leader, {"lines/bbbbbb/comment": "Сто пачек по сто"})
    row = sent(row, leader)
    assert (row.stage, row.words, row.settled_by) == ("sent", "", None)
    answer_change(row, "refuse", "Не нужна", actor=operator, now=NOON)
    assert again(row).stage == "refused"
    assert latest_plan(under_way).version == 1
    assert begin_change(under_way, actor=leader, now=NOON).number == 2


def test_of_two_who_answer_the_second_is_told_what_became_of_it(
    under_way: Grant, leader: Person, operator: Person, centre: Centre
) -> None:
    row, second = (
        sent(a_change(under_way, leader, TWO_LINES), leader),
        a_consultant("b", centre=centre),
    )
    answer_change(row, "accept", actor=operator, now=NOON)

    with pytest.raises(Refused) as refusal:
        answer_change(row, "return", "Нет", actor=second, now=NOON)

    (gap,) = refusal.value.gaps
    assert (gap.code, dict(gap.values)) == ("change.meanwhile", {"stage": "accepted"})
    told = codes_of(lambda: answer_change(row, "accept", "И мы за", actor=second, now=NOON))
    assert told == ["change.meanwhile"]
    assert answer_change(row, "accept", actor=operator, now=NOON).words == ""
    assert codes_of(lambda: take_back_change(row, actor=leader, now=NOON)) == ["change.answered"]


def test_what_was_taken_back_cannot_be_answered(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    row = sent(a_change(under_way, leader, TWO_LINES), leader)
    for _press in range(2):
        take_back_change(row, actor=leader, now=NOON)

    told = codes_of(lambda: answer_change(row, "accept", actor=operator, now=NOON))
    assert told == ["change.meanwhile"]
    assert Notice.objects.filter(code="grants.change_taken_back").count() == 1


def test_nobody_answers_for_their_own_organisation(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    row = sent(a_change(under_way, leader, TWO_LINES), leader)
    with pytest.raises(PermissionDenied):
        answer_change(row, "accept", actor=leader, now=NOON)
    Membership.objects.create(
        organisation=under_way.organisation, person=operator, role="editor", since=NOON
    )
    told = codes_of(lambda: answer_change(row, "accept", actor=operator, now=NOON))
    assert told == ["decision.own"]


def test_a_change_that_breaks_the_sum_or_what_was_spent_is_refused(
    under_way: Grant, leader: Person
) -> None:
    a_spending(under_way, 80_000_01, verdict="")
    row = a_change(under_way, leader, TWO_LINES)
    assert codes_of(lambda: sent(row, leader)) == ["change.spent"]
    written(again(row), leader, {"lines/bbbbbb/price": "9000"})
    assert codes_of(lambda: sent(row, leader)) == ["change.sum", "change.spent"]
    assert latest_plan(under_way).version == 1


def test_what_was_spent_between_sending_and_consent_holds(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    row = sent(a_change(under_way, leader, TWO_LINES), leader)
    a_spending(under_way, 85_000_00, verdict="")
    told = codes_of(lambda: answer_change(row, "accept", actor=operator, now=NOON))
    assert told == ["change.spent"]
    assert again(row).stage == "sent"


def test_a_moved_end_moves_the_last_period_and_terms_of_reports(
    grant: Grant, leader: Person, operator: Person
) -> None:
    under_way = signed(in_two(grant, operator), operator)
    first, last = under_way.periods.order_by("number")
    early, draft = a_report(first), a_report(last, "draft")
    final = a_final(under_way, stage="draft")

    row = consented(under_way, leader, operator, {"ends_on": "2027-07-31"})

    for one in (early, draft, final, last):
        one.refresh_from_db()
    assert fresh(under_way).ends_on == last.ends_on == date(2027, 7, 31)
    assert last.report_on == draft.due_on == date(2027, 8, 20)
    assert final.due_on == date(2027, 8, 20)
    assert (early.plan.version, draft.plan.version, final.plan.version) == (1, 2, 2)
    assert row.made is not None


def test_notices_add_up_until_they_need_consent(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    assert sent(a_change(under_way, leader, SMALL), leader).kind == "notice"
    more = {"lines/aaaaaa/granted": "80500", "lines/bbbbbb/price": "9500"}
    row = sent(a_change(under_way, leader, more), leader)
    assert (row.stage, row.kind) == ("sent", "consent")
    answer_change(row, "accept", actor=operator, now=NOON)
    again_small = {"lines/aaaaaa/granted": "79500", "lines/bbbbbb/price": "10500"}
    assert sent(a_change(under_way, leader, again_small), leader).kind == "notice"


def test_a_draft_is_seen_by_its_organisation_alone(
    under_way: Grant, leader: Person, operator: Person, centre: Centre
) -> None:
    row = a_change(under_way, leader)
    assert list(changes_of(under_way, leader)) == [row]
    assert list(changes_of(under_way, operator)) == []
    take_back_change(row, actor=leader, now=NOON)
    assert list(changes_seen(centre)) == []
    other = sent(a_change(under_way, leader), leader)
    assert list(changes_seen(centre)) == [other]


def test_a_grant_elsewhere_changes_by_the_plainest_bounds(centre: Centre) -> None:
    owner = an_organisation("Дом", region=centre.regions.get().region)
    leader = a_leader("elsewhere", organisation=owner)
    grant = elsewhere(owner, leader)
    grant = signed(grant, leader)
    row = a_change(grant, leader, {"ends_on": "2027-07-15"})
    row = sent(row, leader)
    assert (row.stage, row.kind) == ("sent", "consent")
    helper = a_consultant("helper", centre=centre)
    answer_change(row, "accept", actor=helper, now=NOON)
    assert fresh(grant).ends_on == date(2027, 7, 15)


PARTS = st.integers(0, 90_000)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=PARTS, second=PARTS, spent=st.integers(0, 90_000))
def test_whatever_is_in_force_keeps_the_sum_and_what_was_spent(
    under_way: Grant, leader: Person, operator: Person, first: int, second: int, spent: int
) -> None:
    Change.objects.filter(stage__in=("draft", "sent")).update(stage="taken_back")
    under_way.spendings.all().delete()
    if spent:
        a_spending(under_way, spent * 100, verdict="")
    before = latest_plan(under_way).version
    texts = TWO_LINES | {
        "lines/aaaaaa/granted": str(first),
        "lines/bbbbbb/price": str(second),
    }
    try:
        row = sent(a_change(under_way, leader, texts), leader)
        if row.stage == "sent":
            answer_change(row, "accept", actor=operator, now=NOON)
    except Refused:
        assert latest_plan(under_way).version == before

    plan = thawed_plan(latest_plan(under_way), under_way)
    assert plan.sum_minor == under_way.sum_minor
    if latest_plan(under_way).version > before:
        assert plan.grant["aaaaaa"] >= spent * 100
        assert granted_under(plan, "3") == plan.grant["bbbbbb"]


def test_days_count_from_now(under_way: Grant, leader: Person) -> None:
    early = (NOON - timedelta(days=400)).date().isoformat()
    row = a_change(under_way, leader, {"ends_on": early})
    assert "change.ends_early" in codes_of(lambda: sent(row, leader))


def test_a_change_that_breaks_a_cap_is_refused_with_the_cap_at_its_line(
    under_way: Grant, leader: Person, contest: Contest
) -> None:
    kept = rules_of(contest)
    assert kept is not None
    articles = tuple(
        one.model_copy(update={"most_minor": 9_000_00}) if one.code == "3" else one
        for one in kept.rules.budget.articles
    )
    budget = kept.rules.budget.model_copy(update={"articles": articles})
    rewrite_rules(kept.row, kept.rules.model_copy(update={"budget": budget}))
    row = a_change(under_way, leader, TWO_LINES)

    with pytest.raises(Refused) as refusal:
        sent(row, leader)

    (gap,) = refusal.value.gaps
    assert (gap.code, gap.path) == ("change.cap", "lines/bbbbbb/granted")
    assert dict(gap.values) == {
        "article": "3",
        "spent_minor": 10_000_00,
        "most_minor": 9_000_00,
        "currency": "RUB",
    }
    said = gap_said(gap, fresh(under_way))
    assert "Офисные расходы" in said
    written(again(row), leader, SMALL)
    assert sent(row, leader).stage == "accepted"
