"""A grant is closed when its account comes out; opened again; made a practice of."""

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.applications.models import Application
from sinergia.grants.actions.changes import begin_change
from sinergia.grants.actions.closing import (
    Evaluated,
    close_grant,
    keep_letter,
    make_practice_of,
    reopen_grant,
)
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.models import Closing, Grant, Result
from sinergia.grants.queries.closing import (
    account_of_grant,
    gaps_of_closing,
    reached_of,
    reached_results,
    to_close,
    without_practice,
)
from sinergia.grants.queries.grants import latest_plan, thawed_plan
from sinergia.grants.words.closing import account_said, facts_for_practice
from sinergia.insights.thread.queries import thread_of
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Standing
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from tests.afterwards import codes_of
from tests.arrange import NOON, a_leader, an_organisation
from tests.arrange_changes import REACHED, a_change, a_final, a_spending, even, sent, told
from tests.arrange_grants import LATER, SIGNED_ON, a_report, a_scan, fresh, in_two, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

WELL = Evaluated("well", "Двор стал тёплым")


def close(grant: Grant, operator: Person, given: Evaluated = WELL) -> Grant:
    return fresh(close_grant(grant, given, actor=operator, now=LATER))


@pytest.fixture
def under_way(grant: Grant, operator: Person) -> Grant:
    return signed(grant, operator)


@pytest.fixture
def ready(under_way: Grant, operator: Person) -> Grant:
    return even(under_way, operator)


def test_what_does_not_come_out_is_named_and_keeps_it_open(
    under_way: Grant, leader: Person, operator: Person
) -> None:
    paid(under_way, operator, 90_000_00)
    a_spending(under_way, 40_000_00)
    a_spending(under_way, 10_000_00, verdict="", number="2")
    a_spending(under_way, 5_000_00, verdict="refused", number="3")
    sent(a_change(under_way, leader, {"results/aaaaaa/number": "110"}), leader)

    told_of = codes_of(lambda: close_grant(under_way, Evaluated("best"), actor=operator, now=LATER))

    assert told_of == [
        "closing.change",
        "closing.report",
        "closing.final",
        "closing.unchecked",
        "closing.on_account",
        "closing.no_grade",
    ]
    values = {one.code: dict(one.values) for one in gaps_of_closing(under_way)}
    assert values["closing.on_account"] == {"minor": 40_000_00, "currency": "RUB"}
    shown = {one.name: one.minor for one in account_said(account_of_grant(under_way))}
    assert sum(shown.values()) == 2 * under_way.sum_minor
    assert fresh(under_way).stage == "under_way"


def test_what_was_accepted_beyond_what_was_paid_keeps_it_open(
    under_way: Grant, operator: Person
) -> None:
    paid(under_way, operator, 30_000_00)
    a_spending(under_way, 40_000_00)
    a_report(under_way.periods.get())
    a_final(under_way)
    assert [one.code for one in gaps_of_closing(under_way)] == ["closing.laid_out"]
    assert account_said(account_of_grant(under_way))[-2].minor == -10_000_00


def test_closed_once_with_its_account_and_results(
    ready: Grant, leader: Person, operator: Person, centre: Centre
) -> None:
    assert list(to_close(centre, operator, today=NOON.date())) == [ready]
    assert codes_of(lambda: close_grant(ready, Evaluated(""), actor=operator, now=LATER)) == [
        "closing.no_grade"
    ]

    for _press in range(2):
        row = close(ready, operator)

    assert (row.stage, row.grade, row.closed_on is not None) == ("closed", "well", True)
    closing = Closing.objects.get()
    sums = (closing.spent_minor, closing.returned_minor, closing.unpaid_minor)
    assert sums == (85_000_00, 5_000_00, 0)
    assert sum(sums) == row.sum_minor
    result = Result.objects.get()
    assert (result.what, result.promised, result.reached) == ("Жители пришли", "120", "134")
    assert result.proof == "Списки на 134 человека"
    assert Standing.objects.get(code="grant_under_way").until == row.closed_on
    assert Notice.objects.filter(code="grants.closed", person=leader).count() == 1
    assert list(to_close(centre, operator, today=NOON.date())) == []


def test_after_the_closing_nothing_is_entered(
    ready: Grant, leader: Person, operator: Person
) -> None:
    closed = close(ready, operator)
    order = Sent("returned", "77", SIGNED_ON, 1_00, "RUB", why="Ещё")
    act = lambda: enter_transfer(closed, order, actor=operator, now=LATER)  # noqa: E731
    assert codes_of(act) == ["transfer.closed"]
    assert codes_of(lambda: begin_change(closed, actor=leader, now=LATER)) == [
        "change.not_under_way"
    ]


def test_closed_by_mistake_it_is_opened_with_a_reason_and_closed_anew(
    ready: Grant, leader: Person, operator: Person
) -> None:
    closed = close(ready, operator)
    made = make_practice_of(closed, {"title": "Двор"}, actor=leader, now=LATER)
    assert codes_of(lambda: reopen_grant(closed, " ", actor=operator, now=LATER)) == [
        "closing.no_reason"
    ]
    for _press in range(2):
        reopen_grant(closed, "Не тот отчёт", actor=operator, now=LATER)

    row = fresh(closed)
    assert (row.stage, row.grade, row.closed_on) == ("under_way", "", None)
    assert not Closing.objects.exists()
    assert Standing.objects.get(code="grant_under_way").until is None
    again = close(row, operator, Evaluated("fairly"))
    assert (again.grade, Result.objects.get().practice) == ("fairly", made)


def test_the_final_report_goes_before_those_on_periods(grant: Grant, operator: Person) -> None:
    row = signed(in_two(grant, operator), operator)
    first, last = (a_report(one) for one in row.periods.order_by("number"))
    told(first, {"results/aaaaaa/reached": "40", "results/aaaaaa/proof": "Список"})
    told(last, {"results/aaaaaa/reached": "90"})
    (one,) = reached_of(row)
    assert (one.promised, one.reached, one.proof) == ("120", "90", "Список")
    final = a_final(row, {"results/aaaaaa/reached": "134"})
    (one,) = reached_of(row)
    assert (one.reached, one.proof, one.report) == ("134", "Список", final)


def test_a_report_that_is_not_accepted_tells_no_result(under_way: Grant) -> None:
    a_final(under_way, REACHED, stage="submitted")
    (one,) = reached_of(under_way)
    assert (one.promised, one.reached, one.report) == ("120", "", None)


@pytest.mark.parametrize(
    ("written", "number"), [("134", 1), ("0,5", 1), ("0", 0), ("0,00", 0), ("", 0)]
)
def test_an_honest_nought_is_no_result_that_was_reached(
    ready: Grant, operator: Person, written: str, number: int
) -> None:
    close(ready, operator)
    Result.objects.update(reached=written)

    assert reached_results().count() == number


def test_a_practice_begins_with_the_facts_once(
    ready: Grant, leader: Person, operator: Person
) -> None:
    outsider = a_leader("outsider", organisation=an_organisation("Чужие"))
    assert codes_of(lambda: make_practice_of(ready, {}, actor=leader, now=LATER)) == [
        "closing.not_closed"
    ]
    closed = close(ready, operator)
    assert list(without_practice(closed.organisation_id)) == [closed]
    plan = thawed_plan(latest_plan(closed), closed)
    texts = facts_for_practice(closed, plan, list(closed.results.all()), spent_minor=85_000_00)
    with pytest.raises(PermissionDenied):
        make_practice_of(closed, texts, actor=outsider, now=LATER)

    one, other = (make_practice_of(closed, texts, actor=leader, now=LATER) for _press in range(2))

    assert one == other
    said = dict(one.texts.values_list("path", "value"))
    assert said["results/aaaaaa/number"] == "134"
    assert "120" in said["results/aaaaaa/how"]
    assert "Списки на 134 человека" in said["results/aaaaaa/how"]
    assert (said["beneficiaries"], said["cost_start"], said["cost_each"]) == (
        "134",
        "85000.00",
        "634.33",
    )
    assert Result.objects.get().practice == one
    assert list(without_practice(closed.organisation_id)) == []


def test_the_thread_goes_from_the_award_to_the_new_practice(
    ready: Grant, leader: Person, operator: Person
) -> None:
    closed = close(ready, operator)
    made = make_practice_of(closed, {"title": "Двор"}, actor=leader, now=LATER)
    final = closed.reports.get(period=None)
    Application.objects.update(outcome="won")  # as the publication tells it by its errands

    thread = thread_of("application", closed.application.key, leader)

    assert thread is not None
    result = Result.objects.get()
    assert thread.parents["grant", closed.pk] == [("application", closed.application_id)]
    assert thread.parents["report", final.pk] == [("grant", closed.pk)]
    assert thread.parents["result", result.pk] == [("report", final.pk)]
    assert thread.parents["grown", made.pk] == [("result", result.pk)]
    for kind, key in (("grant", closed.key), ("report", final.key), ("result", result.key)):
        seen = thread_of(kind, key, leader)
        assert seen is not None
        assert list(seen.rows["application"]) == [closed.application_id]
        assert list(seen.rows["grown"]) == [made.pk]
        assert thread_of(kind, key, None) is None
    hidden = thread_of("application", closed.application.key, None)
    assert hidden is not None
    assert not any(hidden.rows[step] for step in ("grant", "report", "result", "grown"))
    Practice.objects.filter(pk=made.pk).update(stage="published", published_at=NOON)
    hidden = thread_of("application", closed.application.key, None)
    assert hidden is not None
    assert not hidden.rows["grown"]


def test_the_letter_is_kept_of_a_closed_grant(ready: Grant, operator: Person) -> None:
    def keep() -> object:
        return keep_letter(
            ready, a_scan(operator), {}, number="7", on=None, actor=operator, now=NOON
        )

    assert codes_of(keep) == ["closing.not_closed"]
    close(ready, operator)
    keep()
    assert ready.papers.get(kind="letter").number == "7"
