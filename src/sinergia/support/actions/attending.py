"""Who was at a training: ticked by the centre, or by each with the code at the door."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import constant_time_compare

from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.support.actions.trainings import locked
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries.enrolments import has_come, is_day_of

Stage = Training.Stage
MAY_BE_TICKED = (Stage.OPEN, Stage.CLOSED, Stage.HELD)


@transaction.atomic
def tick_present(
    training: Training,
    present: Collection[Enrolment],
    *,
    shown: Collection[Enrolment],
    actor: Person,
    now: datetime,
) -> None:
    """Note who was there. shown: whom the list showed as there when it was opened.

    Only what was changed in the list is written, so two who tick at once lose nothing. Who waited
    and came all the same has a place by that; who is unticked loses their certificate.
    Raises Refused before the day and of what is not held.
    """
    training = locked(training, actor)
    if any(one.training_id != training.pk for one in [*present, *shown]):
        raise PermissionDenied
    if training.stage not in MAY_BE_TICKED or not has_come(training, now=now):
        raise Refused([Gap("training.not_begun")])
    came, were = {one.pk for one in present}, {one.pk for one in shown}
    changed = Enrolment.objects.filter(training=training, pk__in=came ^ were).order_by("pk")
    for row in changed:
        if row.pk in came:
            _note_there(row, actor=actor, now=now)
        else:
            _note_absent(row, actor=actor, now=now)


@transaction.atomic
def tick_own(enrolment: Enrolment, code: str, *, actor: Person | None, now: datetime) -> Enrolment:
    """Note that somebody is there who read the code at the door. Twice is harmless.

    The door has looked whether the row is theirs. Raises Refused on another day, by another code,
    and for whoever left.
    """
    training = locked(enrolment.training)
    row = Enrolment.objects.get(pk=enrolment.pk)
    is_right = constant_time_compare(code, training.check_code)
    is_held = training.stage in MAY_BE_TICKED and is_day_of(training, now=now)
    if not (is_right and is_held) or row.stage == Enrolment.Stage.LEFT:
        raise Refused([Gap("enrolment.not_here")])
    _note_there(row, actor=actor or row, now=now)
    return row


def _note_there(row: Enrolment, *, actor: Keyed, now: datetime) -> None:
    if row.attended_at is None:
        row.stage, row.attended_at = Enrolment.Stage.ENROLLED, now
        row.save(update_fields=["stage", "attended_at"])
        record("enrolment.attended", about=row, actor=actor, at=now)


def _note_absent(row: Enrolment, *, actor: Keyed, now: datetime) -> None:
    if row.attended_at is not None:
        row.attended_at, row.certificate = None, ""
        row.save(update_fields=["attended_at", "certificate"])
        record("enrolment.unattended", about=row, actor=actor, at=now)
