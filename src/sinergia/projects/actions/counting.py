"""How far a draft has come, in numbers: so that a contest counts its drafts and reads none."""

from datetime import datetime

from sinergia.projects.models import Project
from sinergia.projects.queries.writing import readiness_for, written

DIRECTION = Project._meta.get_field("direction").max_length or 0  # noqa: SLF001  # as in saving


def count_what_hinders(project: Project, *, now: datetime) -> None:
    """Keep how many things hinder handing a project in, and its direction.

    That the intake has ended is no fault of the project and is not counted.
    """
    told = written(project)
    hindering = [one for one in readiness_for(told, now=now).blocking if one.code != "call.closed"]
    direction = told.document.texts.get("direction", "")[:DIRECTION]
    rows = Project.objects.filter(pk=project.pk)
    rows.update(to_mend=len(hindering), direction=direction)
