"""Outlines are drawn on the sheets they belong to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.engine.drawing import draw
from sinergia.engine.text import fold
from sinergia.people.models import Person
from sinergia.places import access
from sinergia.places.actions.ending import end_load
from sinergia.places.actions.rows import LoadCounts, OutlineRow, Outlines, Tally
from sinergia.places.models import Municipality, Region, Shape, Sheet

LONGEST_SOURCE = 200


@transaction.atomic
def load_outlines(
    read: Outlines, *, actor: Person, now: datetime, is_dry_run: bool = False
) -> LoadCounts:
    """Draw the map of regions, or of a region's municipalities, anew.

    A file with places of several maps draws each. A sheet is replaced as a whole: a place that
    the file leaves out leaves the map.
    """
    if not access.may_load_places(actor):
        raise PermissionDenied
    tally = Tally(read)
    sheets = _sheets(read.rows, tally)
    about = None
    for region, places in sheets.items():
        about = _draw_sheet(
            region, places, source=read.source[:LONGEST_SOURCE], now=now, tally=tally
        )
    return end_load(
        "places.map_drawn",
        tally.counts(),
        actor=actor,
        now=now,
        is_dry_run=is_dry_run,
        about=about if len(sheets) == 1 else None,
    )


Place = Region | Municipality
Placed = dict[Place, OutlineRow]


def _sheets(rows: Sequence[OutlineRow], tally: Tally) -> dict[Region | None, Placed]:
    """Part outlines by the sheets they belong to; none: the map of regions."""
    regions = {fold(region.code): region for region in Region.objects.all()}
    towns = _municipalities(rows)
    sheets: dict[Region | None, Placed] = {}
    for row in rows:
        tally.take([row.row])
        place = _place(row.codes, regions, towns)
        if place is None:
            tally.refuse(row.row, "place_unknown", ", ".join(row.codes))
            continue
        sheet = place.region if isinstance(place, Municipality) else None
        placed = sheets.setdefault(sheet, {})
        if place in placed:
            tally.refuse(row.row, "repeated", ", ".join(row.codes))
        else:
            placed[place] = row
    return sheets


def _municipalities(rows: Sequence[OutlineRow]) -> dict[str, Municipality]:
    # Fewer municipalities are in any country than make a query for each code worth its while.
    named = {code[:2] for row in rows for code in row.codes if code.isdecimal()}
    if not named:
        return {}
    towns = Municipality.objects.select_related("region")
    return {town.oktmo: town for town in towns}


def _place(
    codes: Sequence[str], regions: Mapping[str, Region], towns: Mapping[str, Municipality]
) -> Place | None:
    for code in codes:
        place = regions.get(fold(code)) or towns.get(code)
        if place is not None:
            return place
    return None


def _draw_sheet(
    region: Region | None, places: Placed, *, source: str, now: datetime, tally: Tally
) -> Sheet:
    """Replace one sheet; leave it where nothing of it differs."""
    drawing = draw({place: row.polygons for place, row in places.items()})
    sheet = Sheet.objects.select_for_update().filter(region=region).first() or Sheet(region=region)
    present = {_place_key(shape): shape for shape in Shape.objects.filter(sheet_id=sheet.pk)}
    drawn = {}
    for place, outline in drawing.outlines.items():
        shape = Shape(path=outline.path, label_x=outline.label_x, label_y=outline.label_y)
        shape.region = place if isinstance(place, Region) else None
        shape.municipality = place if isinstance(place, Municipality) else None
        drawn[_place_key(shape)] = (places[place].row, shape)
    created = [row for key, (row, _) in drawn.items() if key not in present]
    updated = [
        row
        for key, (row, shape) in drawn.items()
        if key in present and _differ(present[key], shape)
    ]
    tally.note(created=created, updated=updated)
    if present.keys() - drawn.keys():
        tally.note_removal()
    if created or updated or present.keys() - drawn.keys():
        sheet.width, sheet.height = drawing.width, drawing.height
        sheet.source, sheet.loaded_at = source, now
        sheet.save()
        Shape.objects.filter(sheet=sheet).delete()
        for _, shape in drawn.values():
            shape.sheet = sheet
        Shape.objects.bulk_create((shape for _, shape in drawn.values()), batch_size=100)
    return sheet


def _place_key(shape: Shape) -> tuple[int | None, int | None]:
    return shape.region_id, shape.municipality_id


def _differ(kept: Shape, drawn: Shape) -> bool:
    return (kept.path, kept.label_x, kept.label_y) != (drawn.path, drawn.label_x, drawn.label_y)
