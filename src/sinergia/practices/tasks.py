"""What the worker runs for practices."""

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.practices.actions import history
from sinergia.practices.queries.practices import practice_by


@in_one_transaction
def keep_quiet(key: str) -> None:
    """Keep a picture of a practice that nobody has written in for a while."""
    practice = practice_by(key)
    if practice is not None:
        history.keep_quiet(practice, now=timezone.now())
