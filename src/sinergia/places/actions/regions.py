"""A list of regions is taken in, with the spellings that find them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.engine.spelling import LONGEST, spelling_keys
from sinergia.engine.text import fold
from sinergia.people.models import Person
from sinergia.places import access
from sinergia.places.actions.ending import end_load
from sinergia.places.actions.indexing import index_regions
from sinergia.places.actions.rows import LoadCounts, ReadRows, RegionRow, Tally
from sinergia.places.actions.settling import settle
from sinergia.places.models import Region, RegionName

COLUMNS = ["name_ru", "name_en", "name_folded", "kind", "oktmo", "time_zone"]


@transaction.atomic
def load_regions(
    read: ReadRows[RegionRow], *, actor: Person, now: datetime, is_dry_run: bool = False
) -> LoadCounts:
    """Make and change regions by their codes; regions that the file leaves out stay."""
    if not access.may_load_places(actor):
        raise PermissionDenied
    tally = Tally(read)
    wanted: dict[str, tuple[int, Region]] = {}
    for row in read.rows:
        tally.take([row.row])
        if row.code in wanted:
            tally.refuse(row.row, "repeated", row.code)
        else:
            wanted[row.code] = (row.row, _region(row))
    kept = Region.objects.select_for_update()
    written = settle(kept, wanted, key=lambda region: region.code, columns=COLUMNS, tally=tally)
    index_regions(written)
    first = {row.code: row for row in reversed(read.rows)}
    _spell(list(first.values()))
    return end_load(
        "places.regions_loaded", tally.counts(), actor=actor, now=now, is_dry_run=is_dry_run
    )


def _region(row: RegionRow) -> Region:
    return Region(
        code=row.code,
        name_ru=row.name_ru,
        name_en=row.name_en,
        name_folded=fold(row.name_ru),
        kind=row.kind,
        oktmo=row.oktmo,
        time_zone=row.time_zone,
    )


def _spell(rows: Sequence[RegionRow]) -> None:
    """Bring the spellings of the file's regions up to date.

    A spelling that two regions claim finds neither. What a person gave stays, and so does
    what another file gave to a region that is not in this one.
    """
    named, spelled = _claims(rows)
    wanted = {
        spelling: next(iter(named.get(spelling, set()) | spelled.get(spelling, set())))
        for spelling in named.keys() | spelled.keys()
        if len(named.get(spelling, set()) | spelled.get(spelling, set())) == 1
    }
    here = set(
        Region.objects.filter(code__in=[row.code for row in rows]).values_list("pk", flat=True)
    )
    outdated = []
    for name in RegionName.objects.select_for_update():
        if name.is_given:
            wanted.pop(name.spelling, None)
        elif wanted.get(name.spelling) == name.region_id:
            del wanted[name.spelling]
        elif name.region_id in here or len(named.get(name.spelling, ())) > 1:
            outdated.append(name.pk)
        else:
            wanted.pop(name.spelling, None)
    RegionName.objects.filter(pk__in=outdated).delete()
    RegionName.objects.bulk_create(
        RegionName(spelling=spelling, region_id=region) for spelling, region in wanted.items()
    )


def _claims(rows: Sequence[RegionRow]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Which regions each spelling may mean: by the names of all, by the file's own spellings."""
    named: dict[str, set[int]] = {}
    primary = {}
    for region in Region.objects.all():
        primary[region.code] = region.pk
        _claim(named, region.pk, [*spelling_keys(region.name_ru), *spelling_keys(region.name_en)])
    spelled: dict[str, set[int]] = {}
    for row in rows:
        for text in row.spellings:
            _claim(spelled, primary[row.code], [fold(text)[:LONGEST], *spelling_keys(text)])
    return named, spelled


def _claim(claims: dict[str, set[int]], region: int, spellings: Iterable[str]) -> None:
    for spelling in spellings:
        claims.setdefault(spelling, set()).add(region)
