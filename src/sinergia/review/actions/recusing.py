"""An expert gives an application back because they may not judge it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.people.models import Person
from sinergia.review.access import may_read
from sinergia.review.actions.rating import recount
from sinergia.review.models import Conflict, Examination, Sheet
from sinergia.review.queries.reading import rules_of


@transaction.atomic
def recuse(sheet: Sheet, why: str, *, actor: Person, now: datetime) -> None:
    """Give it back: nothing of it is seen any more, and what was signed counts no more."""
    examination = Examination.objects.select_for_update().get(pk=sheet.examination_id)
    held = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if held.stage == Sheet.Stage.RECUSED:
        return
    if not may_read(actor, held):
        raise PermissionDenied
    held.stage, held.ended_at, held.why = Sheet.Stage.RECUSED, now, why
    held.save(update_fields=["stage", "ended_at", "why"])
    Conflict.objects.update_or_create(
        expert=held.expert,
        submission=examination.submission,
        kind=Conflict.Kind.DECLARED,
        defaults={
            "source": Conflict.Source.EXPERT,
            "stage": Conflict.Stage.STANDS,
            "evidence": why,
            "raised_at": now,
            "raised_by": actor.key,
        },
    )
    recount(examination, rules_of(held), now=now)
    record("sheet.recused", about=held, actor=actor, at=now)
