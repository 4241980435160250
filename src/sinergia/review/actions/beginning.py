"""Review begins: every admitted application gets its code and the number of its experts."""

from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.actions.results import note_judging
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_in_force
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.review.actions.course import need_open
from sinergia.review.actions.locking import run_locked
from sinergia.review.models import Examination
from sinergia.review.queries.examinations import awaiting_review

STEP = 200  # applications in one transaction: nobody's save waits longer than for these


def begin_review(contest: Contest, *, actor: Person, now: datetime) -> int:
    """Put every admitted application under review; give how many are new. Twice is harmless.

    Raises Refused where the intake has not ended, and for a new one once the decision is made.
    """
    made = 0
    while step := _begin_some(contest, actor=actor, now=now):
        made += step
    return made


@transaction.atomic
def _begin_some(contest: Contest, *, actor: Person, now: datetime) -> int:
    held = run_locked(contest, actor)
    if held.stage != Contest.Stage.CLOSED:
        raise Refused([Gap("review.intake_open")])
    some = list(awaiting_review(held).select_related("frozen")[:STEP])
    if not some:
        return 0
    need_open(held)
    rules = rules_in_force(held)
    last = Examination.objects.filter(contest=held).count()
    note_judging(held, now=now)
    Examination.objects.bulk_create(
        Examination(
            contest=held,
            submission=one,
            code=f"A-{last + at:03d}",
            category=one.frozen.category,
            due=rules.review.experts,
        )
        for at, one in enumerate(some, start=1)
    )
    codes: dict[str, str | int] = {"number": len(some)}
    record("review.begun", about=held.call, actor=actor, at=now, codes=codes)
    return len(some)
