"""Steps of a visit, its directions and its filters in words for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sinergia.base.ui.templatetags.figures import day
from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.engine.refusal import Gap
from sinergia.engine.visit import Step
from sinergia.exchange.models import Visit
from sinergia.exchange.words import explain

Stage = Visit.Stage
WAY = (Stage.IDEA, Stage.AGREED, Stage.APPROVED, Stage.UNDER_WAY, Stage.DONE, Stage.ACCOUNTED)


OPENED = gettext_lazy(
    "If the visit is shown to everybody, everybody reads now what was taken home from it, ideas "
    "too, and how far each is."
)


@dataclass(frozen=True)
class StepSaid:
    """A step: its title, its button, what follows from it."""

    title: str
    button: str
    follows: Sequence[str | Promise]


@dataclass(frozen=True)
class Mark:
    """A stage on the way of a visit. state: passed, here or ahead."""

    label: str
    state: str


def step_said(step: Step) -> StepSaid:
    """A step in words."""
    told: dict[Step, StepSaid] = {
        "agree": StepSaid(
            _("Agree on the visit"),
            _("Note that it is agreed"),
            [
                _("The centre of the other region is told and reads the visit from now on."),
                _("Everything can still be changed."),
            ],
        ),
        "approve": StepSaid(
            _("Approve the visit"),
            pgettext("visit", "Approve"),
            [
                _("Delegates and the other centre are told the days."),
                _("The visit may be shown to everybody."),
                _("On its first day it is under way by itself, after the last it is done."),
            ],
        ),
        "begin": StepSaid(
            _("Note that the visit is under way"),
            pgettext("visit", "It is under way"),
            [_("Attendance and notes of sessions are taken from now on.")],
        ),
        "end": StepSaid(
            _("Note that the visit is over"),
            pgettext("visit", "It is over"),
            [_("Wishes and travel cannot be changed any more; the account of it can be written.")],
        ),
        "account": StepSaid(
            _("Note that the visit is accounted for"),
            pgettext("visit", "It is accounted for"),
            [_("The delegation is closed: nobody is added or let off any more."), OPENED],
        ),
    }
    return told[step]


def missing_said(gaps: Sequence[Gap]) -> list[str]:
    """What has to be there before a step, a sentence each."""
    return [explain(gap) for gap in gaps]


def way_said(visit: Visit) -> list[Mark]:
    """The stages of a visit and how far it has come; of a cancelled one, where it stopped."""
    at = visit.course.stage_before if visit.stage == Stage.CANCELLED else visit.stage
    here = [str(stage) for stage in WAY].index(at)
    states = ["passed"] * here + ["here"] + ["ahead"] * (len(WAY) - here - 1)
    return [Mark(str(stage.label), state) for stage, state in zip(WAY, states, strict=True)]


def back_said(visit: Visit) -> str:
    """What the way back is called."""
    if visit.stage == Stage.CANCELLED:
        return _("Take the cancelling back")
    return _("One step back")


def invited_to(visit: Visit) -> str:
    """To what a delegate is invited: the visit and its days."""
    told = _("the visit “%(name)s”") % {"name": inner_quotes(visit.name)}
    return f"{told}, {days_said(visit)}" if visit.starts_on else told


def days_said(visit: Visit) -> str:
    """16-17 October: the days of a visit, in one place."""
    starts, ends = visit.starts_on, visit.ends_on
    if starts is None:
        return ""
    if ends is None or ends == starts:
        return day(starts)
    return f"{day(starts)} — {day(ends)}"


def days_short(starts: date, ends: date) -> str:
    """16–17 October 2025: a month that is the same is said once."""
    if starts == ends:
        return day(starts)
    is_one_month = (starts.year, starts.month) == (ends.year, ends.month)
    return f"{starts.day}–{day(ends)}" if is_one_month else f"{day(starts)} – {day(ends)}"
