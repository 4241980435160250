"""On real files, where they are; nothing of them is kept here."""

import csv
from collections import Counter
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random

import pytest
from django.db.models import Sum

from sinergia.places.actions import (
    LoadCounts,
    load_indicators,
    load_municipalities,
    load_outlines,
    load_regions,
)
from sinergia.places.models import Indicator, Municipality, Region, RegionName
from sinergia.places.queries import municipality_of, regions_by_spelling, sheet_of
from sinergia.places.reading import (
    read_indicators,
    read_municipalities,
    read_outlines,
    read_regions,
)
from sinergia.places.reading.cells import municipality_code
from tests.arrange import NOON, an_administrator

pytestmark = pytest.mark.django_db

REGISTER = "local-only/egrul_add_dump_2022_07.csv"
REGISTRATIONS = "fns_nonprofit_registrations_2012_2019.csv"


@pytest.fixture
def lists(shared_data: Path) -> Path:
    """The folder of lists of places, with its regions loaded."""
    folder = shared_data / "open" / "ru-regions"
    load_regions(read_regions(folder / "hflabs_region.csv"), actor=an_administrator(), now=NOON)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(counts: LoadCounts) -> tuple[int, int, int, int, int]:
    return counts.rows, counts.created, counts.updated, counts.unchanged, counts.refused


def test_the_list_of_regions_loads_as_it_is_and_again(lists: Path) -> None:
    spelled = set(RegionName.objects.values_list("pk", flat=True))

    again = load_regions(
        read_regions(lists / "hflabs_region.csv"), actor=an_administrator("2"), now=NOON
    )

    assert told(again) == (86, 0, 0, 86, 0)
    assert set(RegionName.objects.values_list("pk", flat=True)) == spelled


@pytest.mark.parametrize(
    ("code", "name_ru", "name_en", "kind", "oktmo", "time_zone"),
    [
        ("RU-KLU", "Калужская область", "Kaluga Oblast", "oblast", "29", "Etc/GMT-3"),
        ("RU-AD", "Республика Адыгея", "Republic of Adygea", "republic", "79", "Etc/GMT-3"),
        ("RU-CU", "Чувашская Республика", "Republic of Chuvashia", "republic", "97", "Etc/GMT-3"),
        (
            "RU-SA",
            "Республика Саха (Якутия)",
            "Republic of Sakha (Yakutia)",
            "republic",
            "98",
            "Etc/GMT-9",
        ),
        ("RU-KEM", "Кемеровская область — Кузбасс", "Kemerovo Oblast", "oblast", "32", "Etc/GMT-7"),
        (
            "RU-KHM",
            "Ханты-Мансийский автономный округ — Югра",
            "Khanty-Mansi Autonomous Okrug",
            "okrug",
            "718",
            "Etc/GMT-5",
        ),
        (
            "RU-NEN",
            "Ненецкий автономный округ",
            "Nenets Autonomous Okrug",
            "okrug",
            "118",
            "Etc/GMT-3",
        ),
        ("RU-AMU", "Амурская область", "Amur Oblast", "oblast", "10", "Etc/GMT-9"),
        ("RU-MOW", "Москва", "Moscow", "city", "45", "Etc/GMT-3"),
    ],
)
@pytest.mark.usefixtures("lists")
def test_names_are_written_out(  # one row of the list, told by all of these
    code: str, name_ru: str, name_en: str, kind: str, oktmo: str, time_zone: str
) -> None:
    region = Region.objects.get(code=code)

    said = (region.name_ru, region.name_en, region.kind, region.oktmo, region.time_zone)
    assert said == (name_ru, name_en, kind, oktmo, time_zone)


@pytest.mark.usefixtures("lists")
def test_no_two_regions_have_one_name() -> None:
    for name in ("name_ru", "name_en"):
        names = Counter(Region.objects.values_list(name, flat=True))
        assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.usefixtures("lists")
def test_every_spelling_of_the_register_finds_its_region(shared_data: Path) -> None:
    rows = rows_of(shared_data / REGISTER)
    found = regions_by_spelling(row["region"] for row in rows)

    assert {row["region"] for row in rows} - found.keys() == set()
    assert len({region.pk for region in found.values()}) == len({row["region"] for row in rows})
    # The first digits of an OKTMO are another witness; the register keeps a region's districts
    # with it, and moved organisations with their old place.
    coded = [row for row in rows if row["oktmo_code"]]
    agreeing = [
        row
        for row in coded
        if municipality_code(row["oktmo_code"].removesuffix(".0").zfill(11)).startswith(
            found[row["region"]].oktmo[:2]
        )
    ]
    assert len(agreeing) >= 0.99 * len(coded)


@pytest.mark.usefixtures("lists")
def test_every_spelling_of_the_funds_files_finds_its_region(shared_data: Path) -> None:
    pytest.importorskip("openpyxl")
    spec = spec_from_file_location("make_pgf_xlsx", shared_data / "make_pgf_xlsx.py")
    assert spec is not None
    assert spec.loader is not None
    maker = module_from_spec(spec)
    spec.loader.exec_module(maker)
    clean = {
        row["region"]: maker.region_name(row["region"]) for row in rows_of(shared_data / REGISTER)
    }
    dirt = maker.Dirt(Random(1))
    dirty = {dirt.region(name): name for name in clean.values() for _ in range(60)}

    found = regions_by_spelling([*clean, *clean.values(), *dirty])

    assert {raw: found.get(name) for raw, name in clean.items()} == {
        raw: found[raw] for raw in clean
    }
    assert {text: found.get(text) for text in dirty} == {
        text: found[name] for text, name in dirty.items()
    }
    assert len(dirty) > 2 * len(clean)


def test_the_list_of_towns_makes_municipalities(lists: Path) -> None:
    file = lists / "hflabs_city.csv"

    first = load_municipalities(read_municipalities(file), actor=an_administrator("1"), now=NOON)
    second = load_municipalities(read_municipalities(file), actor=an_administrator("2"), now=NOON)

    assert told(first) == (1117, 1090, 0, 27, 0)
    assert told(second) == (1117, 0, 0, 1117, 0)
    found = {
        oktmo: Municipality.objects.values_list("name_ru", "region__code").get(oktmo=oktmo)
        for oktmo in (
            "45000000",
            "57708000",
            "47737000",
            "35729000",
            "11851000",
            "71876000",
            "96634101",
            "46755000",
        )
    }
    assert found == {
        "45000000": ("Москва", "RU-MOW"),
        "57708000": ("Березники", "RU-PER"),
        "47737000": ("Полярный", "RU-MUR"),
        "35729000": ("Ялта", "UA-43"),
        "11851000": ("Нарьян-Мар", "RU-NEN"),
        "71876000": ("Сургут", "RU-KHM"),
        "96634101": ("Урус-Мартан", "RU-CE"),
        "46755000": ("Одинцово", "RU-MOS"),
    }
    assert not Municipality.objects.filter(name_ru="").exists()
    kaluga = Region.objects.get(code="RU-KLU")
    obninsk = municipality_of(kaluga, "г. Обнинск")
    assert obninsk is not None
    assert (obninsk.oktmo, obninsk.time_zone) == ("29715000", "Etc/GMT-3")


def test_the_map_of_regions_is_drawn_as_it_is(lists: Path) -> None:
    file = lists / "russia_regions_naturalearth_superset.geojson"

    first = load_outlines(read_outlines(file), actor=an_administrator("1"), now=NOON)
    second = load_outlines(read_outlines(file), actor=an_administrator("2"), now=NOON)

    sheet = sheet_of(None)
    assert sheet is not None
    assert (told(first), told(second)) == ((85, 85, 0, 0, 0), (85, 0, 0, 85, 0))
    places = {area.key: area for area in sheet.areas}
    assert sheet.width == 640
    assert max(places.values(), key=lambda area: area.label_x).key in ("RU-CHU", "RU-KAM")
    assert sum(len(area.path) for area in sheet.areas) < 45_000


def test_the_statistics_of_registrations_add_up_to_their_check_figures(lists: Path) -> None:
    file = lists / REGISTRATIONS

    first = load_indicators(read_indicators(file), actor=an_administrator("1"), now=NOON)
    second = load_indicators(read_indicators(file), actor=an_administrator("2"), now=NOON)

    assert (told(first), told(second)) == ((3474, 3474, 0, 0, 0), (3474, 0, 0, 3474, 0))
    sums = {
        (code, year): Indicator.objects.filter(code=code, on__year=year).aggregate(Sum("value"))
        for code in ("npo_entered.special_order", "npo_ended.special_order")
        for year in (2012, 2019)
    }
    assert {key: found["value__sum"] for key, found in sums.items()} == {
        ("npo_entered.special_order", 2012): Decimal(18_812),
        ("npo_ended.special_order", 2012): Decimal(24_091),
        ("npo_entered.special_order", 2019): Decimal(12_502),
        ("npo_ended.special_order", 2019): Decimal(13_928),
    }
    years = Indicator.objects.filter(code="npo_entered.special_order")
    assert {
        code: [
            on.year
            for on in years.filter(region__code=code).order_by("on").values_list("on", flat=True)
        ]
        for code in ("RU-NEN", "RU-ARK", "KZ-BAY", "UA-43")
    } == {
        "RU-NEN": [2012, 2013, 2014],
        "RU-ARK": list(range(2012, 2020)),
        "KZ-BAY": list(range(2012, 2019)),
        "UA-43": list(range(2014, 2020)),
    }
    joined = years.filter(
        region__code="RU-ARK", source__endswith="; Архангельская область и Ненецкий АО"
    )
    assert [value.on.year for value in joined.order_by("on")] == [2015, 2016, 2017, 2018]
