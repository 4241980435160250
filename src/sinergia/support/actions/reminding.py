"""Consultants are reminded of next steps whose day has come."""

from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.people.actions import command_person
from sinergia.support.models import NextStep


@transaction.atomic
def remind_of_step(step: NextStep, *, now: datetime) -> bool:
    """Note that a consultant is reminded now; whether it was not done before."""
    row = NextStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if row.reminded_at is not None or row.done_at is not None:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    about = row.consultation
    record("consultation.step_reminded", about=about, actor=command_person(now), at=now)
    return True
