"""Maps, ready to be drawn."""

from dataclasses import dataclass

from sinergia.places.models import Region, Shape


@dataclass(frozen=True)
class Area:
    """The outline of one place. key: a region's code or a municipality's key, as text."""

    key: str
    name: str
    path: str
    label_x: int
    label_y: int
    place: int  # primary key of the region or municipality, to join figures by


@dataclass(frozen=True)
class DrawnSheet:
    """A map in whole units of its own, `width` by `height`; areas by name."""

    width: int
    height: int
    source: str
    areas: list[Area]


def sheet_of(region: Region | None) -> DrawnSheet | None:
    """The map of a region's municipalities, or of all regions; none where none is loaded."""
    shapes = Shape.objects.select_related("sheet", "region", "municipality")
    shapes = (
        shapes.filter(sheet__region=region) if region else shapes.filter(sheet__region__isnull=True)
    )
    found = list(shapes)
    if not found:
        return None
    areas = sorted(map(_area, found), key=lambda area: area.name)
    sheet = found[0].sheet
    return DrawnSheet(sheet.width, sheet.height, sheet.source, areas)


def _area(shape: Shape) -> Area:
    if shape.municipality is not None:
        key, place = str(shape.municipality.key), shape.municipality
        return _drawn(shape, key, place.name, place.pk)
    if shape.region is not None:
        return _drawn(shape, shape.region.code, shape.region.name, shape.region.pk)
    raise ValueError(shape.pk)  # the table's own constraint forbids it


def _drawn(shape: Shape, key: str, name: str, place: int) -> Area:
    return Area(key, name, shape.path, shape.label_x, shape.label_y, place)
