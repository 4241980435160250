"""Making two organisations of one that was two all along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.access import may_keep
from sinergia.organisations.actions.counting import cell_of, count_changed
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.actions.teams import tell_team
from sinergia.organisations.models import Change, Organisation
from sinergia.organisations.queries.merging import rows_to_part
from sinergia.people.models import Person


@dataclass(frozen=True)
class Parting:
    """What goes to the new organisation: its name, and rows by table, each by its token."""

    name: str
    rows: Mapping[str, Sequence[str]]


@transaction.atomic
def split_organisation(
    key: UUID, parting: Parting, *, actor: Person, now: datetime
) -> Organisation:
    """Part an organisation: a new one of the same place takes the chosen rows. Gives the new one.

    Merging the two takes it back. Raises Refused where there is no name, nothing was chosen, or a
    chosen row is no longer there; PermissionDenied for who does not keep it.
    """
    old = Organisation.objects.select_for_update().get(key=key)
    if not may_keep(actor, old):
        raise PermissionDenied
    name = clean_line(parting.name)[:500]
    chosen = {label: set(tokens) for label, tokens in parting.rows.items() if tokens}
    gaps = [] if name else [Gap("split_name_missing", "name")]
    gaps += [] if chosen else [Gap("split_nothing_chosen")]
    if gaps:
        raise Refused(gaps)
    new = Organisation.objects.create(
        name=name,
        name_folded=fold(name)[:500],
        kind=old.kind,
        is_public=old.is_public,
        region=old.region,
        municipality=old.municipality,
        made_at=now,
    )
    moved = _move(old, new, chosen)
    _note(old, new, actor=actor, now=now)
    index_organisation(old)
    index_organisation(new)
    count_changed([], [cell_of(new)])
    codes: dict[str, str | int] = {"new": str(new.key), "rows": moved}
    record("organisation.split", about=old, actor=actor, at=now, codes=codes)
    for organisation in (old, new):
        tell_team(organisation, "register.team_parted", actor=actor, now=now)
        promise("applications.recount", now=now, key=organisation.key)
    return new


def _move(old: Organisation, new: Organisation, chosen: Mapping[str, set[str]]) -> int:
    offered = {relation.label: (relation, rows) for relation, rows in rows_to_part(old)}
    moved = 0
    for label, wanted in chosen.items():
        if label not in offered:
            raise Refused([Gap("split_row_gone", label)])
        relation, rows = offered[label]
        pks = [row.pk for token, row in rows if token in wanted]
        if len(pks) < len(wanted):
            raise Refused([Gap("split_row_gone", label)])
        relation.rows(old).filter(pk__in=pks).update(**{relation.field: new})
        moved += len(pks)
    return moved


def _note(old: Organisation, new: Organisation, *, actor: Person, now: datetime) -> None:
    """Both histories say where the other one is."""
    Change.objects.bulk_create(
        Change(
            organisation=one,
            field=field,
            after=other.name[:500],
            at=now,
            actor_key=actor.key,
        )
        for one, other, field in ((old, new, "split_into"), (new, old, "split_from"))
    )
