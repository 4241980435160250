"""Names, titles and identifiers: no two alike, well written, nobody's."""

import re
from collections import Counter

import pytest
from stdnum.ru import inn, ogrn

from sinergia.web.demo import stock
from sinergia.web.demo.rows import GrantRow, columns_of
from sinergia.web.demo.story import tell

DEMO = tell(1)
ROWS = [row for fund in DEMO.funds for row in DEMO.grants_of(fund.code)]
TEXTS = sorted(
    {one.name for one in DEMO.organisations}
    | {one.short_name for one in DEMO.organisations}
    | {row.title for row in ROWS}
    | {row.essence for row in ROWS}
    | {row.name_ru for row in DEMO.municipalities}
    | {row.name_ru for row in DEMO.funds}
    | {row.name_ru for row in DEMO.themes}
)


def test_identifiers_check_and_are_of_no_region() -> None:
    for one in DEMO.organisations:
        assert ogrn.is_valid(one.ogrn)
        assert inn.is_valid(one.inn)
        assert (one.ogrn[3:5], one.inn[:2]) == ("00", "00")
        assert one.ogrn[1:3] == f"{one.registered_on:%y}"
    assert len({one.ogrn for one in DEMO.organisations}) == len(DEMO.organisations) == 430
    assert len({one.inn for one in DEMO.organisations}) == 430


def test_no_two_organisations_have_one_name() -> None:
    names = Counter(one.name.casefold().replace("ё", "е") for one in DEMO.organisations)
    short = Counter(one.short_name.casefold() for one in DEMO.organisations)

    assert {max(names.values()), max(short.values())} == {1}
    assert Counter(one.region for one in DEMO.organisations) == {"XA-SVB": 300, "XB-YAR": 130}


def test_the_five_hosts_are_in_region_a_and_tomorrow_by_the_river_in_rudny_log() -> None:
    towns = {town.oktmo: town.centre_ru for town in DEMO.municipalities}

    hosts = {one.short_name for one in DEMO.organisations if one.is_host}
    river = next(one for one in DEMO.organisations if "«Завтра у реки»" in one.name)

    assert hosts == {
        "АНО «Полтора шага»",
        "РОО «Светофор во дворе»",
        "ЧУ «Мандариновая гора»",
        "АНО «Старая верста»",
        "БФ «Сказка на обходе»",
    }
    assert {one.region for one in DEMO.organisations if one.is_host} == {"XA-SVB"}
    assert towns[river.oktmo] == "Рудный Лог"


def test_no_title_stands_twice_in_a_region_and_a_year() -> None:
    titles = Counter((row.region_code, row.contest_year, row.title) for row in ROWS)

    assert [key for key, count in titles.items() if count > 1] == []
    assert len({row.title for row in ROWS}) > 700


@pytest.mark.parametrize(
    ("wrong", "pattern"),
    [
        ("doubled or trailing spaces", r"  |^ | $|[\u00a0\t\n]"),
        ("a space before a mark", r" [,.:;!?»]"),
        ("no space after a mark", r"[,;:][^\s]"),
        ("a hyphen for a dash", r" - | -|- "),
        ("an open place", r"[{}]"),
        ("straight quotes", r"[\"']"),
        ("doubled marks", r",,|\.\.|::|!!|\?\?"),
        ("letters of two alphabets in a word", r"[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]"),
        ("the wrong preposition", r"\bв В[бвгджзклмнпрстфхцчшщ]"),
        ("a number with a noun in the wrong form", r"\b(?!1[1-4]\b)\d*[1-4] [а-яё]+(ов|ей|ёв)\b"),
    ],
)
def test_russian_is_written_by_the_book(wrong: str, pattern: str) -> None:
    assert [text for text in TEXTS if re.search(pattern, text)] == [], wrong


def test_quotes_are_paired() -> None:
    for text in TEXTS:
        depth = 0
        for letter in text:
            depth += {"«": 1, "»": -1}.get(letter, 0)
            assert depth in {0, 1, 2}, text
        assert depth == 0, text


def test_texts_fit_where_they_are_kept() -> None:
    assert max(len(row.title) for row in ROWS) <= 300
    assert max(len(one.name) for one in DEMO.organisations) <= 300


def test_ideas_are_unlike_and_every_field_has_enough() -> None:
    ideas = [idea for field in stock.fields().values() for idea in field.ideas]
    brands = [brand for field in stock.fields().values() for brand in field.brands]

    assert len({idea.title for idea in ideas}) == len(ideas) >= 400
    assert len({idea.essence for idea in ideas}) == len(ideas)
    assert len(set(brands)) == len(brands)
    assert min(len(field.ideas) for field in stock.fields().values()) >= 12


def test_places_have_names_and_numbers_of_their_own() -> None:
    towns = DEMO.municipalities

    assert len({town.oktmo for town in towns}) == len({town.name_ru for town in towns}) == 34
    assert len({town.name_en for town in towns}) == 34
    assert {(town.region, town.oktmo[:2]) for town in towns} == {("XA-SVB", "55"), ("XB-YAR", "59")}
    assert {"Светлоборск", "Кленовск", "Ярогорск", "Ковыльск", "Рудный Лог", "Меловец"} < {
        town.centre_ru for town in towns
    }


def test_rows_give_our_columns_and_the_fund_its_own() -> None:
    row = ROWS[0]

    assert list(row.columns()) == list(GrantRow.COLUMNS.values())
    assert len(row.columns()) == 18
    assert row.columns()["Название проекта"] == row.title
    assert columns_of(DEMO.regions[1])["spellings"] == "; ".join(DEMO.regions[1].spellings)
    assert list(columns_of(DEMO.indicators[0])) == [
        "region",
        "code",
        "date",
        "value",
        "unit",
        "source",
        "margin",
        "name_ru",
        "name_en",
    ]
