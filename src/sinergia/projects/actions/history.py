"""Pictures of whole projects: kept after a while of quiet, by hand, and before one is restored."""

from datetime import datetime

from django.db import transaction

from sinergia.base.drafts import actions as pictures
from sinergia.base.drafts.actions import saves_that_empty, saves_that_restore, texts_of
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.project import PROJECT
from sinergia.engine.text import clean_line
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.projects.actions.counting import count_what_hinders
from sinergia.projects.actions.saving import QUIET, locked, promise_quiet, save_fields
from sinergia.projects.models import Project, Revision

SCHEMA = "project/1"


@transaction.atomic
def keep_revision(project: Project, name: str, *, actor: Person, now: datetime) -> Revision:
    """Keep a picture of a project under a name; one that stands as it is, is named."""
    project = locked(project, actor)
    revision = keep_picture(project, Revision.Why.NAMED, actor=actor, now=now)
    revision.why, revision.name = Revision.Why.NAMED, clean_line(name)[:200]
    revision.save(update_fields=["why", "name"])
    record("project.named", about=project, actor=actor, at=now)
    return revision


@transaction.atomic
def keep_quiet(project: Project, *, now: datetime) -> None:
    """Keep a picture if nobody has written for a while, and count what hinders; else later."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.changed_at > now - QUIET:
        promise_quiet(project, now=project.changed_at)
        return
    last = project.fields.order_by("-at").first()
    if last is not None:
        actor = account_by(last.by) or command_person(now)
        keep_picture(project, Revision.Why.QUIET, actor=actor, now=now)
    count_what_hinders(project, now=now)


@transaction.atomic
def restore(revision: Revision, *, actor: Person, now: datetime) -> Project:
    """Bring the texts of an earlier picture back; what stands now is kept as a picture first."""
    project = locked(revision.project, actor)
    keep_picture(project, Revision.Why.RESTORED, actor=actor, now=now)
    saves = saves_that_restore(project.fields, PROJECT, texts_of(revision))
    save_fields(project, saves, actor=actor, now=now)
    record("project.restored", about=project, actor=actor, at=now)
    return project


@transaction.atomic
def take_out_row(project: Project, field: str, row: str, *, actor: Person, now: datetime) -> None:
    """Empty the texts of a row, so that it is shown no more; taken out twice it is out once.

    What stood before is kept as a picture. Whoever still writes in the row comes into conflict and
    may keep what they wrote.
    """
    project = locked(project, actor)
    if saves := saves_that_empty(project.fields, PROJECT, field, row):
        keep_picture(project, Revision.Why.TAKEN_OUT, actor=actor, now=now)
        save_fields(project, saves, actor=actor, now=now)


def keep_picture(project: Project, why: Revision.Why, *, actor: Keyed, now: datetime) -> Revision:
    """Keep what stands in a project, unless the last picture shows the very same."""
    made: Revision
    made, is_new = pictures.keep_picture(
        project.fields, project.revisions, schema=SCHEMA, why=why.value, by=actor.key, now=now
    )
    if is_new:
        record("project.pictured", about=project, actor=actor, at=now, codes={"why": why.value})
    return made
