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
from sinergia.organisations.models import Change, Membership, Organisation
from sinergia.organisations.queries.merging import Offered, rows_to_part, torn_by
from sinergia.organisations.queries.teams import leaders_of
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

    Merging the two takes it back. Raises Refused where there is no name, nothing was chosen, a
    chosen row is no longer there or would be torn from one that stays, or where nobody would lead
    what stays; PermissionDenied for who does not keep it.
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
    promise("grants.follow_parted", now=now, key=new.key)
    for organisation in (old, new):
        tell_team(organisation, "register.team_parted", actor=actor, now=now)
        promise("applications.recount", now=now, key=organisation.key)
    return new


def _move(old: Organisation, new: Organisation, chosen: Mapping[str, set[str]]) -> int:
    offered = rows_to_part(old)
    there = {relation.label: {token for token, _row in rows} for relation, rows in offered}
    gone = [label for label, wanted in chosen.items() if wanted - there.get(label, set())]
    if gone:
        raise Refused([Gap("split_row_gone", label) for label in gone])
    if gaps := [*_torn(offered, chosen), *_unled(old, chosen)]:
        raise Refused(gaps)
    moved = 0
    for relation, rows in offered:
        pks = [row.pk for token, row in rows if token in chosen.get(relation.label, ())]
        moved += relation.rows(old).filter(pk__in=pks).update(**{relation.field: new})
    return moved


def _torn(offered: Sequence[Offered], chosen: Mapping[str, set[str]]) -> list[Gap]:
    return [
        Gap("split_torn", one.label, {"beside": other.label})
        for one, other in torn_by(offered, chosen)
    ]


def _unled(old: Organisation, chosen: Mapping[str, set[str]]) -> list[Gap]:
    """Whoever leads it alone stays."""
    label = Membership._meta.label_lower  # noqa: SLF001  # public in Django
    going = Membership.objects.filter(key__in=chosen.get(label, ()), until=None)
    leaders = going.filter(role=Membership.Role.LEADER).values("person")
    is_led = not leaders or leaders_of(old).exclude(pk__in=leaders).exists()
    return [] if is_led else [Gap("split_last_leader", label)]


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
