from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from sinergia.base.journal.models import Entry
from sinergia.places.actions import LoadCounts, Refusal, load_outlines
from sinergia.places.models import Sheet
from sinergia.places.queries import sheet_of
from sinergia.places.reading import UnusableFile, read_outlines
from tests.arrange import NOON, a_municipality, a_person, a_region, an_administrator
from tests.places.files import a_feature, a_map

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def load(path: Path) -> LoadCounts:
    return load_outlines(read_outlines(path), actor=an_administrator(path.name), now=NOON)


def test_a_map_of_regions_is_drawn_once(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_region("XA-SVB"), a_region("XB-YAR", "Ярогорский край")
    features = [a_feature("XA-SVB"), a_feature("XB-YAR", west=35)]
    file = a_map(tmp_path / "regions.geojson", features, source="© Invented")

    first = load(file)
    keys = list(Sheet.objects.values_list("key", "shapes__pk"))
    second = load_outlines(read_outlines(file), actor=an_administrator(), now=NOON)

    assert (first.created, second.unchanged, second.is_change) == (2, 2, False)
    assert list(Sheet.objects.values_list("key", "shapes__pk")) == keys
    assert [entry.verb for entry in Entry.objects.all()] == ["places.map_drawn"]
    with django_assert_num_queries(1):
        sheet = sheet_of(None)
    assert sheet is not None
    assert (sheet.source, [area.key for area in sheet.areas]) == (
        "© Invented",
        ["XA-SVB", "XB-YAR"],
    )
    assert sheet.areas[0].label_x < sheet.areas[1].label_x


def test_a_map_of_municipalities_belongs_to_their_region(tmp_path: Path) -> None:
    region = a_region()
    town, village = a_municipality("Кленовск"), a_municipality("Вересовск")
    features = [a_feature(town.oktmo), a_feature(f"{village.oktmo}001", west=36)]

    load(a_map(tmp_path / "towns.geojson", features))

    sheet = sheet_of(region)
    assert sheet is not None
    assert sheet.source == "towns.geojson"
    assert {area.key for area in sheet.areas} == {str(town.key), str(village.key)}
    assert sheet_of(None) is None


def test_the_next_map_takes_the_place_of_the_last(tmp_path: Path) -> None:
    a_region("XA-SVB"), a_region("XB-YAR", "Ярогорский край")
    load(a_map(tmp_path / "a.geojson", [a_feature("XA-SVB"), a_feature("XB-YAR", west=35)]))

    counts = load(a_map(tmp_path / "b.geojson", [a_feature("xa-svb", size=7)]))

    sheet = sheet_of(None)
    assert sheet is not None
    assert (counts.rows, counts.updated + counts.unchanged, counts.is_change) == (1, 1, True)
    assert [area.key for area in sheet.areas] == ["XA-SVB"]


def test_features_that_cannot_be_drawn_are_named(tmp_path: Path) -> None:
    a_region()
    nameless: object = {"type": "Feature", "properties": {}, "geometry": None}
    point = {
        "type": "Feature",
        "id": "XA-SVB",
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    swapped = a_feature("XA-SVB", west=10, south=140)
    infinite = a_feature("XA-SVB", west=float("inf"))
    nowhere, endless = (a_feature("XA-SVB", south=far) for far in (float("nan"), 10**400))
    features = [
        nameless,
        point,
        swapped,
        infinite,
        a_feature("XX-NO"),
        a_feature("XA-SVB"),
        a_feature("XA-SVB"),
        7,
        nowhere,
        endless,
    ]
    file = a_map(tmp_path / "map.geojson", features)

    counts = load(file)

    assert counts.created == 1
    assert counts.refusals == [
        Refusal(1, "place_missing", ""),
        Refusal(2, "outline_not_polygon", "Point"),
        Refusal(3, "outline_outside", ""),
        Refusal(4, "outline_outside", ""),
        Refusal(5, "place_unknown", "XX-NO"),
        Refusal(7, "repeated", "XA-SVB"),
        Refusal(8, "outline_missing", ""),
        Refusal(9, "outline_outside", ""),
        Refusal(10, "outline_outside", ""),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_geojson"),
        (b"\x00\xff\xfe", "not_geojson"),
        (b"[]", "not_geojson"),
        (b'{"type": "Topology"}', "not_geojson"),
        (b"[" * 100_000, "not_geojson"),
        (b'{"type": "FeatureCollection", "features": []}', "no_features"),
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "map.geojson"
    file.write_bytes(content)

    with pytest.raises(UnusableFile) as refused:
        read_outlines(file)

    assert refused.value.code == code


def test_nobody_else_draws_maps(tmp_path: Path) -> None:
    file = a_map(tmp_path / "map.geojson", [a_feature("XA-SVB")])

    with pytest.raises(PermissionDenied):
        load_outlines(read_outlines(file), actor=a_person("boris"), now=NOON)
