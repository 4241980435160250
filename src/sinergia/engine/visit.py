"""The life of a visit: which step follows on which, and what each asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sinergia.engine.refusal import Gap

Step: TypeAlias = Literal["agree", "approve", "begin", "end", "account"]

STEPS: Mapping[Step, tuple[str, str]] = {  # from which stage to which
    "agree": ("idea", "agreed"),
    "approve": ("agreed", "approved"),
    "begin": ("approved", "under_way"),
    "end": ("under_way", "done"),
    "account": ("done", "accounted"),
}
CANCELLED = "cancelled"
MAY_BE_CANCELLED = ("idea", "agreed", "approved")


@dataclass(frozen=True)
class Facts:
    """What a visit has already. hosts, senders: organisers of either side."""

    basis: str = ""
    aims: str = ""
    payers: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    hosts: int = 0
    senders: int = 0
    delegates: int = 0  # who travel
    reports: int = 0  # versions of its account


def step_from(stage: str) -> Step | None:
    """The step that comes next; none at the end of the way."""
    return next((step for step, (before, _after) in STEPS.items() if before == stage), None)


def stage_before(stage: str, *, cancelled_at: str = "") -> str:
    """To which stage one step back leads; "" where there is none."""
    if stage == CANCELLED:
        return cancelled_at
    return next((before for before, after in STEPS.values() if after == stage), "")


def step_gaps(step: Step, facts: Facts, *, today: date) -> Sequence[Gap]:
    """What has to be there before a step; today: where the visit goes to."""
    found = {
        "visit.no_aims": step == "agree" and not facts.aims.strip(),
        "visit.no_days": step == "approve" and not (facts.starts_on and facts.ends_on),
        "visit.no_basis": step == "approve" and not facts.basis.strip(),
        "visit.no_host": step == "approve" and not facts.hosts,
        "visit.no_sender": step == "approve" and not facts.senders,
        "visit.no_payers": step == "approve" and not facts.payers.strip(),
        "visit.no_delegates": step in ("begin", "account") and not facts.delegates,
        "visit.no_report": step == "account" and not facts.reports,
        "visit.too_early": step == "begin" and _is_before(today, facts.starts_on),
        "visit.not_over": step == "end" and _is_before(today, facts.ends_on),
    }
    return [Gap(code) for code, is_missing in found.items() if is_missing]


def back_gaps(stage: str, facts: Facts, *, today: date) -> Sequence[Gap]:
    """What speaks against a step back: days that have come would bring the visit on again."""
    if stage == "under_way" and not _is_before(today, facts.starts_on):
        return [Gap("visit.has_begun")]
    if stage == "done" and facts.ends_on is not None and facts.ends_on < today:
        return [Gap("visit.is_over")]
    return []


def step_by_days(stage: str, facts: Facts, *, today: date) -> Step | None:
    """The step that the days themselves bring; a visit is done on the day after its last."""
    if stage == "approved" and facts.starts_on is not None and facts.starts_on <= today:
        return "begin"
    if stage == "under_way" and facts.ends_on is not None and facts.ends_on < today:
        return "end"
    return None


def _is_before(today: date, day: date | None) -> bool:
    return day is not None and today < day
