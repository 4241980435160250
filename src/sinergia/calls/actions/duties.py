"""Duties in a contest: given and ended by the head of its centre."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.access import may_step
from sinergia.calls.models import Contest, Duty
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.access import works_at
from sinergia.people.models import Person


@transaction.atomic
def give_duty(contest: Contest, person: Person, kind: str, *, actor: Person, now: datetime) -> Duty:
    """Give somebody of the centre a duty; given twice it is one.

    Raises Refused where they do not work at the centre.
    """
    contest = _locked(contest, actor)
    there = Duty.objects.filter(contest=contest, person=person, kind=kind, until=None).first()
    if there is not None:
        return there
    if not works_at(person, contest.centre):
        raise Refused([Gap("duty.not_staff", "person")])
    made = Duty.objects.create(contest=contest, person=person, kind=kind, since=now)
    codes: dict[str, str | int] = {"duty": kind, "person": str(person.key)}
    record("contest.duty_given", about=contest.call, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def end_duty(duty: Duty, *, actor: Person, now: datetime) -> None:
    """End a duty; what was decided stays decided. Pressing twice is harmless."""
    contest = _locked(duty.contest, actor)
    if Duty.objects.filter(pk=duty.pk, until=None).update(until=now):
        codes: dict[str, str | int] = {"duty": duty.kind, "person": str(duty.person.key)}
        record("contest.duty_ended", about=contest.call, actor=actor, at=now, codes=codes)


def _locked(contest: Contest, actor: Person) -> Contest:
    rows = Contest.objects.select_for_update(of=("self",)).select_related("call", "centre")
    locked = rows.get(pk=contest.pk)
    if not may_step(actor, locked.centre):
        raise PermissionDenied
    return locked
