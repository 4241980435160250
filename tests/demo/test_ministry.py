"""The ministries' lists: everybody is in them once, and a few rows make a person ask."""

from collections import Counter
from datetime import date

import pytest

from sinergia.engine.identifiers import read_inn
from sinergia.web.demo import stock
from sinergia.web.demo.ministry import ListRow
from sinergia.web.demo.story import tell

DEMO = tell(1)
LISTS = {region.code: list(DEMO.list_of(region.code)) for region in DEMO.regions}


@pytest.mark.parametrize("region", LISTS)
def test_a_list_holds_its_region_whole(region: str) -> None:
    there = {one.ogrn for one in DEMO.organisations if one.region == region}
    numbers = Counter(row.ogrn for row in LISTS[region] if row.ogrn)

    assert there <= set(numbers)
    assert max(numbers.values()) == 1
    assert list(LISTS[region][0].columns(region)) == list(ListRow.COLUMNS[region].values())


def test_four_rows_make_somebody_ask() -> None:
    moved = [
        row.name for row in LISTS["XB-YAR"] if row.ogrn.startswith("1") and row.ogrn[5:7] == "51"
    ]
    nobodys = [(row.name, row.inn) for rows in LISTS.values() for row in rows if not row.ogrn]

    assert [name.rpartition("«")[2] for name in moved] == ["Взрослый рядом»"]
    assert [name for name, _ in nobodys] == [
        "Благотворительный фонд «Зимний сад у вокзала»",
        "Инициативная группа «Мост через Меловку»",
        "Автономная некоммерческая организация «Лодочная станция»",
    ]
    read = [read_inn(inn) for _, inn in nobodys if inn]
    assert [found.is_valid for found in read if found] == [False, False]


def test_those_of_the_stories_are_at_work_and_the_closed_have_closed_this_year() -> None:
    rows = [row for one in LISTS.values() for row in one]
    known = [known.brand for known in stock.cast().known]
    told = {row.status for row in rows if any(f"«{brand}»" in row.name for brand in known)}

    assert told == {"Действующая"}
    assert {row.closed_on is not None for row in rows if row.status == "Ликвидирована"} == {True}
    assert {row.closed_on.year for row in rows if row.closed_on} == {2026}
    assert all(row.closed_on is None or row.closed_on > date(2026, 2, 1) for row in rows)
    sites = {(row.site, row.ogrn) for row in rows if row.site}
    assert len({site for site, _ in sites}) == len(sites) > 100


def test_every_field_has_a_theme_in_both_regions() -> None:
    for words in stock.themes().values():
        codes = {code for code, _, _ in words.themes}
        assert {words.national[field.direction - 1] for field in stock.fields().values()} <= codes
    assert stock.ministry().works.keys() == stock.fields().keys()
    assert len(set(stock.ministry().works.values())) == len(stock.fields())
