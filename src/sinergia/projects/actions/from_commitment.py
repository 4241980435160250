"""A project is made of what somebody took home from a visit: one action, one draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.commitments import locked
from sinergia.exchange.actions.turning import note_project
from sinergia.exchange.models import Commitment
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import Intent, intend
from sinergia.practices.models import Practice
from sinergia.practices.queries.catalogue import published
from sinergia.projects.actions.adopting import Draft, begin_from
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import project_from

TITLE = 300  # characters, as the form of a project holds


@transaction.atomic
def begin_from_commitment(
    commitment: Commitment, draft: Draft, *, told_by: str, actor: Person, now: datetime
) -> Project:
    """Begin a draft of the organisation that owns a commitment; pressing twice begins it once.

    A practice of the catalogue is applied at home by it: its texts are taken, each marked, and its
    authors are told. told_by: from whose words the centre writes. Raises Refused where no
    organisation owns it yet.
    """
    if commitment.organisation is not None:  # locks go in one order: whose it is comes first
        Organisation.objects.select_for_update(of=("self",)).get(pk=commitment.organisation.pk)
    row = locked(commitment, actor)
    there = project_from(row)
    if there is not None:
        return there
    if row.organisation is None:
        raise Refused([Gap("commitment_without_organisation")])
    practice = _to_apply(row)
    if practice is not None:
        given = Intent(told_by=told_by)
        row.adoption = intend(practice, row.organisation, given, actor=actor, now=now)
        row.save(update_fields=["adoption"])
        told = replace(draft, told_by=told_by)
        project = begin_from(row.adoption, told, actor=actor, now=now)
    else:
        begun = Begun(row.title[:TITLE], draft.key, told_by=told_by, texts=prefilled(row))
        project = begin_project(row.organisation, begun, actor=actor, now=now)
    project.commitment = row
    project.save(update_fields=["commitment"])
    note_project(row, is_there=True, actor=actor, now=now)
    codes = {"commitment": str(row.key)}
    record("project.grown", about=project, actor=actor, at=now, codes=codes)
    return project


def _to_apply(row: Commitment) -> Practice | None:
    """The practice that it takes home, while it is in the catalogue and somebody else's."""
    if row.practice is None or row.practice.organisation_id == row.organisation_id:
        return None
    return published().filter(pk=row.practice.pk).first()


def prefilled(row: Commitment) -> Mapping[str, str]:
    """The first texts of a project, by path: what is known of what was taken home."""
    essence = row.practice.essence if row.practice is not None else ""
    summary = "\n\n".join(one for one in (essence, row.idea) if one)
    return {"summary": summary} if summary else {}
