"""The life of a contest: dates that go backwards, what each step asks for, the very moments."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sinergia.engine.contest import Plan, confirm_by, plan_gaps, step_from, step_gaps

OPENS = datetime(2027, 1, 10, 6, 0, tzinfo=UTC)
CLOSES = datetime(2027, 2, 10, 15, 0, tzinfo=UTC)
LAST = CLOSES.date()
PLAN = Plan(OPENS, CLOSES, date(2027, 3, 1), date(2027, 4, 1), date(2027, 12, 1))
DAY = timedelta(days=1)


def gaps(**changed: object) -> list[str]:
    plan = replace(PLAN, **changed)  # type: ignore[arg-type]  # each by its own name
    return [gap.code for gap in plan_gaps(plan, closes_on=LAST)]


def missing(step: str, now: datetime, **changed: object) -> list[str]:
    about = str(changed.pop("about", "Для проектов"))
    has_rules = bool(changed.pop("has_rules", True))
    plan = replace(PLAN, **changed)  # type: ignore[arg-type]  # the same
    found = step_gaps(step, plan, about=about, has_rules=has_rules, now=now)  # type: ignore[arg-type]  # a step
    return [gap.code for gap in found]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"closes_at": OPENS}, ["contest.closes_early"]),
        ({"closes_at": OPENS + timedelta(seconds=1)}, []),
        ({"results_on": LAST}, []),
        ({"results_on": LAST - DAY}, ["contest.results_early"]),
        ({"project_from": LAST}, []),
        ({"project_from": LAST - DAY}, ["contest.projects_early"]),
        ({"project_to": date(2027, 4, 1)}, []),
        ({"project_to": date(2027, 3, 31)}, ["contest.projects_backwards"]),
        ({"results_on": None, "project_from": None, "project_to": None}, []),
        ({"project_from": None, "project_to": date(2020, 1, 1)}, []),
    ],
)
def test_dates_that_go_backwards_are_told_each_by_its_field(
    changed: dict[str, object], codes: list[str]
) -> None:
    assert gaps(**changed) == codes


def test_a_day_is_compared_only_where_the_end_is_known() -> None:
    plan = replace(PLAN, closes_at=None, results_on=date(2020, 1, 1), project_from=date(2020, 1, 1))

    assert [gap.code for gap in plan_gaps(plan, closes_on=None)] == []


@pytest.mark.parametrize(
    ("step", "now", "changed", "codes"),
    [
        ("announce", OPENS, {}, []),
        ("announce", OPENS, {"about": " "}, ["contest.no_about"]),
        ("open", OPENS, {"about": " "}, []),
        ("open", OPENS, {"has_rules": False}, ["contest.no_rules"]),
        ("open", OPENS, {"opens_at": None}, ["contest.no_opening"]),
        ("open", OPENS, {"closes_at": None}, ["contest.no_end"]),
        ("open", CLOSES, {}, ["contest.end_passed"]),
        ("open", CLOSES - timedelta(seconds=1), {}, []),
        ("close", CLOSES, {}, ["contest.still_open"]),
        ("close", CLOSES + timedelta(seconds=1), {}, []),
        ("close", OPENS, {"closes_at": None, "has_rules": False}, []),
    ],
)
def test_a_step_asks_for_what_it_needs_to_the_moment(
    step: str, now: datetime, changed: dict[str, object], codes: list[str]
) -> None:
    assert missing(step, now, **changed) == codes


def test_steps_follow_on_one_another() -> None:
    stages = ("set_up", "announced", "open", "closed")

    assert [step_from(stage) for stage in stages] == ["announce", "open", "close", None]


def test_what_confirms_comes_by_the_end_of_the_intake_or_so_many_whole_days_later() -> None:
    zone = ZoneInfo("Asia/Vladivostok")  # there it is the next day already

    told = [confirm_by(CLOSES, days, zone) for days in (0, 1, 20)]

    days = [one.astimezone(zone) for one in told]
    assert told[0] == CLOSES
    assert [(one.date(), one.time()) for one in days[1:]] == [
        (date(2027, 2, 12), time.max),
        (date(2027, 3, 3), time.max),
    ]
