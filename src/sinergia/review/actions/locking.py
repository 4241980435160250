"""A contest under its lock, for those who may change what is decided in it."""

from django.core.exceptions import PermissionDenied

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.access import may_keep_minutes, may_run


def run_locked(contest: Contest, actor: Person) -> Contest:
    """A contest under its lock, for whoever runs its review; others are refused."""
    held = locked_contest(contest)
    if not may_run(actor, held):
        raise PermissionDenied
    return held


def minutes_locked(contest: Contest, actor: Person) -> Contest:
    """A contest under its lock, for whoever keeps its minutes; others are refused."""
    held = locked_contest(contest)
    if not may_keep_minutes(actor, held):
        raise PermissionDenied
    return held


def locked_contest(contest: Contest) -> Contest:
    """A contest under its lock, for what is done by itself; its caller asks who may."""
    rows = Contest.objects.select_for_update(of=("self",)).select_related("call", "centre")
    return rows.get(pk=contest.pk)
