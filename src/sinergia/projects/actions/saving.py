"""A project's texts saved one by one, so that two people who write in it never cross.

A save says which version of the text it was written upon. Where somebody has saved another one
since then, nothing is written: whoever comes second sees both and chooses. The same text once more,
from a request that was repeated or from two people, is no conflict. Revisions are journalled, not
the saves of single fields.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.engine.project import LONGEST, MOST_ROWS, Path, clean_value
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.packs.rules.fields import ANSWERS
from sinergia.people.models import Person
from sinergia.projects.access import may_write
from sinergia.projects.models import DraftField, Project

QUIET = timedelta(minutes=10)  # after which a picture of the whole is kept
TITLE = Project._meta.get_field("title").max_length or 0  # noqa: SLF001  # Django's own public name


@dataclass(frozen=True)
class Save:
    """A text for a path. base: the version it was written upon, 0 where none was seen."""

    path: Path
    text: str
    base: int


@dataclass(frozen=True)
class Saved:
    """What became of a save. is_conflict: `field` is what somebody else saved meanwhile."""

    field: DraftField
    is_conflict: bool = False


@transaction.atomic
def save_fields(
    project: Project, saves: Sequence[Save], *, actor: Person, now: datetime
) -> list[Saved]:
    """Save texts of one project; each for itself is written or in conflict.

    Raises Refused where a text is longer than anything kept, or rows are more than ever needed;
    then nothing is written.
    """
    project = locked(project, actor)
    there = {
        field.path: field
        for field in project.fields.filter(path__in=[str(save.path) for save in saves])
    }
    _refuse_too_much(project, saves, there)
    done = [
        _saved(project, save, there.get(str(save.path)), actor=actor, now=now) for save in saves
    ]
    written = [one.field for one in done if one.field.at == now]
    DraftField.objects.bulk_create([field for field in written if field.pk is None])
    for field in written:
        if field.version > 1:
            field.save(update_fields=["value", "version", "by", "at"])
    if written:
        _touch(project, done, now=now)
    return done


def locked(project: Project, actor: Person) -> Project:
    """A project that this person may write in, nobody else until the transaction ends."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("organisation")
    project = rows.get(pk=project.pk)
    if project.removed_at is not None or not may_write(actor, project):
        raise PermissionDenied
    return project


def touch(project: Project, *, now: datetime) -> None:
    """Remember when a project was changed, with its title; see to a picture later.

    A change within the quiet time after another one needs no promise: the first one's is waiting.
    """
    is_first = project.changed_at <= now - QUIET
    project.changed_at = now
    project.save(update_fields=["changed_at", "title", "title_folded"])
    if is_first:
        promise_quiet(project, now=now)


def promise_quiet(project: Project, *, now: datetime) -> None:
    """Have a picture kept once nobody has written for a while."""
    # The moment makes it another one than the errand that promises it, which is not done yet.
    once = f"projects.keep_quiet {project.key} {now.isoformat()}"
    promise("projects.keep_quiet", now=now, after=QUIET, once=once, key=str(project.key))


def _saved(
    project: Project, save: Save, field: DraftField | None, *, actor: Person, now: datetime
) -> Saved:
    """The field as it is to be written, at `now`; at another moment where nothing is."""
    text = clean_value(save.path, save.text)
    if field is None:
        field = DraftField(project=project, path=str(save.path), version=0, value="")
        if not text:
            return Saved(field)  # nothing there, nothing typed: no row for it
    elif field.value == text:
        return Saved(field)
    elif field.version != save.base:
        return Saved(field, is_conflict=True)
    field.value, field.version = text, field.version + 1
    field.by, field.at = actor.key, now
    return Saved(field)


def _touch(project: Project, done: Iterable[Saved], *, now: datetime) -> None:
    """Remember when the project was changed and how it is called."""
    title = next((one.field for one in done if one.field.path == "title"), None)
    if title is not None:
        project.title = title.value[:TITLE]
        project.title_folded = fold(title.value)[:TITLE]
    touch(project, now=now)


def _refuse_too_much(
    project: Project, saves: Sequence[Save], there: Mapping[str, DraftField]
) -> None:
    gaps = [Gap("text_too_long", str(save.path)) for save in saves if len(save.text) > LONGEST]
    paths = [(str(save.path), save.path.cell) for save in saves]
    fresh = {_row(path) for path, cell in paths if cell and path not in there}
    if fresh:
        known = project.fields.filter(path__contains="/").values_list("path", flat=True)
        rows = Counter(row.partition("/")[0] for row in {_row(path) for path in known} | fresh)
        gaps += [Gap("too_many_rows", name) for name, count in rows.items() if count > MOST_ROWS]
    if gaps:
        raise Refused(gaps)


def _row(path: str) -> str:
    """Of a cell, its row; an answer counts as a row by itself."""
    row = path.rpartition("/")[0]
    return path if row == ANSWERS else row
