"""Projects are begun, shared, aimed at a contest, put away and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.exchange.actions.turning import note_project
from sinergia.organisations.access import acts_for
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.access import may_begin, may_share, may_write
from sinergia.projects.actions.saving import TITLE, locked, promise_quiet
from sinergia.projects.models import CameBack, DraftField, Project, TakenField
from sinergia.projects.queries.projects import project_from

MOST = 200  # projects that one organisation keeps and has not put away


@dataclass(frozen=True)
class Begun:
    """What a project begins with. copy: the texts of an earlier one. texts: by path, of a template.

    told_by: from whose words the centre writes. key: of the form, so that a second press is none.
    """

    title: str
    key: UUID
    contest: Contest | None = None
    copy: Project | None = None
    told_by: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def begin_project(
    organisation: Organisation, given: Begun, *, actor: Person, now: datetime
) -> Project:
    """Begin a project; pressing twice begins it once.

    Raises Refused where the centre does not say from whose words it writes.
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not may_begin(actor, organisation):
        raise PermissionDenied
    if given.copy is not None and not may_write(actor, given.copy):
        raise PermissionDenied
    there = Project.objects.filter(key=given.key).first()
    if there is not None:
        if there.organisation_id != organisation.pk or not may_write(actor, there):
            raise PermissionDenied
        return there
    is_own = acts_for(actor, organisation)
    told_by = "" if is_own else clean_line(given.told_by)
    _refuse(organisation, told_by, is_own=is_own)
    project = Project.objects.create(
        key=given.key,
        organisation=organisation,
        contest=given.contest,
        copied_from=given.copy,
        adoption=given.copy.adoption if given.copy and _is_same(given.copy, organisation) else None,
        is_shared=not is_own,
        told_by=told_by,
        made_by=actor.key,
        made_at=now,
        changed_at=now,
    )
    _fill(project, given, actor=actor, now=now)
    promise_quiet(project, now=now)
    record("project.begun", about=project, actor=actor, at=now)
    return project


@transaction.atomic
def aim_project(
    project: Project, contest: Contest | None, *, actor: Person, now: datetime
) -> Project:
    """Write a project by the rules of another contest, or of none; its texts stay.

    Raises Refused for one that is submitted: its application stands in its contest.
    """
    project = locked(project, actor)
    if project.contest_id != (contest.pk if contest is not None else None):
        if project.submitted_as:
            raise Refused([Gap("project_stays")])
        project.contest, project.changed_at = contest, now
        project.save(update_fields=["contest", "changed_at"])
        promise_quiet(project, now=now)
        call = str(contest.call.key) if contest is not None else ""
        record("project.aimed", about=project, actor=actor, at=now, codes={"call": call})
    return project


@transaction.atomic
def share_project(project: Project, *, is_shared: bool, actor: Person, now: datetime) -> Project:
    """Let the centre of the organisation's region read and write, or no longer."""
    project = locked(project, actor)
    if not may_share(actor, project):
        raise PermissionDenied
    if project.is_shared != is_shared:
        project.is_shared = is_shared
        project.save(update_fields=["is_shared"])
        if is_shared:
            record("project.shared", about=project, actor=actor, at=now)
        else:
            record("project.unshared", about=project, actor=actor, at=now)
    return project


def note_submitted(project: Project, number: str) -> None:
    """Remember under which number a project is submitted, "" where it is no more.

    What came back for correction is over then.

    A part of submitting and withdrawing, whose own action asks who may.
    """
    Project.objects.filter(pk=project.pk).update(submitted_as=number)
    CameBack.objects.filter(project=project).delete()


def note_came_back(
    project: Project, sections: Sequence[str], *, until: datetime | None, now: datetime
) -> None:
    """Remember what of a submitted project may change; a part of the action that returns it."""
    told = {"sections": list(sections), "until": until, "at": now}
    CameBack.objects.update_or_create(project=project, defaults=told)


@transaction.atomic
def remove_project(project: Project, *, actor: Person, now: datetime) -> None:
    """Put a project away; it can be taken back. Pressing twice is harmless.

    Raises Refused for one that is submitted: whoever applied has to reach its application.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not may_write(actor, project):
        raise PermissionDenied
    if project.submitted_as:
        raise Refused([Gap("project_submitted")])
    if project.removed_at is None:
        project.removed_at = now
        project.save(update_fields=["removed_at"])
        record("project.removed", about=project, actor=actor, at=now)
        _note_thread(project, actor=actor, now=now)


@transaction.atomic
def take_back_project(project: Project, *, actor: Person, now: datetime) -> None:
    """Take a project back that was put away."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not may_write(actor, project):
        raise PermissionDenied
    if project.removed_at is not None:
        project.removed_at = None
        project.save(update_fields=["removed_at"])
        record("project.taken_back", about=project, actor=actor, at=now)
        _note_thread(project, actor=actor, now=now)


def _note_thread(project: Project, *, actor: Person, now: datetime) -> None:
    """Let the commitment from which a project grew know whether one stands."""
    if project.commitment is not None:
        is_there = project_from(project.commitment) is not None
        note_project(project.commitment, is_there=is_there, actor=actor, now=now)


def _refuse(organisation: Organisation, told_by: str, *, is_own: bool) -> None:
    gaps = []
    if not is_own and not told_by:
        gaps.append(Gap("nobody_told", "told_by"))
    if Project.objects.filter(organisation=organisation, removed_at=None).count() >= MOST:
        gaps.append(Gap("too_many_projects", values={"most": MOST}))
    if gaps:
        raise Refused(gaps)


def _fill(project: Project, given: Begun, *, actor: Person, now: datetime) -> None:
    """The first texts: those of the project that is copied or of a template, and the title."""
    texts = dict(given.texts)
    if given.copy is not None:
        kept = given.copy.fields.exclude(value="").exclude(path__startswith="answers/")
        texts = dict(kept.order_by("pk").values_list("path", "value"))
    title = clean_line(given.title) or texts.get("title", "")
    if title:
        texts["title"] = title
    project.title, project.title_folded = title[:TITLE], fold(title)[:TITLE]
    project.save(update_fields=["title", "title_folded"])
    DraftField.objects.bulk_create(
        DraftField(
            project=project,
            path=path,
            value=value,
            version=1,
            by=actor.key,
            at=now,
        )
        for path, value in texts.items()
    )
    if given.copy is not None:
        _keep_origins(project, given.copy)


def _keep_origins(project: Project, copy: Project) -> None:
    """What an earlier project took from a practice is taken from there here, too."""
    columns = ("path", "revision_id", "source", "digest")
    TakenField.objects.bulk_create(
        TakenField(project=project, **told) for told in copy.taken.order_by("pk").values(*columns)
    )


def _is_same(copy: Project, organisation: Organisation) -> bool:
    return copy.organisation_id == organisation.pk
