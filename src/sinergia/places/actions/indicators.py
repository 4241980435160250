"""Figures about regions are taken in."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.people.models import Person
from sinergia.places import access
from sinergia.places.actions.ending import end_load
from sinergia.places.actions.rows import IndicatorRow, LoadCounts, ReadRows, Tally
from sinergia.places.actions.settling import settle
from sinergia.places.models import Indicator, Region
from sinergia.places.queries import regions_by_spelling

COLUMNS = ["name_ru", "name_en", "value", "unit", "source", "margin"]


@transaction.atomic
def load_indicators(
    read: ReadRows[IndicatorRow], *, actor: Person, now: datetime, is_dry_run: bool = False
) -> LoadCounts:
    """Make and change values by region, code and date; those that the file leaves out stay."""
    if not access.may_load_places(actor):
        raise PermissionDenied
    tally = Tally(read)
    regions = regions_by_spelling(row.region for row in read.rows)
    wanted: dict[tuple[int, str, date], tuple[int, Indicator]] = {}
    for row in read.rows:
        tally.take([row.row])
        region = regions.get(row.region)
        if region is None:
            tally.refuse(row.row, "region_unknown", row.region)
        elif (region.pk, row.code, row.on) in wanted:
            tally.refuse(row.row, "repeated", f"{region.code} {row.code} {row.on}")
        else:
            wanted[region.pk, row.code, row.on] = (row.row, _indicator(row, region.pk))
    kept = Indicator.objects.select_for_update().filter(region__in={key[0] for key in wanted})
    settle(
        kept,
        wanted,
        key=lambda value: (value.region_id, value.code, value.on),
        columns=COLUMNS,
        tally=tally,
    )
    return end_load(
        "places.indicators_loaded", tally.counts(), actor=actor, now=now, is_dry_run=is_dry_run
    )


@dataclass(frozen=True)
class Measured:
    """One value as a person enters it, with what a load reads of a row."""

    on: date
    value: Decimal
    unit: str
    source: str
    method: str = ""
    margin: Decimal | None = None


def keep_value(region: Region, code: str, names: tuple[str, str], given: Measured) -> bool:
    """Write one value, or that of the same day anew; whether anything changed.

    A fact that a higher floor's action keeps here, after it asked who may. names: ru, en.
    """
    columns: dict[str, object] = {
        "name_ru": names[0],
        "name_en": names[1],
        "value": given.value,
        "unit": given.unit,
        "source": given.source,
        "method": given.method,
        "margin": given.margin,
    }
    before = Indicator.objects.select_for_update().filter(region=region, code=code, on=given.on)
    if before.filter(**columns).exists():
        return False
    Indicator.objects.update_or_create(region=region, code=code, on=given.on, defaults=columns)
    return True


def remove_value(region: Region, code: str, on: date) -> bool:
    """Take the value of a day away; whether there was one. As `keep_value`."""
    return bool(Indicator.objects.filter(region=region, code=code, on=on).delete()[0])


def _indicator(row: IndicatorRow, region: int) -> Indicator:
    return Indicator(
        region_id=region,
        code=row.code,
        name_ru=row.name_ru,
        name_en=row.name_en,
        on=row.on,
        value=row.value,
        unit=row.unit,
        source=row.source,
        margin=row.margin,
    )
