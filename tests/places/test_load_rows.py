"""Municipalities and figures of our documented columns."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.places.actions import Refusal, load_indicators, load_municipalities
from sinergia.places.models import Indicator, Municipality
from sinergia.places.queries import indicators_of
from sinergia.places.reading import UnusableFile, read_indicators, read_municipalities
from tests.arrange import NOON, a_person, a_region, an_administrator
from tests.places.files import a_table, an_indicator_row

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def a_town_row(oktmo: object = "55702000", **more: object) -> dict[str, object]:
    return {
        "oktmo": oktmo,
        "region": "XA-SVB",
        "name_ru": "Кленовск",
        "name_en": "Klenovsk",
        "population": "112 400",
        "latitude": "53,214",
        "longitude": "50.173",
    } | more


def test_municipalities_come_in_once_with_their_zeros_given_back(tmp_path: Path) -> None:
    olga, region = an_administrator(), a_region()
    file = a_table(tmp_path / "towns.csv", a_town_row(), a_town_row("1701000.0", name_ru="Барск"))

    first = load_municipalities(read_municipalities(file), actor=olga, now=NOON)
    second = load_municipalities(read_municipalities(file), actor=olga, now=NOON)

    assert (first.created, second.unchanged, second.is_change) == (2, 2, False)
    town = Municipality.objects.get(oktmo="55702000")
    assert (town.region, town.name_folded, town.population) == (region, "кленовск", 112_400)
    assert (town.latitude, town.longitude) == (Decimal("53.214"), Decimal("50.173"))
    assert Municipality.objects.filter(oktmo="01701000").exists()
    assert [entry.verb for entry in Entry.objects.all()] == ["places.municipalities_loaded"]


def test_without_a_region_the_longest_beginning_of_the_oktmo_tells(tmp_path: Path) -> None:
    for code, beginning in (("XA-SVB", "11"), ("XB-YAR", "118")):
        region = a_region(code, f"Край {code}")
        region.oktmo = beginning
        region.save()
    file = a_table(
        tmp_path / "towns.csv",
        a_town_row("11701000", region=""),
        a_town_row("11851000", region=""),
        a_town_row("99701000", region=""),
    )

    counts = load_municipalities(read_municipalities(file), actor=an_administrator(), now=NOON)

    found = Municipality.objects.order_by("oktmo").values_list("oktmo", "region__code")
    assert list(found) == [("11701000", "XA-SVB"), ("11851000", "XB-YAR")]
    assert counts.refusals == [Refusal(4, "region_unknown", "99701000")]


def test_a_region_that_is_not_known_is_not_guessed_from_the_oktmo(tmp_path: Path) -> None:
    region = a_region()
    region.oktmo = "55"
    region.save()
    file = a_table(tmp_path / "towns.csv", a_town_row(region="Тмутаракань"))

    counts = load_municipalities(read_municipalities(file), actor=an_administrator(), now=NOON)

    assert counts.refusals == [Refusal(2, "region_unknown", "Тмутаракань")]


def test_figures_come_in_once_and_a_new_value_takes_the_place_of_the_old(tmp_path: Path) -> None:
    olga, region = an_administrator(), a_region()
    file = a_table(
        tmp_path / "figures.csv",
        an_indicator_row(date="31.12.2024", value="39,0"),
        an_indicator_row(),
        an_indicator_row(
            "Светлоборская область", code="population", unit="people", value="1 200 000", margin=""
        ),
    )

    first = load_indicators(read_indicators(file), actor=olga, now=NOON)
    second = load_indicators(read_indicators(file), actor=olga, now=NOON)
    a_table(file, an_indicator_row(value="42"))
    third = load_indicators(read_indicators(file), actor=olga, now=NOON)

    assert (first.created, second.unchanged, third.updated) == (3, 3, 1)
    population, trust = indicators_of(region)
    assert (population.latest.value, population.latest.margin) == (Decimal(1_200_000), None)
    assert [(value.on, value.value) for value in trust.series] == [
        (date(2024, 12, 31), Decimal(39)),
        (date(2025, 12, 31), Decimal(42)),
    ]
    assert (trust.latest.margin, trust.latest.name) == (Decimal("2.8"), "Доверяют НКО")
    assert Entry.objects.count() == 2


def test_figures_that_cannot_be_taken_are_named(tmp_path: Path) -> None:
    a_region()
    file = a_table(
        tmp_path / "figures.csv",
        an_indicator_row("Тмутаракань"),
        an_indicator_row(value="много"),
        an_indicator_row(date="завтра"),
        an_indicator_row(source=""),
        an_indicator_row(value="1" * 16),
        an_indicator_row(margin="-1"),
        an_indicator_row(),
        an_indicator_row(value="7"),
    )

    counts = load_indicators(read_indicators(file), actor=an_administrator(), now=NOON)

    assert counts.created == 1
    assert [(refusal.row, refusal.code) for refusal in counts.refusals] == [
        (2, "region_unknown"),
        (3, "cell_not_number"),
        (4, "cell_not_date"),
        (5, "cell_empty"),
        (6, "cell_too_large"),
        (7, "cell_negative"),
        (9, "repeated"),
    ]


def test_a_table_without_the_columns_says_which_are_missing(tmp_path: Path) -> None:
    file = a_table(tmp_path / "figures.csv", {"region": "XA-SVB", "code": "trust", "value": 4})

    with pytest.raises(UnusableFile) as refused:
        read_indicators(file)

    assert refused.value.values == {"columns": "date, unit, source"}


def test_nobody_else_loads_municipalities_or_figures(tmp_path: Path) -> None:
    boris = a_person("boris")
    towns = a_table(tmp_path / "towns.csv", a_town_row())
    figures = a_table(tmp_path / "figures.csv", an_indicator_row())

    with pytest.raises(PermissionDenied):
        load_municipalities(read_municipalities(towns), actor=boris, now=NOON)
    with pytest.raises(PermissionDenied):
        load_indicators(read_indicators(figures), actor=boris, now=NOON)
    assert not Indicator.objects.exists()
