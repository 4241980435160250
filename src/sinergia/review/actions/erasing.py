"""Forgetting an expert: their rows are emptied, the scores stay under the code."""

from datetime import datetime

from django.db import transaction

from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase
from sinergia.review.access import OPEN
from sinergia.review.actions.answering import tell_operators
from sinergia.review.models import Conflict, Exclusion, Expert, Sheet, SheetText
from sinergia.review.queries.held import experts_that_are, objections_to, ties_of

Stage = Expert.Stage
EMPTIED = "—"  # where a reason has to stand
TEXTS = ("name", "email", "post", "work", "topics", "reason")


@transaction.atomic
def erase_experts(person: Person, *, now: datetime) -> int:
    """Empty what is held about `person` as an expert; give how many rows were touched.

    Whoever has not answered is invited no more; what was not signed is handed back with nothing
    of its draft, and the centre is told. What was signed stays under the code, as does what was
    ruled of it. Call it before the account's address is emptied.
    """
    found = list(experts_that_are(person, addresses_to_erase(person)))
    ties = ties_of(found).update(evidence="")
    ties_of(found).filter(stage=Conflict.Stage.CLEARED).update(why=EMPTIED)
    Exclusion.objects.filter(expert__in=found).update(why=EMPTIED)
    objections_to(found).update(whom=EMPTIED, reason=EMPTIED)
    sheets = Sheet.objects.filter(expert__in=found)
    SheetText.objects.filter(sheet__in=sheets.filter(stage__in=OPEN, signed_at=None)).delete()
    sheets.update(why="")
    sheets.filter(stage__in=OPEN).update(stage=Sheet.Stage.RECUSED, ended_at=now)
    for row in found:
        if row.stage == Stage.ACCEPTED:
            row.stage, row.answered_at = Stage.LEFT, now
            tell_operators(row, "review.expert_left", now=now)
        elif row.stage == Stage.INVITED:
            row.stage, row.answered_at = Stage.DECLINED, now
        for name in TEXTS:
            setattr(row, name, "")
        row.organisation = None
        row.save()
    return len(found) + ties
