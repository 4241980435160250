"""The announced moment of a step has come: whoever may take it is told, and nobody else can."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.calls.models import Contest
from sinergia.notices.actions import tell
from sinergia.organisations.models import CentreStaff
from sinergia.organisations.queries.teams import staff_rows

AFTER = timedelta(seconds=1)  # the last moment of an intake is in time
Stage = Contest.Stage


def promise_moment(contest: Contest, *, now: datetime) -> None:
    """Have the heads of the centre told when the next step is due; part of an action."""
    at = _due(contest)
    if at is not None and not contest.is_training:
        after, stage = max(at - now, timedelta(0)), str(contest.stage)
        promise("calls.step_due", now=now, after=after, key=contest.call.key, stage=stage)


@transaction.atomic
def tell_due(contest: Contest, stage: str, *, now: datetime) -> None:
    """Tell the heads of the centre that a step is due; where its moment moved, wait for that.

    stage: in which it was when it was promised; of a step that was taken since nothing is told.
    """
    rows = Contest.objects.select_for_update(of=("self",)).select_related("call", "centre")
    contest = rows.get(pk=contest.pk)
    at = _due(contest)
    if at is None or stage not in ("", contest.stage):
        return
    if now < at:
        promise_moment(contest, now=now)
        return
    is_opening = contest.stage == Stage.ANNOUNCED
    code = "calls.opening_waits" if is_opening else "calls.ending_waits"
    key, step = contest.call.key, "open" if is_opening else "close"
    for row in staff_rows(contest.centre).filter(role=CentreStaff.Role.HEAD):
        tell(
            row.person,
            code,
            now=now,
            about=contest.call,
            url=reverse("calls:step", args=[key, step]),
            urgent=is_opening,
            contest=contest.call.name,
        )


def _due(contest: Contest) -> datetime | None:
    """When its next step is due; none where there is none, or no moment."""
    if contest.stage == Stage.ANNOUNCED:
        return contest.opens_at
    if contest.stage == Stage.OPEN and contest.closes_at is not None:
        return contest.closes_at + AFTER
    return None
