"""Programmes of exchange: written, shown to everybody, put away; their places."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.exchange.access import may_keep
from sinergia.exchange.actions.indexing import index_programme
from sinergia.exchange.actions.shelving import Shelf, is_shelved
from sinergia.exchange.models import Programme, ProgrammePlace
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region

Given = Mapping[str, object]  # field of the row to its clean value
FIELDS = ("name_ru", "name_en", "about", "starts_on", "ends_on")
SHELVED: Mapping[Shelf, str] = {  # how the journal calls it
    "publish": "programme.published",
    "hide": "programme.hidden",
    "put_away": "programme.put_away",
    "take_back": "programme.taken_back",
}


@transaction.atomic
def write_programme(
    centre: Centre,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    programme: Programme | None = None,
    seen: Given | None = None,
) -> Programme:
    """Begin a programme, or write one anew. Raises Refused for years that go backwards."""
    if programme is None:
        if not may_keep(actor, centre):
            raise PermissionDenied
        row = Programme(centre=centre, made_at=now)
    else:
        row = locked(programme, actor)
    given = touched(row, given, seen)
    starts, ends = given.get("starts_on"), given.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        raise Refused([Gap("programme.ends_early", "ends_on")])
    for name in FIELDS:
        setattr(row, name, given[name])
    row.name_folded = fold(row.name_ru)[:200]
    row.save()
    index_programme(row)
    record("programme.written", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def shelve_programme(
    programme: Programme, shelf: Shelf, *, actor: Person, now: datetime
) -> Programme:
    """Show a programme to everybody or to the centre alone, put it away or take it back.

    Pressing twice is harmless. Raises Refused for publishing one that has no places on a side.
    """
    row = locked(programme, actor)
    if shelf == "publish" and not _has_both_sides(row):
        raise Refused([Gap("programme.no_places")])
    if is_shelved(row, shelf, now=now):
        record(SHELVED[shelf], about=row, actor=actor, at=now)
    return row


@transaction.atomic
def add_place(
    programme: Programme,
    side: str,
    region: Region,
    municipality: Municipality | None,
    *,
    actor: Person,
    now: datetime,
) -> ProgrammePlace:
    """Have a region, or a municipality of it, take part on a side; twice is harmless.

    Raises Refused where it stands on the other side already.
    """
    programme = locked(programme, actor)
    named = {"programme": programme, "region": region, "municipality": municipality}
    known = ProgrammePlace.objects.filter(**named).first()
    if known is not None:
        if known.side != side:
            raise Refused([Gap("programme.place_opposite", "region")])
        return known
    place = ProgrammePlace.objects.create(**named, side=side)
    record("programme.place_added", about=programme, actor=actor, at=now)
    return place


@transaction.atomic
def remove_place(programme: Programme, place: int, *, actor: Person, now: datetime) -> None:
    """Take a place off a programme; twice is harmless.

    Raises Refused for the last one of a side while everybody sees the programme.
    """
    programme = locked(programme, actor)
    deleted, _rows = ProgrammePlace.objects.filter(programme=programme, pk=place).delete()
    if deleted and programme.is_public and not _has_both_sides(programme):
        raise Refused([Gap("programme.no_places")])
    if deleted:
        record("programme.place_removed", about=programme, actor=actor, at=now)


def locked(programme: Programme, actor: Person) -> Programme:
    """The row as it is now, held until the end of the transaction."""
    rows = Programme.objects.select_for_update(of=("self",)).select_related("centre")
    row = rows.get(pk=programme.pk)
    if not may_keep(actor, row.centre):
        raise PermissionDenied
    return row


def _has_both_sides(programme: Programme) -> bool:
    sides = programme.places.values("side").distinct()
    return sides.count() == len(ProgrammePlace.Side)
