"""People who join a project: how its life is told to everybody, who needs a parent's word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sinergia.engine.refusal import Gap

Phase = Literal["announced", "under_way", "reporting", "closed", "ended"]
PHASES: tuple[Phase, ...] = ("announced", "under_way", "reporting", "closed")
OF_AGE = 18  # years
OLDEST = 120  # years; what is above was mistyped
KEPT_AFTER = timedelta(days=365)  # of a project's end: so long who joined is known by name
PROVES_WITHIN = timedelta(days=7)  # who has not confirmed the address till then is forgotten

_BY_STAGE: Mapping[str, Phase] = {
    "preparing": "announced",
    "closed": "closed",
    "ended": "ended",
}


@dataclass(frozen=True)
class Asking:
    """What somebody says of themselves that a rule looks at. age: in years.

    is_on_paper: they, and under 18 a parent, signed a paper; so nobody is written to.
    """

    age: int
    email: str
    parent_name: str = ""
    parent_email: str = ""
    agrees: bool = False
    is_on_paper: bool = False


def phase_of(stage: str, *, ends_on: date, today: date) -> Phase | None:
    """Where a project is in its life, as everybody is told; none where there is none to show.

    stage: of the grant. The last day itself is still under way.
    """
    if stage == "under_way":
        return "under_way" if today <= ends_on else "reporting"
    return _BY_STAGE.get(stage)


def takes_people(phase: Phase | None) -> bool:
    """Whether one may join: from the announcement till the last day."""
    return phase in ("announced", "under_way")


def needs_parent(age: int | None) -> bool:
    """Whether a parent must agree; of who was erased nobody asks."""
    return age is not None and age < OF_AGE


def joining_gaps(asking: Asking, *, least_age: int) -> list[Gap]:
    """Say everything against somebody's joining; an empty list means that they may."""
    unsaid = "joiner.no_paper" if asking.is_on_paper else "joiner.not_agreed"
    gaps = [] if asking.agrees else [Gap(unsaid, "agrees")]
    if not least_age <= asking.age <= OLDEST:
        code = "joiner.too_young" if asking.age < least_age else "joiner.too_old"
        gaps.append(Gap(code, "age", {"least": least_age}))
    elif needs_parent(asking.age):
        gaps += [] if asking.parent_name else [Gap("joiner.no_parent", "parent_name")]
        if asking.is_on_paper:
            return gaps
        if not asking.parent_email:
            gaps.append(Gap("joiner.no_parent_address", "parent_email"))
        elif asking.parent_email.casefold() == asking.email.casefold():
            gaps.append(Gap("joiner.parent_same", "parent_email"))
    return gaps


def kept_until(ends_on: date, closed_on: date | None) -> date:
    """The last day on which who joined is known by name."""
    return max(ends_on, closed_on or ends_on) + KEPT_AFTER
