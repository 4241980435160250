from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.places.actions import Refusal, give_spelling, load_regions
from sinergia.places.models import Region, RegionName
from sinergia.places.queries import region_by, region_of
from sinergia.places.reading import read_regions
from tests.arrange import NOON, a_person, a_region, an_administrator
from tests.places.files import a_region_row, a_table

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_regions_of_our_columns_come_in_once_and_a_second_load_changes_nothing(
    tmp_path: Path,
) -> None:
    olga = an_administrator()
    file = a_table(tmp_path / "regions.csv", a_region_row())

    first = load_regions(read_regions(file), actor=olga, now=NOON)
    spelled = set(RegionName.objects.values_list("pk", "spelling"))
    second = load_regions(read_regions(file), actor=olga, now=NOON)

    region = Region.objects.get()
    assert (first.rows, first.created, second.unchanged, second.is_change) == (1, 1, 1, False)
    assert (region.code, region.kind, region.oktmo, region.time_zone, region.name_folded) == (
        "XA-SVB",
        "oblast",
        "55",
        "Europe/Samara",
        "светлоборская область",
    )
    assert set(RegionName.objects.values_list("pk", "spelling")) == spelled
    assert [entry.verb for entry in Entry.objects.all()] == ["places.regions_loaded"]


def test_a_changed_row_changes_its_region_alone(tmp_path: Path) -> None:
    olga = an_administrator()
    other = a_region_row("XB-YAR", name_ru="Ярогорский край", name_en="Yarogorsk", spellings="")
    file = a_table(tmp_path / "regions.csv", a_region_row(), other)
    load_regions(read_regions(file), actor=olga, now=NOON)
    a_table(file, a_region_row(name_en="Svetly Bor", spellings=""), other)

    counts = load_regions(read_regions(file), actor=olga, now=NOON)

    assert (counts.updated, counts.unchanged) == (1, 1)
    assert region_of("Светлоборье") is None
    assert region_of("обл. Светлоборская") == Region.objects.get(code="XA-SVB")


def test_a_dry_run_says_what_would_be_and_changes_nothing(tmp_path: Path) -> None:
    file = a_table(tmp_path / "regions.csv", a_region_row())

    counts = load_regions(read_regions(file), actor=an_administrator(), now=NOON, is_dry_run=True)

    assert counts.created == 1
    assert not Region.objects.exists()
    assert not RegionName.objects.exists()
    assert not Entry.objects.exists()


def test_nobody_else_loads_regions(tmp_path: Path) -> None:
    file = a_table(tmp_path / "regions.csv", a_region_row())

    with pytest.raises(PermissionDenied):
        load_regions(read_regions(file), actor=a_person("boris"), now=NOON)


def test_rows_that_cannot_be_taken_are_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    file = a_table(
        tmp_path / "regions.csv",
        a_region_row(),
        a_region_row("Калуга"),
        a_region_row("XC-ONE", name_ru=""),
        a_region_row("XC-TWO", timezone="Луна"),
        a_region_row("XC-TRI", kind="царство"),
        a_region_row("XC-FOR", name_ru="я" * 121),
        a_region_row("XA-SVB", name_ru="Другая область"),
    )

    counts = load_regions(read_regions(file), actor=an_administrator(), now=NOON)

    assert (counts.rows, counts.created, counts.refused) == (7, 1, 6)
    assert counts.refusals == [
        Refusal(3, "code_not_iso", "КАЛУГА"),
        Refusal(4, "cell_empty", "name_ru"),
        Refusal(5, "cell_not_zone", "timezone"),
        Refusal(6, "kind_unknown", "царство"),
        Refusal(7, "cell_too_long", "name_ru"),
        Refusal(8, "repeated", "XA-SVB"),
    ]


def test_a_spelling_that_two_regions_claim_finds_neither(tmp_path: Path) -> None:
    file = a_table(
        tmp_path / "regions.csv",
        a_region_row(spellings="Боровой край; Заречье"),
        a_region_row("XB-YAR", name_ru="Ярогорский край", name_en="Y", spellings="Заречье"),
    )

    for _ in range(2):
        load_regions(read_regions(file), actor=an_administrator(str(_)), now=NOON)

    assert region_of("Заречье") is None
    assert region_of("боровой") == Region.objects.get(code="XA-SVB")


def test_a_city_and_the_region_around_it_keep_their_own_names(tmp_path: Path) -> None:
    file = a_table(
        tmp_path / "regions.csv",
        a_region_row("XA-MOW", name_ru="Москва", name_en="Moscow", spellings=""),
        a_region_row("XA-MOS", name_ru="Московская область", name_en="Moscow Oblast", spellings=""),
    )

    load_regions(read_regions(file), actor=an_administrator(), now=NOON)

    found = {text: region_by(text) for text in ("Moscow", "moscow oblast", "Moscow Krai", "xa-mos")}
    city, around = Region.objects.get(code="XA-MOW"), Region.objects.get(code="XA-MOS")
    assert found == {
        "Moscow": city,
        "moscow oblast": around,
        "Moscow Krai": None,
        "xa-mos": around,
    }


def test_what_a_person_said_survives_a_load(tmp_path: Path) -> None:
    olga = an_administrator()
    file = a_table(tmp_path / "regions.csv", a_region_row(spellings="Заречье"))
    load_regions(read_regions(file), actor=olga, now=NOON)
    other = a_region("XB-YAR", "Ярогорский край")
    give_spelling(" ЗАРЕЧЬЕ ", other, actor=olga, now=NOON)

    load_regions(read_regions(file), actor=olga, now=NOON)

    assert region_of("Заречье") == other
    assert region_of("г. Заречье") is None


def test_another_file_does_not_take_a_spelling_away(tmp_path: Path) -> None:
    olga = an_administrator()
    mine = a_table(tmp_path / "a.csv", a_region_row(spellings="Заречье"))
    theirs = a_table(
        tmp_path / "b.csv",
        a_region_row("XB-YAR", name_ru="Ярогорский край", name_en="Y", spellings="Заречье"),
    )

    for file in (mine, theirs, theirs):
        load_regions(read_regions(file), actor=olga, now=NOON)

    assert region_of("Заречье") == Region.objects.get(code="XA-SVB")


def test_saying_the_same_again_is_not_noted_twice() -> None:
    olga, region = an_administrator(), a_region()

    for _ in range(2):
        give_spelling("Светлоборье", region, actor=olga, now=NOON)

    assert [entry.verb for entry in Entry.objects.all()] == ["region.spelling_given"]
    assert region_of("СВЕТЛОБОРЬЕ ") == region


def test_a_spelling_without_letters_or_longer_than_names_are_can_be_given() -> None:
    olga, region = an_administrator(), a_region()
    long = "Очень длинное название " * 20

    give_spelling("55", region, actor=olga, now=NOON)
    give_spelling(long, region, actor=olga, now=NOON)

    assert (region_of("55"), region_of(long)) == (region, region)


def test_nobody_else_gives_a_spelling() -> None:
    region = a_region()

    with pytest.raises(PermissionDenied):
        give_spelling("Светлоборье", region, actor=a_person("boris"), now=NOON)
