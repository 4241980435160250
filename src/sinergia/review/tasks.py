"""What the worker runs for review."""

from uuid import UUID

from django.utils import timezone

from sinergia.applications.queries.applying import contest_by
from sinergia.base.errands.actions import promise
from sinergia.base.errands.marks import in_one_transaction
from sinergia.people.queries import account_by
from sinergia.review.actions import accepting, assigning, comparing
from sinergia.review.queries.proposals import assignment_by


def find_conflicts(key: str, actor: str) -> None:
    """Compare the experts of a contest with its applications."""
    contest, person = contest_by(key), account_by(UUID(actor))
    if contest is not None and person is not None:
        comparing.find_conflicts(contest, actor=person, now=timezone.now())


def make_assignment(key: str) -> None:
    """Propose who is to read what."""
    assignment = assignment_by(key)
    if assignment is not None:
        assigning.make_assignment(assignment, now=timezone.now())


def give_readings(key: str, actor: str) -> None:
    """Give the readings of an accepted assignment."""
    assignment, person = assignment_by(key), account_by(UUID(actor))
    if assignment is not None and person is not None:
        accepting.give_readings(assignment, actor=person, now=timezone.now())


@in_one_transaction
def tell_experts(key: str, past: str = "0") -> None:
    """Tell the next experts of an accepted assignment what they got."""
    assignment, now = assignment_by(key), timezone.now()
    if assignment is None:
        return
    last = accepting.tell_some(assignment, past=int(past), now=now)
    if last:
        promise("review.tell_experts", now=now, key=key, past=last)
