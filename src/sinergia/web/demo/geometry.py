"""Draw the two regions and their municipalities as GeoJSON (RFC 7946), from nothing but a seed.

Neighbours fit exactly: a border is drawn once and walked both ways. A region is the outline of
its municipalities, so that it is never beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from random import Random

from sinergia.web.demo.partition import Edge, Point, Site, bend, cells_of
from sinergia.web.demo.rows import MunicipalityRow, RegionRow
from sinergia.web.demo.stock import KM_IN_DEGREE, ORIGIN

_STEP, _SWAY = 7.2, 0.18
_WILD_EVERY, _WILD_FROM = 62.0, 58.0  # kilometres between points of the land around
_SOURCE = "Вымышленная карта для демонстрации"
_DIGITS = 4  # of a degree: about ten metres

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Geometry:
    """FeatureCollections: of the regions, and of each region's municipalities by its code."""

    regions: Json
    municipalities: dict[str, Json]


def draw(
    regions: Sequence[RegionRow], municipalities: Sequence[MunicipalityRow], *, seed: int
) -> Geometry:
    """Draw every municipality, and each region as the outline of its own."""
    sites = [Site(town.x, town.y, town.weight) for town in municipalities]
    cells = cells_of(sites + _land_around(sites, seed=seed), first=len(sites))
    owners = [town.region for town in municipalities]
    outlines = {
        region.code: _outline(
            cells, {index for index, owner in enumerate(owners) if owner == region.code}, seed=seed
        )
        for region in regions
    }
    shapes = [_ring(cell, own, seed=seed) for own, cell in enumerate(cells)]
    return Geometry(
        regions=_collection([_region(region, outlines[region.code]) for region in regions]),
        municipalities={
            region.code: _collection(
                [
                    _municipality(town, shape)
                    for town, shape in zip(municipalities, shapes, strict=True)
                    if town.region == region.code
                ]
            )
            for region in regions
        },
    )


def _land_around(sites: Sequence[Site], *, seed: int) -> list[Site]:
    """Strew points over the land around, so that outer borders are as uneven as inner ones."""
    chance = Random(f"{seed}:land")  # noqa: S311
    steps = range(-4, 17)
    strewn = (
        Site(
            column * _WILD_EVERY + chance.uniform(-14, 14),
            row * _WILD_EVERY + chance.uniform(-14, 14),
        )
        for column in steps
        for row in steps
    )
    return [
        wild
        for wild in strewn
        if all(hypot(wild.x - site.x, wild.y - site.y) > _WILD_FROM for site in sites)
    ]


def _ring(cell: list[Edge], own: int, *, seed: int) -> list[Point]:
    return [point for edge in cell for point in bend(edge, own, seed=seed, step=_STEP, sway=_SWAY)]


def _outline(cells: list[list[Edge]], own: set[int], *, seed: int) -> list[Point]:
    """Walk round all cells of `own` by the edges beyond which others begin."""
    ahead = {
        edge.start: (edge, index)
        for index in own
        for edge in cells[index]
        if edge.beyond not in own
    }
    first = min(ahead)
    line: list[Point] = []
    here = first
    while True:
        edge, index = ahead[here]
        line += bend(edge, index, seed=seed, step=_STEP, sway=_SWAY)
        here = edge.end
        if here == first:
            return line


def _region(region: RegionRow, outline: list[Point]) -> Json:
    names: Json = {"code": region.code, "name_ru": region.name_ru, "name_en": region.name_en}
    return _feature(region.code, names | {"ISO": region.code}, outline)


def _municipality(town: MunicipalityRow, outline: list[Point]) -> Json:
    names: Json = {"oktmo": town.oktmo, "name_ru": town.name_ru, "name_en": town.name_en}
    return _feature(town.oktmo, names | {"region": town.region}, outline)


def _feature(code: str, properties: Json, outline: list[Point]) -> Json:
    ring = [_on_globe(point) for point in [*outline, outline[0]]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "source": _SOURCE, "features": features}


def _on_globe(point: Point) -> list[float]:
    """Turn kilometres into degrees: longitude first."""
    return [
        round(ORIGIN[0] + point[0] / KM_IN_DEGREE[0], _DIGITS),
        round(ORIGIN[1] + point[1] / KM_IN_DEGREE[1], _DIGITS),
    ]
