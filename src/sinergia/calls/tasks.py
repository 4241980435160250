"""What the worker runs for contests."""

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.calls.actions.moments import tell_due
from sinergia.calls.queries.contests import contest_by


@in_one_transaction
def step_due(key: str, stage: str = "") -> None:
    """Tell the heads of a centre that a contest is to be opened, or its intake to be ended."""
    contest = contest_by(key)
    if contest is not None:  # it may be gone
        tell_due(contest, stage, now=timezone.now())
