"""What an administrator does to errands by hand."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.errands import mending
from sinergia.base.errands.models import Errand
from sinergia.people.access import may_administer
from sinergia.people.models import Person


@transaction.atomic
def run_errand_again(key: UUID, *, actor: Person, now: datetime) -> Errand:
    """Have one errand run at once. Raises Refused where it runs, is done, or is promised again."""
    _allow(actor)
    return mending.run_again(key, actor=actor, now=now)


@transaction.atomic
def run_errands_again(name: str, *, actor: Person, now: datetime) -> int:
    """Have every errand of a name that was given up run at once; give how many."""
    _allow(actor)
    return mending.run_all_again(name, actor=actor, now=now)


@transaction.atomic
def give_errand_up(key: UUID, *, actor: Person, now: datetime) -> Errand:
    """Have an errand that waits not be tried any more. Raises Refused where it runs or is done."""
    _allow(actor)
    return mending.give_up(key, actor=actor, now=now)


def _allow(actor: Person) -> None:
    if not may_administer(actor):
        raise PermissionDenied
