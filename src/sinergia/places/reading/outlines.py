"""Maps: GeoJSON (RFC 7946) whose features are regions or municipalities."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from sinergia.engine.drawing import Degrees, Polygon
from sinergia.engine.text import clean_line
from sinergia.places.actions import OutlineRow, Outlines, Refusal
from sinergia.places.reading.cells import Fault, UnusableFile, municipality_code

LARGEST_FILE = 50_000_000  # bytes; a map for a screen has a hundredth of it
_CODES = ("code", "ISO", "iso", "iso_code", "iso_3166_2", "ISO3166-2", "oktmo", "OKTMO")
_SOURCES = ("source", "attribution", "copyright")
_FEWEST_POINTS = 3  # a ring repeats its first point; writers that do not are understood
_LONGEST_CODE = 100


def read_outlines(path: Path) -> Outlines:
    """Read a map; its features are numbered from 1. Raises UnusableFile, OSError."""
    collection = _collection(path)
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise UnusableFile("not_geojson")
    if not features:
        raise UnusableFile("no_features")
    rows, refusals = [], []
    for number, feature in enumerate(features, start=1):
        try:
            rows.append(_outline(number, feature))
        except Fault as fault:
            refusals.append(Refusal(number, fault.code, fault.value))
    said = [clean_line(str(collection[name])) for name in _SOURCES if collection.get(name)]
    return Outlines(rows, refusals, source=said[0] if said else path.name)


def _collection(path: Path) -> dict[str, object]:
    if path.stat().st_size > LARGEST_FILE:
        raise UnusableFile("map_too_big", megabytes=str(LARGEST_FILE // 1_000_000))
    try:
        collection = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise UnusableFile("not_geojson") from None
    if not isinstance(collection, dict):
        raise UnusableFile("not_geojson")
    return collection


def _outline(number: int, feature: object) -> OutlineRow:
    if not isinstance(feature, dict):
        raise Fault("outline_missing")
    codes = _codes(feature)
    if not codes:
        raise Fault("place_missing")
    polygons = _polygons(feature.get("geometry"))
    if not polygons:
        raise Fault("outline_missing", codes[0])
    return OutlineRow(number, codes, polygons)


def _codes(feature: Mapping[str, object]) -> tuple[str, ...]:
    """Everything that may name the place; digits also as the OKTMO of a municipality."""
    properties = feature.get("properties")
    said = [feature.get("id")]
    if isinstance(properties, dict):
        said += [properties.get(name) for name in _CODES]
    codes = []
    for value in said:
        if isinstance(value, str | int) and not isinstance(value, bool):
            code = clean_line(str(value))[:_LONGEST_CODE]
            codes.append(code)
            if code.isdecimal():
                codes.append(municipality_code(code))
    return tuple(dict.fromkeys(filter(None, codes)))


def _polygons(geometry: object) -> tuple[Polygon, ...]:
    """Polygons of a geometry. Raises Fault for one that is none."""
    if not isinstance(geometry, dict):
        raise Fault("outline_missing")
    given = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        given = [given]
    elif geometry.get("type") != "MultiPolygon":
        raise Fault("outline_not_polygon", str(geometry.get("type"))[:_LONGEST_CODE])
    if not isinstance(given, list):
        raise Fault("outline_broken")
    return tuple(filter(None, map(_polygon, given)))


def _polygon(given: object) -> Polygon:
    if not isinstance(given, list):
        raise Fault("outline_broken")
    rings = [_ring(ring) for ring in given]
    return [ring for ring in rings if len(ring) >= _FEWEST_POINTS]


def _ring(given: object) -> Sequence[Degrees]:
    if not isinstance(given, list):
        raise Fault("outline_broken")
    return [_point(point) for point in given]


def _point(given: object) -> Degrees:
    if not isinstance(given, list) or len(given) < 2:  # a height may follow
        raise Fault("outline_broken")
    longitude, latitude = given[0], given[1]
    if not isinstance(longitude, int | float) or not isinstance(latitude, int | float):
        raise Fault("outline_broken")
    # Up to a turn more than usual: a country may run on beyond the 180th meridian. Asked so, what
    # is no number is outside too, and a whole one of hundreds of digits, which no float holds.
    if not (abs(longitude) <= 360 and abs(latitude) <= 90):
        raise Fault("outline_outside")
    return float(longitude), float(latitude)
