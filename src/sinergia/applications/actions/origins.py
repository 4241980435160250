"""Of which project an application to a fund elsewhere is: said by a person, with a ground."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.access import may_tell_origin
from sinergia.applications.models import Application, Origin
from sinergia.applications.queries.origins import is_handed_in_here
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of


@transaction.atomic
def tell_origin(
    application: Application, project: Project, ground: str, *, actor: Person, now: datetime
) -> Origin:
    """Say that an application is of a project of the same organisation; said anew, it is replaced.

    Raises Refused where it was handed in here: then its submission says it.
    """
    row = _locked(application, actor)
    if is_handed_in_here(row):
        raise Refused([Gap("origin.handed_in_here")])
    theirs = projects_of(actor).filter(organisation=row.organisation, pk=project.pk)
    if not theirs.exists():
        raise Refused([Gap("origin.other_project", "project")])
    told, ground = Origin.objects.filter(application=row).first(), clean_line(ground)
    if told is not None and (told.project_id, told.ground) == (project.pk, ground):
        return told
    made, _is_new = Origin.objects.update_or_create(
        application=row, defaults={"project": project, "ground": ground, "by": actor, "at": now}
    )
    codes: dict[str, str | int] = {"project": str(project.key)}
    record("application.origin_told", about=row, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def forget_origin(application: Application, *, actor: Person, now: datetime) -> None:
    """Take back of which project it is; taken back twice, it is taken back once."""
    row = _locked(application, actor)
    deleted, _rows = Origin.objects.filter(application=row).delete()
    if deleted:
        record("application.origin_forgotten", about=row, actor=actor, at=now)


def _locked(application: Application, actor: Person) -> Application:
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not may_tell_origin(actor, row):
        raise PermissionDenied
    return row
