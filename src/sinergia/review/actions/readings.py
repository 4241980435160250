"""Readings changed by hand: given, moved to another expert, taken off, locked where they are."""

from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE, OPEN
from sinergia.review.actions.accepting import tell_given
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.course import need_open, tell_of_sheet
from sinergia.review.actions.locking import run_locked
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.queries.assigning import AGAINST
from sinergia.review.queries.costs import affinity_of


@transaction.atomic
def give_reading(
    examination: Examination, expert: Expert, *, actor: Person, now: datetime
) -> Sheet:
    """Give an application to an expert and keep it there; given twice it is given once.

    Raises Refused where they do not read, may not read it, or have read it before; as all of these
    do, for an operator of the organisation that applies, and once the decision is made.
    """
    contest = _opened(examination, actor)
    made = _given(contest, examination, expert, is_further=False, now=now)
    record("reading.given", about=made, actor=actor, at=now)
    return made


@transaction.atomic
def move_reading(sheet: Sheet, expert: Expert, why: str, *, actor: Person, now: datetime) -> Sheet:
    """Give a reading that is not signed to another expert. Raises Refused as `give_reading`."""
    contest = _opened(sheet.examination, actor)
    old = _unsigned(sheet)
    if old.expert_id == expert.pk:
        return old
    made = _given(contest, sheet.examination, expert, is_further=old.is_further, now=now)
    _end(old, sheet.examination, why, now=now)
    record("reading.moved", about=old, actor=actor, at=now, codes={"to": expert.code})
    return made


@transaction.atomic
def take_off_reading(sheet: Sheet, why: str, *, actor: Person, now: datetime) -> None:
    """Take a reading that is not signed off; pressing twice is harmless."""
    _opened(sheet.examination, actor)
    held = Sheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if held is None or held.stage == Sheet.Stage.REPLACED:
        return
    _end(_unsigned(held), sheet.examination, why, now=now)
    record("reading.taken_off", about=held, actor=actor, at=now)


@transaction.atomic
def lock_reading(sheet: Sheet, *, is_locked: bool, actor: Person, now: datetime) -> None:
    """Have the assignment leave a reading where it is, or not; pressing twice is harmless."""
    _opened(sheet.examination, actor)
    held = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if held.is_locked != is_locked:
        held.is_locked = is_locked
        held.save(update_fields=["is_locked"])
        record("reading.locked", about=held, actor=actor, at=now, codes={"is": int(is_locked)})


def _opened(examination: Examination, actor: Person) -> Contest:
    """The contest of an application under its lock, while readings in it may be changed."""
    contest = run_locked(examination.contest, actor)
    need_open(contest)
    need_apart(actor, examination.submission)
    return contest


def _given(
    contest: Contest, examination: Examination, expert: Expert, *, is_further: bool, now: datetime
) -> Sheet:
    reader = Expert.objects.select_for_update(of=("self",)).select_related("person")
    held = reader.get(pk=expert.pk)
    there = Sheet.objects.filter(examination=examination, expert=held).first()
    if there is not None and there.stage in IN_FORCE:
        return there
    against = Conflict.objects.filter(
        expert=held, submission=examination.submission_id, stage__in=AGAINST
    )
    gaps = []
    if held.stage != Expert.Stage.ACCEPTED or held.contest_id != contest.pk:
        gaps.append(Gap("reading.no_expert"))
    if against.exists():
        gaps.append(Gap("reading.conflict"))
    if there is not None:
        gaps.append(Gap("reading.was_there"))
    if gaps:
        raise Refused(gaps)
    made = Sheet.objects.create(
        examination=examination,
        expert=held,
        affinity=affinity_of(examination, held),
        is_further=is_further,
        is_locked=True,
        given_at=now,
    )
    tell_given(held, contest, 1, now=now)
    return made


def _unsigned(sheet: Sheet) -> Sheet:
    held = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if held.stage not in OPEN:
        raise Refused([Gap("reading.signed")])
    return held


def _end(sheet: Sheet, examination: Examination, why: str, *, now: datetime) -> None:
    """End a reading and tell whoever had it; of what they never opened nothing is left."""
    tell_of_sheet(sheet.expert, "review.let_go", examination, sheet, now=now)
    if sheet.stage == Sheet.Stage.GIVEN and sheet.opened_at is None:
        Sheet.objects.filter(pk=sheet.pk).delete()
        return
    sheet.stage, sheet.ended_at, sheet.why = Sheet.Stage.REPLACED, now, clean(why).strip()
    sheet.save(update_fields=["stage", "ended_at", "why"])
