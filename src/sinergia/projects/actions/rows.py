"""Rows of a project are put in another order.

The place of a row is a text of its own at `FIELD/ROW/order`: whoever types in the row meanwhile is
in nobody's way. A move is undone by the opposite one; like any text it is kept in the history.
"""

from datetime import datetime
from typing import Literal, TypeAlias

from django.db import transaction

from sinergia.engine.project import Path, parse_path
from sinergia.engine.project.paths import ORDER
from sinergia.people.models import Person
from sinergia.projects.actions.saving import Save, locked, save_fields
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written

Way: TypeAlias = Literal["up", "down"]


@transaction.atomic
def move_row(
    project: Project, field: str, row: str, way: Way, *, actor: Person, now: datetime
) -> list[str]:
    """Put a row one place up or down; give the order in which the rows stand then.

    The first one goes no further up, the last no further down. A row whose texts are still under
    way counts as the last.
    """
    project = locked(project, actor)
    told = written(project)
    rows = [one.id for one in told.document.rows[field]]
    rows += [row] if row not in rows else []
    at = rows.index(row)
    to = max(at - 1, 0) if way == "up" else min(at + 1, len(rows) - 1)
    rows.insert(to, rows.pop(at))
    saves = []
    for number, one in enumerate(rows, start=1):
        path = Path(field, one, ORDER)
        there = told.fields.get(str(path))
        saves.append(Save(path, str(number), there.version if there is not None else 0))
    if to != at:
        save_fields(project, saves, actor=actor, now=now)
    return rows


def parse_move(text: str) -> tuple[Path, Way] | None:
    """Read which row is to go where: `tasks/7f3a9c/up`; none for what is no such thing."""
    row, _slash, way = text.rpartition("/")
    path = parse_path(f"{row}/{ORDER}")
    if path is None or way not in ("up", "down"):
        return None
    return path, "up" if way == "up" else "down"
