"""Plan, periods and money of a grant: sums come out whatever is put in."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.granting.balance import (
    PAID,
    RETURNED,
    LineBalance,
    Moved,
    Spent,
    balance_of,
    fault_of_transfer,
)
from sinergia.engine.granting.periods import (
    Part,
    after_workdays,
    faults_of,
    parts_of,
    share_sum,
    share_time,
)
from sinergia.engine.granting.plan import WHOLE, granted_lines, read_plan, write_plan
from sinergia.engine.project import Broken, read_document

TEXTS = {
    "title": "Тёплый двор",
    "lines/aaaaaa/what": "Чай",
    "lines/aaaaaa/article": "7",
    "lines/aaaaaa/price": "1000",
    "lines/aaaaaa/quantity": "100",
    "lines/aaaaaa/own": "10000",
    "lines/bbbbbb/what": "Чайник",
    "lines/bbbbbb/price": "5000",
    "events/cccccc/what": "Встреча",
}
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
sums = st.integers(0, 10**12)


def test_a_plan_keeps_texts_and_what_the_grant_pays_of_each_line() -> None:
    kept = write_plan(TEXTS, {"aaaaaa": 60_000_00, "bbbbbb": 0})
    plan = read_plan(kept.content, currency="RUB", digest=kept.digest)

    assert plan.sum_minor == 60_000_00
    told = [(one.what, one.article, one.total_minor, one.granted_minor) for one in plan.lines]
    assert told == [("Чай", "7", 100_000_00, 60_000_00), ("Чайник", "", 5_000_00, 0)]
    assert [one.id for one in plan.paid_lines] == ["aaaaaa"]
    assert [one.what for one in plan.document.events] == ["Встреча"]
    assert write_plan(dict(plan.texts), dict(plan.grant)) == kept


def test_a_whole_sum_is_a_line_of_its_own() -> None:
    plan = read_plan(write_plan({}, {WHOLE: 5}).content, currency="RUB")

    assert [(one.id, one.what, one.article, one.total_minor) for one in plan.lines] == [
        (WHOLE, "", "", 5)
    ]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"values":{}}', b'{"values":{"texts":[1]}}'])
def test_what_is_no_plan_is_refused(content: bytes) -> None:
    with pytest.raises(Broken):
        read_plan(content, currency="RUB")
    with pytest.raises(Broken):
        read_plan(write_plan({}, {}).content, currency="RUB", digest="0" * 64)
    with pytest.raises(ValueError, match="nothing or more"):
        write_plan({}, {"a": -1})


def test_lines_of_the_accepted_budget_come_to_the_award_or_the_whole_is_one_line() -> None:
    lines = read_document(TEXTS, currency="RUB").lines

    assert granted_lines(lines, sum_minor=95_000_00) == {"aaaaaa": 90_000_00, "bbbbbb": 5_000_00}
    cut = granted_lines(lines, sum_minor=65_000_00, left={"aaaaaa": 60_000_00})
    assert cut == {"aaaaaa": 60_000_00, "bbbbbb": 5_000_00}
    assert granted_lines(lines, sum_minor=95_000_01) == {WHOLE: 95_000_01}
    assert granted_lines([], sum_minor=1) == {WHOLE: 1}


@given(sums, st.lists(st.decimals("0", "1", places=3), min_size=1, max_size=8))
def test_parts_of_a_sum_come_to_it_and_none_is_below_nought(
    minor: int, shares: list[Decimal]
) -> None:
    parts = share_sum(minor, shares)

    assert sum(parts) == minor
    assert min(parts) >= 0
    assert len(parts) == len(shares)


def test_the_last_tranche_takes_the_rounding() -> None:
    assert share_sum(100, [Decimal("0.333")] * 3) == [33, 33, 34]
    assert share_sum(1, [Decimal("0.5")] * 2) == [1, 0]


@given(st.dates(FIRST, LAST), st.integers(0, 2_000), st.integers(1, 12))
def test_stretches_of_time_follow_one_another_without_a_hole(
    begins: date, days: int, number: int
) -> None:
    ends = date.fromordinal(begins.toordinal() + days)
    told = parts_of(begins, ends, 1_000, [Decimal(1) / number] * number, report_workdays=15)

    assert faults_of(told, sum_minor=1_000, begins_on=begins, ends_on=ends) == []
    lengths = [(one.ends_on - one.begins_on).days for one in told]
    assert max(lengths) - min(lengths) <= 1


def test_a_term_counts_working_days_alone() -> None:
    friday = date(2026, 11, 27)

    assert after_workdays(friday, 0) == friday
    assert after_workdays(friday, 1) == date(2026, 11, 30)
    assert after_workdays(friday, 15) == date(2026, 12, 18)
    assert share_time(FIRST, FIRST, 4) == [(FIRST, FIRST)]


def part(first: date = FIRST, last: date = LAST, tranche: int = 100, late: int = 0) -> Part:
    return Part(first, last, date.fromordinal(last.toordinal() + late), tranche)


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ([], ["period.none"]),
        ([part(tranche=99)], ["period.sum"]),
        ([part(late=-1)], ["period.report_early"]),
        ([part(last=date(2027, 12, 30))], ["period.outside"]),
        (
            [part(last=date(2027, 5, 31), tranche=-1), part(date(2027, 6, 2), tranche=101)],
            ["period.negative", "period.order"],
        ),
        ([part(date(2027, 12, 31), date(2027, 1, 1))], ["period.order"]),
    ],
)
def test_periods_that_do_not_fit_are_told_with_every_reason(
    parts: list[Part], codes: list[str]
) -> None:
    assert faults_of(parts, sum_minor=100, begins_on=FIRST, ends_on=LAST) == codes


lines = st.dictionaries(st.sampled_from("abcd"), sums, min_size=1)
moves = st.lists(st.builds(Moved, st.sampled_from([PAID, RETURNED]), sums))
payments = st.lists(st.builds(Spent, st.sampled_from("abcde"), sums, st.booleans()))


@given(lines, moves, payments)
def test_agreed_paid_spent_and_returned_always_come_out(
    agreed: dict[str, int], moved: list[Moved], spent: list[Spent]
) -> None:
    told = balance_of(agreed, moved, spent)

    assert told.agreed_minor == told.paid_minor + told.to_pay_minor
    assert told.paid_minor == told.spent_minor + told.returned_minor + told.on_account_minor
    assert told.agreed_minor == told.spent_minor + told.left_minor
    assert told.agreed_minor == sum(one.agreed_minor for one in told.lines.values())
    assert told.spent_minor == sum(one.spent_minor for one in told.lines.values())
    assert told.left_minor == sum(one.left_minor for one in told.lines.values())
    everything = told.spent_minor + told.refused_minor
    assert everything == sum(one.sum_minor for one in spent)


def test_a_payment_that_was_refused_is_not_spent() -> None:
    told = balance_of({"a": 100}, [Moved(PAID, 90)], [Spent("a", 40), Spent("a", 7, True)])

    assert told.lines == {"a": LineBalance("a", 100, 40, 7)}
    assert (told.spent_minor, told.on_account_minor, told.left_minor) == (40, 50, 60)


@given(lines, moves, st.integers(-5, 10**12), st.sampled_from([PAID, RETURNED]))
def test_what_is_let_through_never_passes_the_agreed_nor_what_was_paid(
    agreed: dict[str, int], moved: list[Moved], minor: int, kind: str
) -> None:
    before = balance_of(agreed, moved, [])
    if fault_of_transfer(before, kind, minor, tranche_left=10**13):
        return
    after = balance_of(agreed, [*moved, Moved(kind, minor)], [])

    assert minor > 0
    if kind == PAID:
        assert after.to_pay_minor >= 0
    else:
        assert after.returnable_minor >= 0


def test_each_reason_against_a_transfer_is_told() -> None:
    told = balance_of({"a": 100}, [Moved(PAID, 60), Moved(RETURNED, 10)], [])

    def fault(kind: str, minor: int) -> str:
        return fault_of_transfer(told, kind, minor, tranche_left=30)

    assert fault(PAID, 0) == fault(RETURNED, -1) == "transfer.not_positive"
    assert (fault(PAID, 41), fault(PAID, 31), fault(PAID, 30)) == (
        "transfer.above_agreed",
        "transfer.above_tranche",
        "",
    )
    assert (fault(RETURNED, 51), fault(RETURNED, 50)) == ("transfer.above_paid", "")
