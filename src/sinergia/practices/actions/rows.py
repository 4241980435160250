"""Rows of a practice are put in another order; a move is undone by the opposite one."""

from datetime import datetime

from django.db import transaction

from sinergia.base.drafts.actions import Way, saves_that_move
from sinergia.engine.practice import PRACTICE
from sinergia.people.models import Person
from sinergia.practices.actions.saving import locked, save_fields
from sinergia.practices.models import Practice


@transaction.atomic
def move_row(
    practice: Practice, field: str, row: str, way: Way, *, actor: Person, now: datetime
) -> list[str]:
    """Put a row one place up or down; give the order in which the rows stand then."""
    practice = locked(practice, actor)
    rows, saves = saves_that_move(practice.texts, PRACTICE, field, row, way)
    if saves:
        save_fields(practice, saves, actor=actor, now=now)
    return rows
