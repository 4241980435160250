"""A list of experts: pasted or a table; every bad row is told with its line."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from sinergia.base.tables.reading import Unreadable
from sinergia.review.reading.experts import MOST_ROWS, filed_lines, pasted_lines, read_list


def test_a_pasted_list_is_read_by_its_columns() -> None:
    read = read_list(
        pasted_lines(
            "ФИО; e-mail; должность; место работы; не больше\n"
            "Бартенева Н. Л.; Nina@Example.org; доцент; Университет; 12\n"
            "\n"
            'Гусев А.;;"директор; к. п. н.";;\n'
        )
    )

    assert read.gaps == []
    assert [
        (one.line, one.profile.name, one.email, one.profile.post, one.profile.most)
        for one in read.rows
    ] == [
        (2, "Бартенева Н. Л.", "nina@example.org", "доцент", 12),
        (4, "Гусев А.", "", "директор; к. п. н.", 10),
    ]


def test_every_bad_row_is_told_with_its_line() -> None:
    read = read_list(
        pasted_lines(
            "Один; one@example.org\n"
            "; two@example.org\n"
            "Три; не адрес\n"
            "Четыре; ONE@example.org\n"
            "Пять; ; ; ; много\n"
            "Шесть; ; ; ; 0\n"
            "Семь; ; ; ; 5; лишнее\n"
            f"{'Я' * 201}\n"
        )
    )

    assert [(gap.code, gap.values["line"]) for gap in read.gaps] == [
        ("list.no_name", 2),
        ("list.bad_address", 3),
        ("list.address_twice", 4),
        ("list.bad_number", 5),
        ("list.bad_number", 6),
        ("list.too_wide", 7),
        ("list.long_cell", 8),
    ]
    assert [one.profile.name for one in read.rows] == ["Один"]


def test_a_stray_quote_spoils_its_own_line_alone() -> None:
    read = read_list(pasted_lines('"Один; one@example.org\nДва; two@example.org'))

    assert [one.email for one in read.rows][-1] == "two@example.org"


@pytest.mark.parametrize("text", ["", "\n \n", "Имя; e-mail"])
def test_a_list_of_nobody_is_refused(text: str) -> None:
    assert [gap.code for gap in read_list(pasted_lines(text)).gaps] == ["list.empty"]


def test_a_list_too_long_is_refused() -> None:
    text = "\n".join(f"Эксперт {number}" for number in range(MOST_ROWS + 1))

    assert [gap.code for gap in read_list(pasted_lines(text)).gaps] == ["list.too_long"]


def test_tables_are_read_as_they_are() -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Имя", "Почта", "Должность", "Работа", "Не больше"])
        page.write_row(1, 0, ["Гусев", "g@example.org", "доцент", "Вуз", 7])
    csv = "Гусев;g@example.org;доцент;Вуз;7\n".encode("cp1251")

    for name, content in (("list.xlsx", made.getvalue()), ("list.csv", csv)):
        read = read_list(filed_lines(SimpleUploadedFile(name, content)))
        (row,) = read.rows
        assert (row.profile.name, row.email, row.profile.most) == ("Гусев", "g@example.org", 7)
        assert read.gaps == []


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(Unreadable):
        filed_lines(SimpleUploadedFile("list.csv", b"%PDF-1.7 ..."))
