"""A project's texts saved one by one, as `base.drafts` saves them.

Revisions are journalled, not the saves of single fields.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.drafts.actions import Save, Saved, save_texts
from sinergia.base.errands.actions import promise
from sinergia.engine.project import PROJECT
from sinergia.engine.text import fold
from sinergia.people.models import Person
from sinergia.projects.access import may_write
from sinergia.projects.models import Project

QUIET = timedelta(minutes=10)  # after which a picture of the whole is kept
TITLE = Project._meta.get_field("title").max_length or 0  # noqa: SLF001  # Django's own public name


@transaction.atomic
def save_fields(
    project: Project, saves: Sequence[Save], *, actor: Person, now: datetime
) -> list[Saved]:
    """Save texts of one project; each for itself is written or in conflict.

    Raises Refused where a text is longer than anything kept, or rows are more than ever needed;
    then nothing is written.
    """
    project = locked(project, actor)
    done = save_texts(project.fields, PROJECT, saves, by=actor.key, now=now)
    if any(one.is_written for one in done):
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


def _touch(project: Project, done: Iterable[Saved], *, now: datetime) -> None:
    """Remember when the project was changed and how it is called."""
    title = next((one.text for one in done if one.text.path == "title"), None)
    if title is not None:
        project.title = title.value[:TITLE]
        project.title_folded = fold(title.value)[:TITLE]
    touch(project, now=now)
