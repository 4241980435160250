"""A practice is applied at home: a project begins with its texts, each marked as taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.access import may_lead_adoption
from sinergia.practices.actions.adopting import Intent, intend, is_meant_so
from sinergia.practices.models import Adoption, Practice
from sinergia.projects.access import may_share
from sinergia.projects.actions.saving import locked
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project, TakenField
from sinergia.projects.queries.adopting import digest_of, taken_from

HELP_ROW = "aaaaaa"  # of the authors among the partners


@dataclass(frozen=True)
class Draft:
    """A project that is to begin with the practice's texts.

    key: of the form, so that a second press is none. in_words: the name of a code of an audience;
    help: what the authors give, in the words of whoever applies, "" where they are alone. told_by:
    from whose words the centre begins it, where others took the practice home.
    """

    key: UUID
    in_words: Callable[[str], str]
    contest: Contest | None = None
    help: str = ""
    told_by: str = ""


@transaction.atomic
def apply_at_home(
    practice: Practice,
    organisation: Organisation,
    given: Intent,
    draft: Draft | None = None,
    *,
    actor: Person,
    now: datetime,
) -> tuple[Adoption, Project | None]:
    """Take a practice home, and begin a project with its texts where one is wanted.

    Raises Refused where it is taken home otherwise already, or with another project.
    """
    adoption = intend(practice, organisation, given, actor=actor, now=now)
    begun = Project.objects.filter(adoption=adoption)
    is_again = draft is not None and begun.filter(key=draft.key).exists()
    is_twice = draft is not None and begun.exists()
    if not is_again and (is_twice or not is_meant_so(adoption, given)):
        raise Refused([Gap("adoption.there")])
    if draft is None:
        return adoption, None
    return adoption, begin_from(adoption, draft, actor=actor, now=now)


@transaction.atomic
def begin_from(adoption: Adoption, draft: Draft, *, actor: Person, now: datetime) -> Project:
    """Begin a project with the published texts that were taken, each marked; once for a key."""
    if not may_lead_adoption(actor, adoption):
        raise PermissionDenied
    if adoption.state == Adoption.State.DROPPED:
        raise Refused([Gap("adoption.dropped")])
    taken = [one for one in taken_from(adoption.origin, draft.in_words) if one.text]
    texts = {one.path: one.text for one in taken} | _linked(texts={one.path for one in taken})
    authors = adoption.practice.organisation
    if draft.help and authors is not None:
        texts[f"partners/{HELP_ROW}/what"] = draft.help
        if authors.is_public:
            texts[f"partners/{HELP_ROW}/name"] = authors.name
    told_by = draft.told_by or adoption.told_by
    begun = Begun("", draft.key, draft.contest, told_by=told_by, texts=texts)
    project = begin_project(adoption.organisation, begun, actor=actor, now=now)
    if project.adoption_id is not None:
        return project
    project.adoption = adoption
    project.save(update_fields=["adoption"])
    TakenField.objects.bulk_create(
        TakenField(
            project=project,
            path=one.path,
            revision=adoption.origin,
            source=one.source,
            digest=digest_of(one.text),
        )
        for one in taken
    )
    record("project.adopted", about=project, actor=actor, at=now, codes=_named(adoption))
    return project


@transaction.atomic
def join_project(project: Project, adoption: Adoption, *, actor: Person, now: datetime) -> Project:
    """Say that a project does a practice that was taken home; its texts stay as they are.

    Raises Refused where it does another one already.
    """
    project = locked(project, actor)
    is_theirs = project.organisation_id == adoption.organisation_id
    if not is_theirs or not may_lead_adoption(actor, adoption):
        raise PermissionDenied
    if project.adoption_id == adoption.pk:
        return project
    if project.adoption_id is not None:
        raise Refused([Gap("project_adopts_another", "project")])
    project.adoption = adoption
    project.save(update_fields=["adoption"])
    record("project.joined", about=project, actor=actor, at=now, codes=_named(adoption))
    return project


@transaction.atomic
def part_project(project: Project, *, actor: Person, now: datetime) -> Project:
    """Say no longer that it does the practice; where its texts came from stays known."""
    project = locked(project, actor)
    if project.adoption is not None:
        codes = _named(project.adoption)
        project.adoption, project.is_open = None, False
        project.save(update_fields=["adoption", "is_open"])
        record("project.parted", about=project, actor=actor, at=now, codes=codes)
    return project


@transaction.atomic
def open_project(project: Project, *, is_open: bool, actor: Person, now: datetime) -> Project:
    """Let the authors of the practice read what the project does otherwise, or no longer."""
    project = locked(project, actor)
    if not may_share(actor, project) or (is_open and project.adoption is None):
        raise PermissionDenied
    if project.is_open != is_open:
        project.is_open = is_open
        project.save(update_fields=["is_open"])
        if is_open:
            record("project.opened_to_authors", about=project, actor=actor, at=now)
        else:
            record("project.closed_to_authors", about=project, actor=actor, at=now)
    return project


def _linked(texts: set[str]) -> dict[str, str]:
    """Each event serves the task that was taken from the same step."""
    rows = [path.split("/") for path in texts if path.startswith("events/")]
    return {f"events/{row}/task": row for _field, row, cell in rows if cell == "what"}


def _named(adoption: Adoption) -> dict[str, str]:
    return {"adoption": str(adoption.key)}
