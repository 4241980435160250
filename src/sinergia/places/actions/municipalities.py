"""A list of municipalities is taken in."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.engine.text import fold
from sinergia.people.models import Person
from sinergia.places import access
from sinergia.places.actions.ending import end_load
from sinergia.places.actions.indexing import index_municipalities
from sinergia.places.actions.rows import LoadCounts, MunicipalityRow, ReadRows, Tally
from sinergia.places.actions.settling import settle
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import regions_by_spelling

COLUMNS = [
    "region_id",
    "name_ru",
    "name_en",
    "name_folded",
    "latitude",
    "longitude",
    "population",
    "time_zone",
]


@transaction.atomic
def load_municipalities(
    read: ReadRows[MunicipalityRow], *, actor: Person, now: datetime, is_dry_run: bool = False
) -> LoadCounts:
    """Make and change municipalities by their OKTMO; those that the file leaves out stay.

    A row whose region is not known is refused. Where a row names no region, the longest
    beginning of its OKTMO tells: a region within a region begins with three digits.
    """
    if not access.may_load_places(actor):
        raise PermissionDenied
    tally = Tally(read)
    named = regions_by_spelling(row.region for row in read.rows if row.region)
    beginnings = {region.oktmo: region for region in Region.objects.exclude(oktmo="")}
    wanted: dict[str, tuple[int, Municipality]] = {}
    for row in read.rows:
        tally.take([row.row])
        region = named.get(row.region) if row.region else _by_oktmo(row.oktmo, beginnings)
        if region is None:
            tally.refuse(row.row, "region_unknown", row.region or row.oktmo)
        elif row.oktmo in wanted:
            tally.refuse(row.row, "repeated", row.oktmo)
        else:
            wanted[row.oktmo] = (row.row, _municipality(row, region))
    kept = Municipality.objects.select_for_update()
    written = settle(kept, wanted, key=lambda place: place.oktmo, columns=COLUMNS, tally=tally)
    index_municipalities(written)
    return end_load(
        "places.municipalities_loaded", tally.counts(), actor=actor, now=now, is_dry_run=is_dry_run
    )


def _by_oktmo(oktmo: str, beginnings: Mapping[str, Region]) -> Region | None:
    return beginnings.get(oktmo[:3]) or beginnings.get(oktmo[:2])


def _municipality(row: MunicipalityRow, region: Region) -> Municipality:
    return Municipality(
        region=region,
        oktmo=row.oktmo,
        name_ru=row.name_ru,
        name_en=row.name_en,
        name_folded=fold(row.name_ru),
        latitude=row.latitude,
        longitude=row.longitude,
        population=row.population,
        time_zone=row.time_zone,
    )
