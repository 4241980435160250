"""«We are late»: said in one press on the day, told to everybody whom it still concerns."""

from datetime import datetime

from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.access import may_hold
from sinergia.exchange.actions.sessions import keep_step, locked, save_session
from sinergia.exchange.models import ProgrammeStep, Visit
from sinergia.exchange.queries.delays import late_step, late_steps, said_late, still_to_come
from sinergia.people.models import Person

MOST_LATE = 240  # minutes; whoever is later changes the programme


@transaction.atomic
def say_late(visit: Visit, minutes: int, *, actor: Person, now: datetime) -> ProgrammeStep:
    """Say by how many minutes the delegation is late: every later session of today shows it.

    It is the delay as it is now, not added to the one before. Pressed twice it is told once.
    """
    visit = locked(visit, actor, may=may_hold)
    if not 0 < minutes <= MOST_LATE:
        raise Refused([Gap("programme.minutes", "minutes", {"most": MOST_LATE})])
    sessions = list(still_to_come(visit, minutes, now=now))
    if not sessions:
        raise Refused([Gap("programme.no_later")])
    last = late_step(visit, now=now)
    if last is not None and all(one.late_minutes == minutes for one in sessions):
        return last
    step = keep_step(visit, ProgrammeStep.Kind.LATE, sessions, actor=actor, now=now)
    for session in sessions:
        session.late_minutes = minutes
        save_session(session, ["late_minutes"], actor=actor)
    codes: dict[str, str | int] = {"minutes": minutes}
    record("visit.late_said", about=visit, actor=actor, at=now, codes=codes)
    promise("exchange.tell_late", now=now, is_urgent=True, key=step.key)
    return step


@transaction.atomic
def take_back_late(step: ProgrammeStep, *, actor: Person, now: datetime) -> ProgrammeStep:
    """Say that it is not so after all; whoever was told is told that, too. Twice is harmless.

    One is in time then, however often one said to be late that day and whatever changed since.
    """
    visit = locked(step.visit, actor, may=may_hold)
    step = ProgrammeStep.objects.select_for_update().get(pk=step.pk)
    if step.undone_at is not None:
        return step
    for session in said_late(visit, since=step):
        session.late_minutes = 0
        save_session(session, ["late_minutes"], actor=actor)
    late_steps(visit, now=step.at).update(undone_at=now)
    step.undone_at = now
    record("visit.step_undone", about=visit, actor=actor, at=now, codes={"kind": step.kind})
    promise("exchange.tell_late", now=now, is_urgent=True, key=step.key, undone="yes")
    return step
