"""The life of a contest: which step follows on which, and what each asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal, TypeAlias

from sinergia.engine.granting.periods import after_workdays
from sinergia.engine.refusal import Gap

Step: TypeAlias = Literal["announce", "open", "close"]

STEPS: Mapping[Step, tuple[str, str]] = {  # from which stage to which
    "announce": ("set_up", "announced"),
    "open": ("announced", "open"),
    "close": ("open", "closed"),
}


@dataclass(frozen=True)
class Plan:
    """When a contest takes place. Moments are aware; days are of the contest's zone."""

    opens_at: datetime | None
    closes_at: datetime | None
    results_on: date | None = None
    project_from: date | None = None
    project_to: date | None = None


def step_from(stage: str) -> Step | None:
    """The step that comes next; none where the intake has ended."""
    return next((step for step, (before, _after) in STEPS.items() if before == stage), None)


def confirm_by(closes_at: datetime, within_days: int, zone: tzinfo) -> datetime:
    """The last moment in which what confirms a submission is in time.

    within_days: calendar days after the intake ends, the last one whole; 0: by its end.
    """
    if not within_days:
        return closes_at
    last = closes_at.astimezone(zone).date() + timedelta(days=within_days)
    return datetime.combine(last, time.max, tzinfo=zone)


def correct_by(told_at: datetime, workdays: int, zone: tzinfo) -> datetime:
    """The last moment of a correction: that many working days after it was told, the last whole."""
    last = after_workdays(told_at.astimezone(zone).date(), workdays)
    return datetime.combine(last, time.max, tzinfo=zone)


def plan_gaps(plan: Plan, *, closes_on: date | None) -> Iterator[Gap]:
    """Dates that go backwards. closes_on: the day of the end in the contest's zone."""
    if plan.opens_at and plan.closes_at and plan.closes_at <= plan.opens_at:
        yield Gap("contest.closes_early", "closes_at")
    if plan.results_on and closes_on and plan.results_on < closes_on:
        yield Gap("contest.results_early", "results_on")
    if plan.project_from and closes_on and plan.project_from < closes_on:
        yield Gap("contest.projects_early", "project_from")
    if plan.project_from and plan.project_to and plan.project_to < plan.project_from:
        yield Gap("contest.projects_backwards", "project_to")


def step_gaps(
    step: Step, plan: Plan, *, about: str, has_rules: bool, now: datetime
) -> Sequence[Gap]:
    """What has to be there before a step; an empty list where it may be taken."""
    gaps = []
    if step == "announce":
        gaps += [Gap("contest.no_about", "about")] if not about.strip() else []
    if step in ("announce", "open"):
        gaps += [Gap("contest.no_rules", "rules")] if not has_rules else []
        gaps += [Gap("contest.no_opening", "opens_at")] if plan.opens_at is None else []
        gaps += [Gap("contest.no_end", "closes_at")] if plan.closes_at is None else []
        if plan.closes_at is not None and plan.closes_at <= now:
            gaps.append(Gap("contest.end_passed", "closes_at"))
    if step == "close" and plan.closes_at is not None and now <= plan.closes_at:
        gaps.append(Gap("contest.still_open", "closes_at"))
    return gaps
