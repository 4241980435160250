"""The life of a training: which step follows on which stage, and what hinders it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sinergia.engine.refusal import Gap

Step: TypeAlias = Literal["open", "close", "reopen", "hold", "take_back"]

STEPS: Mapping[Step, tuple[Collection[str], str]] = {  # from which stages to which
    "open": (("draft",), "open"),
    "close": (("open",), "closed"),
    "reopen": (("closed",), "open"),
    "hold": (("open", "closed"), "held"),
    "take_back": (("held",), "closed"),
}
MAY_BE_CANCELLED = ("draft", "open", "closed")


@dataclass(frozen=True)
class Facts:
    """What a training is and has by now."""

    stage: str
    starts_at: datetime
    certificates: int = 0


def steps_from(stage: str) -> list[Step]:
    """The steps that may be taken from a stage, the usual one first."""
    return [step for step, (before, _after) in STEPS.items() if stage in before]


def step_gaps(step: Step, facts: Facts, *, now: datetime) -> Sequence[Gap]:
    """What hinders a step. now: aware; at its beginning itself a training has begun."""
    has_begun = now >= facts.starts_at
    found = {
        "training.other_stage": facts.stage not in STEPS[step][0],
        "training.over": step in ("open", "reopen") and has_begun,
        "training.not_begun": step == "hold" and not has_begun,
        "training.has_certificates": step == "take_back" and bool(facts.certificates),
    }
    return [Gap(code) for code, is_so in found.items() if is_so]


def is_taking(stage: str, starts_at: datetime, *, now: datetime) -> bool:
    """Whether one may enrol by oneself."""
    return stage == "open" and now < starts_at
