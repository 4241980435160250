"""Making one organisation of two, and two again."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Manager, Model

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical
from sinergia.organisations.access import may_merge
from sinergia.organisations.actions.counting import cell_of, count_changed
from sinergia.organisations.actions.history import change_of, told
from sinergia.organisations.actions.indexing import forget_organisation, index_organisation
from sinergia.organisations.actions.teams import tell_team
from sinergia.organisations.models import (
    Change,
    FormerKey,
    FormerName,
    Membership,
    Merge,
    MergedRow,
    Organisation,
    Pair,
)
from sinergia.organisations.queries.doubles import told_of
from sinergia.organisations.queries.filling import FILLED, blank_of
from sinergia.organisations.queries.merging import Plan, home_of, plan_of
from sinergia.people.models import Person

Piece = TypeVar("Piece")
STEP = 500  # rows written in one statement
Deed = MergedRow.Deed


@transaction.atomic
def merge_organisations(kept: UUID, gone: UUID, *, actor: Person, now: datetime) -> Merge:
    """Make `gone` a part of `kept`: its rows move, its address leads on, undo takes it back.

    The same pair pressed twice, or by two people at once, is merged once: the first merge is
    returned. Raises Refused with everything that stands in the way; PermissionDenied where the
    two are not both the actor's to merge.
    """
    found = _both(kept, gone)
    if isinstance(found, Merge):
        return found
    first, second = found
    if not may_merge(actor, first.region_id, second.region_id):
        raise PermissionDenied
    plan = plan_of(first, second)
    gaps = [
        Gap("merge_clashes", portion.relation.label, {"number": len(portion.clashing)})
        for portion in plan.clashes
    ]
    if gaps or plan.faults:
        raise Refused([*gaps, *plan.faults])
    merge = Merge.objects.create(
        kept=first,
        gone_id=second.pk,
        gone_key=second.key,
        gone_region=second.region,
        content=canonical({"schema": "organisation/1", "values": {"row": _whole(second)}}),
        actor=actor,
        at=now,
    )
    _carry_out(plan, merge, now=now)
    codes: dict[str, str | int] = {"gone": str(second.key), "rows": merge.rows.count()}
    record("organisation.merged", about=first, actor=actor, at=now, codes=codes)
    tell_team(first, "register.team_merged", actor=actor, now=now, other=second.name)
    promise("applications.recount", now=now, key=first.key)
    return merge


@transaction.atomic
def undo_merge(key: UUID, *, actor: Person, now: datetime) -> Merge:
    """Bring the organisation that went back, with every row that a merge took from it.

    What came to the kept one since stays there. Pressing twice is harmless. Raises Refused where
    a later merge took the kept one further: that one is undone first.
    """
    asked = Merge.objects.get(key=key)
    kept = Organisation.objects.select_for_update().get(pk=asked.kept_id)
    merge = Merge.objects.select_for_update().get(pk=asked.pk)
    if not may_merge(actor, kept.region_id, merge.gone_region_id):
        raise PermissionDenied
    if merge.undone_at:
        return merge
    later = MergedRow.objects.filter(model=_label(Merge), row=merge.pk, merge__undone_at=None)
    if later.exists():
        raise Refused([Gap("merge_moved_on")])
    gone = _take_back(merge, kept, actor=actor, now=now)
    merge.undone_at = now
    merge.save(update_fields=["undone_at"])
    codes = {"gone": str(gone.key)}
    record("organisation.merge_undone", about=kept, actor=actor, at=now, codes=codes)
    for organisation, other in ((kept, gone), (gone, kept)):
        line = change_of(organisation, "parted", other.name if other.is_public else "", "")
        line.at, line.actor_key = now, actor.key
        line.save()
        tell_team(organisation, "register.team_parted", actor=actor, now=now)
        promise("applications.recount", now=now, key=organisation.key)
    return merge


def _both(kept: UUID, gone: UUID) -> tuple[Organisation, Organisation] | Merge:
    """Lock the two in the order of their rows; give the merge where it was made before."""
    locked = Organisation.objects.select_for_update(of=("self",)).filter(key__in=[kept, gone])
    named = locked.select_related("region", "municipality", "legal_form")
    rows = {row.key: row for row in named.order_by("pk")}
    if kept == gone:
        raise Refused([Gap("merge_of_one")])
    if kept in rows and gone in rows:
        return rows[kept], rows[gone]
    home = home_of(gone)
    if home is not None and home.key == kept:
        return Merge.objects.get(gone_key=gone, undone_at=None)
    raise Refused([Gap("merge_already_gone")])


def _carry_out(plan: Plan, merge: Merge, *, now: datetime) -> None:
    kept, gone = plan.kept, plan.gone
    before = [cell_of(kept), cell_of(gone)]
    deeds: list[MergedRow] = []
    for portion in plan.portions:
        label, name = portion.relation.label, portion.relation.field
        deeds += [_deed(Deed.ASIDE, label, row, name) for row in portion.aside]
        deeds += [_deed(Deed.MOVED, label, row, name) for row in portion.moving]
        _manager(portion.relation.model).filter(pk__in=[one.pk for one in portion.aside]).delete()
        for some in _pieces(portion.moving):
            moving = _manager(portion.relation.model).filter(pk__in=[one.pk for one in some])
            moving.update(**{name: kept})
    deeds += _fill(plan)
    made = [*_lead_on(kept, gone), *_noted(plan, merge)]
    deeds += [_deed(Deed.MADE, _label(type(row)), row, "organisation") for row in made]
    for deed in deeds:
        deed.merge = merge
    MergedRow.objects.bulk_create(deeds, batch_size=STEP)
    _settle_pair(kept, gone, merge, now=now)
    forget_organisation(gone)
    gone.delete()
    index_organisation(kept)
    count_changed(before, [cell_of(kept)])


def _fill(plan: Plan) -> list[MergedRow]:
    """Fill the kept one's blanks; its counts are facts of the rows that have just moved."""
    kept, gone = plan.kept, plan.gone
    deeds = []
    for name, value in plan.filled.items():
        setattr(kept, name, value)
        told = json.dumps(str(getattr(value, "pk", value)))
        deeds.append(
            MergedRow(
                model=_label(Organisation), row=kept.pk, deed=Deed.FILLED, field=name, before=told
            )
        )
    kept.applications_count += gone.applications_count
    kept.won_count += gone.won_count
    kept.save(update_fields=[*plan.filled, "applications_count", "won_count"])
    return deeds


def _lead_on(kept: Organisation, gone: Organisation) -> list[Model]:
    """Keep the address and the name by which the one that goes was known."""
    made: list[Model] = [FormerKey.objects.create(key=gone.key, organisation=kept)]
    if gone.name != kept.name:
        named, is_new = FormerName.objects.get_or_create(organisation=kept, name=gone.name)
        made += [named] if is_new else []
    return made


def _noted(plan: Plan, merge: Merge) -> list[Change]:
    """Lines of the kept one's history: that the two are one, and what was filled in from the other.

    What stands there of before may be about the other.
    """
    kept, gone = plan.kept, plan.gone
    is_group = (gone.kind, kept.kind) == (Organisation.Kind.GROUP, Organisation.Kind.REGISTERED)
    lines = [change_of(kept, "joined_group" if is_group else "merged", "", gone.name)]
    for name, value in plan.filled.items():
        if name in FILLED:
            lines.append(change_of(kept, name, told(blank_of(name)), told(value)))
            lines[-1].source, lines[-1].reason = Change.JOINED, gone.name[:300]
    for line in lines:
        line.at, line.actor_key = merge.at, merge.actor.key
    return Change.objects.bulk_create(lines)


def _settle_pair(kept: Organisation, gone: Organisation, merge: Merge, *, now: datetime) -> None:
    """A suspicion about the two goes with the one that went: undo brings it back, settled."""
    aside = MergedRow.objects.filter(merge=merge, model=_label(Pair), deed=Deed.ASIDE)
    for deed in aside:
        (stored,) = serializers.deserialize("json", deed.before)
        pair = stored.object
        assert isinstance(pair, Pair)  # noqa: S101  # we wrote it so
        if {pair.first_id, pair.second_id} == {kept.pk, gone.pk} and not pair.settled_at:
            pair.settled_at, pair.settled_by = now, merge.actor
            pair.verdict = Pair.Verdict.DIFFERENT
            deed.before = _whole(pair)
            deed.save(update_fields=["before"])


def _take_back(merge: Merge, kept: Organisation, *, actor: Person, now: datetime) -> Organisation:
    before = [cell_of(kept)]
    deeds = list(merge.rows.order_by("pk"))
    _remove([deed for deed in deeds if deed.deed == Deed.MADE])
    gone = _restored(merge)
    _move_back([deed for deed in deeds if deed.deed == Deed.MOVED], kept, gone)
    _end_places_ended(
        _bring_back([deed for deed in deeds if deed.deed == Deed.ASIDE]),
        merge,
        actor=actor,
        now=now,
    )
    _empty([deed for deed in deeds if deed.deed == Deed.FILLED], kept)
    kept.applications_count = max(0, kept.applications_count - gone.applications_count)
    kept.won_count = max(0, kept.won_count - gone.won_count)
    kept.save(update_fields=["applications_count", "won_count"])
    index_organisation(kept)
    index_organisation(gone)
    count_changed(before, [cell_of(kept), cell_of(gone)])
    return gone


def _restored(merge: Merge) -> Organisation:
    """The row that went; a place or form that is known no more stays blank."""
    gone = told_of(merge)
    for key in _lost_keys(gone):
        setattr(gone, key.name, None)
    Organisation.objects.bulk_create([gone])
    return gone


def _move_back(deeds: Sequence[MergedRow], kept: Organisation, gone: Organisation) -> None:
    """Only rows that still are where the merge put them: what was done since is not undone."""
    by_table: dict[tuple[str, str], list[int]] = {}
    for deed in deeds:
        by_table.setdefault((deed.model, deed.field), []).append(deed.row)
    for (label, name), rows in by_table.items():
        for some in _pieces(rows):
            there = _manager(apps.get_model(label)).filter(pk__in=some, **{name: kept})
            there.update(**{name: gone})


def _bring_back(deeds: Iterable[MergedRow]) -> list[Membership]:
    """Write again what was set aside; not what names a row that has gone since.

    Nor a place of somebody whose account is closed. Gives the places in the team that came back.
    """
    places = []
    for deed in deeds:
        (stored,) = serializers.deserialize("json", deed.before)
        row = stored.object
        if _lost_keys(row) or (isinstance(row, Membership) and not row.person.is_active):
            continue
        _manager(type(row)).bulk_create([row], ignore_conflicts=True)
        places += [row] if isinstance(row, Membership) else []
    return places


def _end_places_ended(
    places: Iterable[Membership], merge: Merge, *, actor: Person, now: datetime
) -> None:
    """Whoever was let go from the kept one since, or left it, does not come back by an undo."""
    left = Membership.objects.filter(organisation=merge.kept_id, until__gte=merge.at)
    ended = dict(left.values_list("person", "until"))
    for place in places:
        if place.until is None and place.person_id in ended:
            place.until = ended[place.person_id]
            place.save(update_fields=["until"])
            codes = {"person": str(place.person.key), "role": str(place.role)}
            record("membership.ended", about=place.organisation, actor=actor, at=now, codes=codes)


def _lost_keys(row: Model) -> list[ForeignKey[Model, Model]]:
    """Those of its keys that lead nowhere any more."""
    keys = [one for one in row._meta.local_fields if isinstance(one, ForeignKey)]  # noqa: SLF001  # public
    named = [(key, getattr(row, key.attname)) for key in keys]
    return [
        key
        for key, pk in named
        if pk is not None and not _manager(key.related_model).filter(pk=pk).exists()
    ]


def _remove(deeds: Iterable[MergedRow]) -> None:
    for deed in deeds:
        _manager(apps.get_model(deed.model)).filter(pk=deed.row).delete()


def _empty(deeds: Iterable[MergedRow], kept: Organisation) -> None:
    """Blank what a merge filled in, where nobody has written something else since."""
    emptied = []
    for deed in deeds:
        value = getattr(kept, deed.field)
        if json.dumps(str(getattr(value, "pk", value))) == deed.before:
            setattr(kept, deed.field, blank_of(deed.field))
            emptied.append(deed.field)
    kept.save(update_fields=emptied)


def _deed(deed: str, label: str, row: Model, field: str) -> MergedRow:
    whole = _whole(row) if deed == Deed.ASIDE else ""
    return MergedRow(model=label, row=row.pk, deed=deed, field=field, before=whole)


def _whole(row: Model) -> str:
    return str(serializers.serialize("json", [row]))


def _label(model: type[Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001  # public in Django


def _manager(model: type[Model]) -> Manager[Model]:
    return model._default_manager  # noqa: SLF001  # public in Django


def _pieces(rows: Sequence[Piece]) -> list[Sequence[Piece]]:
    return [rows[start : start + STEP] for start in range(0, len(rows), STEP)]
