"""Files about places as an operator brings them, made where they are needed."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path


def a_table(path: Path, *rows: Mapping[str, object]) -> Path:
    """CSV whose columns are the keys of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def a_feature(code: str, *, west: float = 30, south: float = 50, size: float = 5) -> object:
    """A square place."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": code, "properties": {}, "geometry": geometry}


def a_map(path: Path, features: Sequence[object], **more: object) -> Path:
    """GeoJSON of some features."""
    collection = {"type": "FeatureCollection", **more, "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def a_region_row(code: str = "XA-SVB", **more: object) -> dict[str, object]:
    """A row of our documented columns."""
    return {
        "code": code,
        "name_ru": "Светлоборская область",
        "name_en": "Svetloborsk Region",
        "kind": "oblast",
        "oktmo": "55000000",
        "timezone": "Europe/Samara",
        "spellings": "Светлоборская обл.; обл. Светлоборская; Светлоборье",
    } | more


def an_indicator_row(region: str = "XA-SVB", **more: object) -> dict[str, object]:
    """A row of our documented columns."""
    return {
        "region": region,
        "code": "trust_in_npo",
        "date": "2025-12-31",
        "value": "41.5",
        "unit": "percent",
        "source": "Опрос ресурсного центра, 1 200 человек",
        "margin": "2.8",
        "name_ru": "Доверяют НКО",
        "name_en": "Trust in non-profits",
    } | more
