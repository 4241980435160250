"""The life of a visit, and lists in protocol order: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.protocol import by_towns, moved, town_moved
from sinergia.engine.visit import (
    STEPS,
    Facts,
    Step,
    back_gaps,
    stage_before,
    step_by_days,
    step_from,
    step_gaps,
)

DAY = date(2026, 12, 16)
READY = Facts("№ 4", "Увидеть", "Министерство", DAY, date(2026, 12, 17), 1, 1, 2, 1)
ORDER = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from("АБВ")), unique_by=lambda one: one[0]
)


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        ("agree", ["visit.no_aims"]),
        (
            "approve",
            [
                "visit.no_days",
                "visit.no_basis",
                "visit.no_host",
                "visit.no_sender",
                "visit.no_payers",
            ],
        ),
        ("begin", ["visit.no_delegates"]),
        ("end", []),
        ("account", ["visit.no_delegates", "visit.no_report"]),
    ],
)
def test_an_empty_visit_lacks_what_each_step_asks_for(step: Step, missing: list[str]) -> None:
    assert [gap.code for gap in step_gaps(step, Facts(), today=DAY)] == missing


@pytest.mark.parametrize("step", list(STEPS))
def test_a_visit_that_has_everything_goes_on(step: Step) -> None:
    assert step_gaps(step, READY, today=date(2026, 12, 17)) == []


def test_steps_by_hand_wait_for_the_first_day_and_for_the_last() -> None:
    early = [gap.code for gap in step_gaps("begin", READY, today=date(2026, 12, 15))]
    not_over = [gap.code for gap in step_gaps("end", READY, today=DAY)]

    assert (early, not_over) == (["visit.too_early"], ["visit.not_over"])


def test_each_stage_has_its_next_step_and_its_way_back() -> None:
    assert [step_from(before) for before, _after in STEPS.values()] == list(STEPS)
    assert [stage_before(after) for _before, after in STEPS.values()] == [
        before for before, _after in STEPS.values()
    ]
    assert (step_from("accounted"), step_from("cancelled"), stage_before("idea")) == (
        None,
        None,
        "",
    )
    assert stage_before("cancelled", cancelled_at="agreed") == "agreed"


def test_days_bring_a_visit_on_and_keep_it_there() -> None:
    days = [date(2026, 12, day) for day in (15, 16, 17, 18)]

    assert [step_by_days("approved", READY, today=day) for day in days] == [
        None,
        "begin",
        "begin",
        "begin",
    ]
    assert [step_by_days("under_way", READY, today=day) for day in days] == [
        None,
        None,
        None,
        "end",
    ]
    assert [bool(back_gaps("under_way", READY, today=day)) for day in days] == [
        False,
        True,
        True,
        True,
    ]
    assert [bool(back_gaps("done", READY, today=day)) for day in days] == [
        False,
        False,
        False,
        True,
    ]


@given(ORDER, st.integers(0, 30), st.sampled_from([-1, 1]))
def test_moving_loses_nobody_and_keeps_towns_together(
    order: list[tuple[int, str]], who: int, step: int
) -> None:
    town_of = dict(order)
    for after in (moved(order, who, step), town_moved(order, "Б", step)):
        assert sorted(after) == sorted(town_of)
        towns = [town_of[one] for one in after]
        assert len(by_towns([(one, town_of[one]) for one in after])) == len(
            [at for at, town in enumerate(towns) if at == 0 or towns[at - 1] != town]
        )


def test_one_goes_up_within_their_town_and_a_town_among_towns() -> None:
    order = [(1, "А"), (2, "Б"), (3, "А"), (4, "Б"), (5, "В")]

    assert moved(order, 3, -1) == [3, 1, 2, 4, 5]
    assert moved(order, 1, -1) == [1, 3, 2, 4, 5]
    assert town_moved(order, "В", -1) == [1, 3, 5, 2, 4]
