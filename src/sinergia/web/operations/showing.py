"""How errands are shown: no arguments, for those may lead to people; words for everything else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import ErrandFilter, QueueFigures
from sinergia.base.errands.words import explain
from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count
from sinergia.web.operations.forms import STATE_NAMES
from sinergia.web.operations.words import ago, span

KINDS = {"waiting": "neutral", "running": "info", "given_up": "bad", "done": "ok"}


@dataclass(frozen=True)
class Row:
    """One errand as the page shows it."""

    key: UUID
    name: str
    state: str
    state_name: str
    kind: str  # of the badge
    promised_at: datetime
    attempts: int
    fault: str
    then: str  # when it is tried next, or when it ended
    may_run: bool
    may_give_up: bool


def row_of(errand: Errand, *, now: datetime) -> Row:
    """Put an errand into words."""
    state = state_of(errand, now=now)
    return Row(
        key=errand.key,
        name=explain(errand.name),
        state=state,
        state_name=str(STATE_NAMES[state]),
        kind=KINDS[state],
        promised_at=errand.promised_at,
        attempts=errand.attempts,
        fault=errand.last_error,
        then=_then(errand, state, now=now),
        may_run=state == "given_up" or (state == "waiting" and errand.run_after > now),
        may_give_up=state == "waiting",
    )


def state_of(errand: Errand, *, now: datetime) -> str:
    """One of `queries.STATES`; done, also where it was lately."""
    if errand.done_at is not None:
        return "done"
    if errand.given_up_at is not None:
        return "given_up"
    is_held = errand.leased_until is not None and errand.leased_until >= now
    return "running" if is_held else "waiting"


def tiles_of(queue: QueueFigures) -> list[Tile]:
    """The figures of the queue, each opening its rows."""
    shown = {
        "waiting": (queue.waiting, pgettext("errands", "wait")),
        "running": (queue.running, pgettext("errands", "under way")),
        "given_up": (queue.given_up, pgettext("errands", "given up")),
        "done_lately": (queue.done_lately, pgettext("errands", "done within a day")),
    }
    return [
        Tile(count(number), label, "?" + ErrandFilter(state).to_query())
        for state, (number, label) in shown.items()
    ]


def oldest_said(queue: QueueFigures, *, now: datetime) -> str:
    """Since when the oldest has been due; "" where nothing is."""
    if queue.oldest_at is None:
        return ""
    told = _("The oldest one has been due for %s.")
    return told % span(now - queue.oldest_at)


def _then(errand: Errand, state: str, *, now: datetime) -> str:
    if errand.done_at is not None:
        return ago(now - errand.done_at)
    if errand.given_up_at is not None:
        return ago(now - errand.given_up_at)
    if state == "running":
        return pgettext("errands", "now")
    if errand.run_after <= now:
        return pgettext("errands", "in a moment")
    return _("in %s") % span(errand.run_after - now)
