"""Pictures of whole projects: kept after a while of quiet, by hand, and before one is restored."""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.project import parse_path
from sinergia.engine.seal import canonical
from sinergia.engine.text import clean_line
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.projects.actions.counting import count_what_hinders
from sinergia.projects.actions.saving import QUIET, Save, locked, promise_quiet, save_fields
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
    wanted = texts_of(revision)
    there = {field.path: field for field in project.fields.all()}
    saves = []
    for path in wanted.keys() | there.keys():
        parsed, field = parse_path(path), there.get(path)
        if parsed is not None:
            base = field.version if field is not None else 0
            saves.append(Save(parsed, wanted.get(path, ""), base))
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
    texts = list(project.fields.filter(path__startswith=f"{field}/{row}/").exclude(value=""))
    if texts:
        keep_picture(project, Revision.Why.TAKEN_OUT, actor=actor, now=now)
    parsed = ((parse_path(text.path), text.version) for text in texts)
    saves = [Save(path, "", version) for path, version in parsed if path is not None]
    save_fields(project, saves, actor=actor, now=now)


def keep_picture(project: Project, why: Revision.Why, *, actor: Keyed, now: datetime) -> Revision:
    """Keep what stands in a project, unless the last picture shows the very same."""
    kept = project.fields.exclude(value="").values_list("path", "value")
    texts = dict(kept)
    content = zlib.compress(canonical({"schema": SCHEMA, "values": texts}), 6)
    last = project.revisions.order_by("-pk").first()
    if last is not None and bytes(last.content) == content:
        return last
    made = Revision.objects.create(
        project=project, why=why, content=content, size=len(texts), by=actor.key, at=now
    )
    record("project.pictured", about=project, actor=actor, at=now, codes={"why": why.value})
    return made


def texts_of(revision: Revision) -> Mapping[str, str]:
    """Texts by path, as they were."""
    told = json.loads(zlib.decompress(bytes(revision.content)))
    values: dict[str, str] = told["values"]
    return values
