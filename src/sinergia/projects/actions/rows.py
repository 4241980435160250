"""Rows of a project are put in another order; a move is undone by the opposite one."""

from datetime import datetime

from django.db import transaction

from sinergia.base.drafts.actions import Way, saves_that_move
from sinergia.engine.project import PROJECT
from sinergia.people.models import Person
from sinergia.projects.actions.saving import locked, save_fields
from sinergia.projects.models import Project


@transaction.atomic
def move_row(
    project: Project, field: str, row: str, way: Way, *, actor: Person, now: datetime
) -> list[str]:
    """Put a row one place up or down; give the order in which the rows stand then."""
    project = locked(project, actor)
    rows, saves = saves_that_move(project.fields, PROJECT, field, row, way)
    if saves:
        save_fields(project, saves, actor=actor, now=now)
    return rows
