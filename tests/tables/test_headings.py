from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from sinergia.base.tables.headings import (
    Headings,
    apply_mapping,
    data_rows,
    fields_of,
    find_headings,
    grants_fields,
    header_digest,
)
from sinergia.base.tables.matching import Field, words_of_heading
from sinergia.base.tables.reading import Book, Cell, Sheet, Unreadable, open_table
from tests.tables.books import a_text

FUND = [
    "Номер заявки", "Конкурс", "Организация", "ОГРН", "ИНН", "Регион", "Название проекта",
    "Грантовое направление", "Запрошенная сумма", "Общая сумма расходов", "Начало реализации",
    "Окончание реализации", "Статус проекта", "Дата решения о гранте", "Размер гранта",
    "Оценка результатов", "Информация о нарушениях",
]  # fmt: skip
CODES = [
    "number", "contest", "organisation", "ogrn", "inn", "region", "title", "direction", "asked",
    "cost", "starts_on", "ends_on", "status", "decided_on", "awarded", "result", "violations",
]  # fmt: skip


def a_book(*sheets: Sequence[Sequence[Cell]]) -> Book:
    """A book in memory, its sheets named by their numbers."""

    def source(rows: Sequence[Sequence[Cell]]) -> Sheet:
        return Sheet(str(sheets.index(rows) + 1), lambda: iter([list(row) for row in rows]))

    return Book("xlsx", [source(rows) for rows in sheets])


def found_in(*rows: Sequence[Cell]) -> Headings:
    """The headings of a fund's table with these rows."""
    headings = find_headings(a_book(rows), grants_fields())
    assert headings is not None
    return headings


def is_data(row: Sequence[Cell]) -> bool:
    """Whether a row under the headings is read as one of the table's own."""
    labels: list[Cell] = ["Номер заявки", "Организация", "Статус"]
    return bool(list(data_rows(a_book([labels, row]).sheets[0], found_in(labels))))


def matched(*labels: str) -> dict[str, str]:
    """What the columns with these labels are taken for."""
    found = found_in(labels)
    return {code: found.labels[column] for code, column in found.columns.items()}


def test_the_fund_s_own_headings_are_all_found() -> None:
    found = found_in(FUND)

    assert dict(found.columns) == {code: place for place, code in enumerate(CODES)}
    assert set(found.confidence.values()) == {1.0}
    assert (found.row_number, found.missing(grants_fields())) == (1, [])


def test_other_orders_spellings_and_languages_are_found() -> None:
    assert matched(
        "Сумма гранта, руб.", "СТАТУС\nзаявки", " Наименование организации-заявителя ", "№ п/п",
        "Рег.  номер заявки", "Муниципальное образование", "Субъект  РФ", "Бюджет проекта (руб)",
    ) == {
        "number": "Рег. номер заявки",
        "organisation": "Наименование организации-заявителя",
        "region": "Субъект РФ",
        "municipality": "Муниципальное образование",
        "cost": "Бюджет проекта (руб)",
        "status": "СТАТУС заявки",
        "awarded": "Сумма гранта, руб.",
    }  # fmt: skip
    assert matched("Grant amount", "Applicant", "Application number", "Decision date") == {
        "number": "Application number",
        "organisation": "Applicant",
        "decided_on": "Decision date",
        "awarded": "Grant amount",
    }
    assert matched(*CODES) == dict(zip(CODES, CODES, strict=True))


def test_no_spelling_stands_for_two_fields() -> None:
    spelled = [
        (words_of_heading(spelling), field.code)
        for field in grants_fields()
        for spelling in field.spellings
    ]

    assert len({words for words, _ in spelled}) == len(set(spelled))
    assert not [code for words, code in spelled if not words]


def test_a_heading_that_is_only_like_a_spelling_is_less_sure() -> None:
    found = found_in(["Номер заявки", "Полное наименование организации заявителя", "Статус"])

    assert dict(found.columns) == {"number": 0, "organisation": 1, "status": 2}
    assert found.confidence["organisation"] < found.confidence["number"] == 1.0


def test_what_means_another_thing_is_left_to_a_person() -> None:
    found = found_in(
        ["Номер заявки", "Статус", "ИНН руководителя", "Размер гранта, тыс. руб.", "№", "Регион 2"]
    )

    assert dict(found.columns) == {"number": 0, "status": 1}


def test_two_columns_equally_like_a_field_are_left_to_a_person() -> None:
    found = found_in(
        [
            "Номер заявки",
            "Статус",
            "Запрошенная сумма гранта первая",
            "Запрошенная сумма гранта вторая",
        ]
    )

    assert "asked" not in found.columns


def test_repeated_labels_are_told_apart_and_the_first_counts() -> None:
    found = found_in(["Номер заявки", "ИНН", "Регион", "ИНН", None, "Регион", "ИНН"])

    assert found.labels == (
        "Номер заявки",
        "ИНН",
        "Регион",
        "ИНН (2)",
        "E",
        "Регион (2)",
        "ИНН (3)",
    )
    assert dict(found.columns) == {"number": 0, "inn": 1, "region": 2}


def test_titles_above_other_sheets_and_merged_headings_do_not_mislead() -> None:
    about: list[list[Cell]] = [["О файле"], ["Номер", "Заявка"], ["Версия набора: 1.1"]]
    table: list[list[Cell]] = [
        ["Сведения о заявках"],
        ["Версия набора: 1.1", None, "Регион"],
        [],
        ["Номер\nзаявки", "ОРГАНИЗАЦИЯ", "ИНН ", "Сумма", None, "Статус проекта"],
        [None, None, None, "запрошенная", "гранта", None],
        ["1", "АНО", "0274062111", 5, 4, "победитель"],
    ]

    found = find_headings(a_book(about, table), grants_fields())

    assert found is not None
    assert (found.sheet, found.row_number) == ("2", 5)
    assert found.columns == {
        "number": 0, "organisation": 1, "inn": 2, "asked": 3, "awarded": 4, "status": 5,
    }  # fmt: skip


def test_headings_are_found_down_to_row_30_and_no_further() -> None:
    above: list[list[Cell]] = [["Отчёт"]] * 29

    assert found_in(*above, FUND).row_number == 30
    assert find_headings(a_book([*above, ["x"], FUND]), grants_fields()) is None


def test_without_a_required_field_or_with_one_field_there_are_no_headings() -> None:
    for row in (["Регион", "ИНН", "ОГРН"], ["Номер заявки", "x"], ["a", "b"]):
        assert find_headings(a_book([row]), grants_fields()) is None
    assert find_headings(a_book([]), grants_fields()) is None


def test_a_person_says_which_column_is_which() -> None:
    found = found_in(["Номер заявки", "Статус", "Имя", "Деньги", None])

    said = apply_mapping(
        found, {"organisation": "имя", "awarded": "D", "region": "5", "status": "", "title": "Z"}
    )

    assert said.columns == {"number": 0, "organisation": 2, "awarded": 3, "region": 4, "title": 25}
    assert said.confidence["organisation"] == 1.0
    assert apply_mapping(found, {"status": "Номер заявки"}).columns == {"status": 0}


@pytest.mark.parametrize("name", ["нет такой", "0", "501", "ZZZ", "-1", "²"])
def test_a_column_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        apply_mapping(found_in(FUND), {"title": name})

    assert (refused.value.code, refused.value.values) == ("unknown_column", {"column": name})


def test_one_column_cannot_be_two_fields() -> None:
    with pytest.raises(Unreadable) as refused:
        apply_mapping(found_in(FUND), {"title": "Регион", "contest": "F"})

    assert refused.value.code == "column_twice"


def test_rows_of_data_keep_their_numbers_and_lose_what_is_no_data() -> None:
    rows: list[list[Cell]] = [
        ["Отчёт"],
        ["Номер заявки", "Организация", "Размер гранта", "Статус"],
        ["1", "АНО", 5.0, "победитель"],
        [None, "", " ", "\u00a0"],
        ["номер  заявки", "Организация", "размер\nгранта", "Статус"],
        ["2", "Фонд"],
        ["Итого", None, 5.0, None],
        [],
    ]
    book = a_book(rows)
    found = found_in(*rows)

    assert list(data_rows(book.sheet_named("1"), found)) == [
        (3, {"number": "1", "organisation": "АНО", "status": "победитель", "awarded": 5.0}),
        (6, {"number": "2", "organisation": "Фонд", "status": None, "awarded": None}),
    ]
    with pytest.raises(Unreadable):
        book.sheet_named("2")


def test_columns_that_stand_for_no_field_come_along_under_their_labels() -> None:
    rows: list[list[Cell]] = [["Номер заявки", "Кем внесено", "Статус", None], ["1", "x", "y", 2]]

    assert list(data_rows(a_book(rows).sheets[0], found_in(*rows))) == [
        (2, {"number": "1", "status": "y", "+Кем внесено": "x"})
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["Итого", None, 325_400_000.0],
        [None, " ВСЕГО: ", "1 000,50"],
        ["Итого по области", "583 заявки", "325 400 000 руб."],
        ["Всего", "рублей", 5],
        ["Grand total", 1, 2],
        ["Total", None],
        ["\u00a0Итого\u00a0"],
    ],
)
def test_a_row_that_sums_up_is_known(row: list[Cell]) -> None:
    assert not is_data(row)


@pytest.mark.parametrize(
    "row",
    [
        ["Всего один шаг", "АНО «Шаг»", "Томская область"],
        ["Всего один шаг", "1127800004914", 5],
        ["Итоговая ведомость", 5],
        ["1", "Итого"],
        ["Totalitarian past", 1],
        [5, "Итого"],
    ],
)
def test_a_row_that_only_looks_like_a_sum_is_data(row: list[Cell]) -> None:
    assert is_data(row)


def test_blank_and_repeated_rows_are_known() -> None:
    assert not is_data([None, "", " \u00a0\n"])
    assert is_data([None, 0])
    assert not is_data(["НОМЕР ЗАЯВКИ ", "Организация", None])
    assert is_data(["Номер заявки", "АНО «Статус»", "победитель"])
    assert is_data(["1", "Организация", "Статус"])
    assert is_data(["Номер заявки", date(2024, 1, 1)])


def test_a_digest_depends_on_labels_not_on_their_order_or_spelling() -> None:
    told = header_digest(["Номер заявки", "ИНН"])

    assert told == header_digest([" инн", "НОМЕР  заявки:"])
    assert told != header_digest(["Номер заявки", "ОГРН"])
    assert len(told) == 64
    assert told == found_in(["Номер заявки", "ИНН"]).digest


def test_fields_are_read_from_toml() -> None:
    text = '[code]\nis_required = true\nspellings = ["Код", "code"]\n[name]\nspellings = ["Имя"]\n'

    assert fields_of(text) == [
        Field("code", ("Код", "code"), is_required=True),
        Field("name", ("Имя",)),
    ]


def test_a_csv_in_a_code_page_with_titles_above_is_read_whole(tmp_path: Path) -> None:
    text = "Отчёт фонда\r\n\r\n" + ";".join(FUND[:3]) + "\r\n1;Первый;«Ромашка»\r\nИтого;;\r\n"
    book = open_table(a_text(tmp_path / "a.csv", text, "cp1251"))

    found = find_headings(book, grants_fields())

    assert found is not None
    assert list(data_rows(book.sheets[0], found)) == [
        (4, {"number": "1", "contest": "Первый", "organisation": "«Ромашка»"})
    ]
