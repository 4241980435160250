from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sinergia.base.tables.reading import Limits, open_table
from tests.tables.books import HEAD, ROW, SHEET, STRINGS, a_text, a_workbook, rewritten, rows_of

RUSSIAN = "Номер;Организация;Сумма\r\n1;АНО «Ёлка»;1 000,50\r\n2;Общество ветеранов;7\r\n"
CELLS = [["Номер", "Организация", "Сумма"], ["1", "АНО «Ёлка»", "1 000,50"]]


def test_cells_of_a_workbook_come_as_they_are_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["02", 1127800004914.0, 1.5, True, date(2023, 1, 14), None, " x "])
    page.append([datetime(2023, 1, 2, 3, 4), -1, 1e22, False, "1,1278E+12", "", "a\nb"])  # noqa: DTZ001
    page["E1"].number_format = "DD.MM.YYYY"
    book.save(tmp_path / "a.xlsx")

    assert rows_of(tmp_path / "a.xlsx") == [
        ["02", 1127800004914.0, 1.5, True, date(2023, 1, 14), None, " x "],
        [datetime(2023, 1, 2, 3, 4), -1, 1e22, False, "1,1278E+12", None, "a\nb"],  # noqa: DTZ001
    ]


def test_rows_and_columns_are_numbered_from_the_corner_of_the_sheet(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [[], [], ["", "", "x"], [], ["", "y"]])

    assert rows_of(path) == [
        [None, None, None],
        [None, None, None],
        [None, None, "x"],
        [None, None, None],
        [None, "y", None],
    ]


def test_of_merged_cells_the_first_holds_the_value_and_errors_are_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        page = workbook.add_worksheet()
        page.merge_range("A1:B2", "вместе")
        page.write_formula("C1", "=1/0", value="#DIV/0!")
        page.write_formula("C2", "=NA()", value="#N/A")

    assert rows_of(tmp_path / "a.xlsx") == [["вместе", None, None], [None, None, None]]


def test_a_formula_gives_its_kept_result_and_one_without_is_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["итог", "=1+1", "=2+2"])
    book.save(tmp_path / "a.xlsx")
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as workbook:
        workbook.add_worksheet().write_formula("A1", "=1+1", value=2)

    bare, kept = open_table(tmp_path / "a.xlsx"), open_table(tmp_path / "b.xlsx")

    assert (bare.unfilled, list(bare.sheets[0].rows())) == (2, [["итог"]])
    assert (kept.unfilled, list(kept.sheets[0].rows())) == (0, [[2]])


def test_sheets_are_given_in_order_without_the_hidden_and_may_be_read_again(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Старое", "Заявки", "Ещё"):
        book.create_sheet(name).append([name])
    book.remove(book.worksheets[0])
    book["Старое"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    opened = open_table(tmp_path / "a.xlsx")

    assert [sheet.name for sheet in opened.sheets] == ["Заявки", "Ещё"]
    assert [list(sheet.rows()) for sheet in [*opened.sheets, *opened.sheets]] == [
        [["Заявки"]],
        [["Ещё"]],
        [["Заявки"]],
        [["Ещё"]],
    ]


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    book = open_table(a_workbook(tmp_path / "a.csv").rename(tmp_path / "грант.csv"))
    text = open_table(a_text(tmp_path / "b.xlsx", "a,b\n1,2\n"))

    assert (book.form, list(book.sheets[0].rows())) == ("xlsx", [HEAD, ROW])
    assert (text.form, list(text.sheets[0].rows())) == ("csv", [["a", "b"], ["1", "2"]])


def test_cells_styled_to_the_last_row_do_not_make_a_sheet_long(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "a"
    page["XFD1048576"].number_format = "0.00"
    book.save(tmp_path / "a.xlsx")

    assert rows_of(tmp_path / "a.xlsx") == [["a"]]


def test_workbooks_of_other_writers_read_the_same(tmp_path: Path) -> None:
    plain = a_workbook(tmp_path / "a.xlsx")
    unplaced = rewritten(
        a_workbook(tmp_path / "b.xlsx"), SHEET, lambda held: held.replace(b' r="', b' z="')
    )
    single = rewritten(
        a_workbook(tmp_path / "c.xlsx"), SHEET, lambda held: held.replace(b't="s"', b"t='s'")
    )

    assert rows_of(plain) == rows_of(unplaced) == rows_of(single) == [HEAD, ROW]


def test_a_workbook_with_a_picture_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        page = workbook.add_worksheet()
        page.write_string(0, 0, "a")
        page.write_comment(0, 0, "note <b> :c t = 5")
    path = rewritten(
        tmp_path / "a.xlsx", "xl/drawings/vmlDrawing1.vml", lambda held: held + b"<! :c <c>"
    )

    assert rows_of(path) == [["a"]]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_every_usual_encoding_is_found(tmp_path: Path, encoding: str, told: str) -> None:
    text = (
        RUSSIAN
        if encoding != "koi8-r" and encoding != "cp866"
        else RUSSIAN.replace("«Ёлка»", "Ёлка")
    )
    if encoding == "cp866":
        text = text.replace("Ёлка", "Елка")

    book = open_table(a_text(tmp_path / "a.csv", text, encoding))

    assert (book.encoding, book.delimiter, book.damaged) == (told, ";", 0)
    assert [row[1] for row in book.sheets[0].rows()][2] == "Общество ветеранов"


def test_capitals_alone_are_told_from_another_code_page(tmp_path: Path) -> None:
    book = open_table(
        a_text(tmp_path / "a.csv", "НАЗВАНИЕ;ОРГАНИЗАЦИЯ\nОБЩЕСТВО;РОДНИК\n", "cp1251")
    )

    assert list(book.sheets[0].rows())[1] == ["ОБЩЕСТВО", "РОДНИК"]


def test_the_encoding_is_judged_by_the_whole_file(tmp_path: Path) -> None:
    latin = "a;b\n" + "1;2\n" * 300_000

    book = open_table(a_text(tmp_path / "a.csv", f"{latin}конец;слово\n", "cp1251"))

    assert book.encoding == "cp1251"
    assert list(book.sheets[0].rows())[-1] == ["конец", "слово"]


def test_one_broken_byte_does_not_turn_utf_8_into_a_code_page(tmp_path: Path) -> None:
    held = (RUSSIAN * 20).encode()
    (tmp_path / "a.csv").write_bytes(held.replace("ветеранов".encode(), b"\xd0\xd0", 1))

    book = open_table(tmp_path / "a.csv")

    assert (book.encoding, book.damaged) == ("utf-8", 2)
    assert list(book.sheets[0].rows())[:2] == CELLS


def test_a_nul_byte_and_unseen_signs_vanish(tmp_path: Path) -> None:
    text = 'Номер;Имя\n1;Род\0ник\n2;\u202eРод\x07ник\n3;\0\n4;\0"а;б"\n'
    path = a_text(tmp_path / "a.csv", text)

    assert rows_of(path) == [
        ["Номер", "Имя"],
        ["1", "Родник"],
        ["2", "Родник"],
        ["3", None],
        ["4", "а;б"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_among_others_in_the_text(tmp_path: Path, delimiter: str) -> None:
    row = ["1", "Ромашка; и ко | все", "10,5", "20,5", 'имя "в" кавычках']
    quoted = delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row)

    path = a_text(tmp_path / "a.csv", f"Сведения, версия 1.1\n\n{quoted}\n{quoted}\n{quoted}\n")

    assert rows_of(path)[2:] == [row, row, row]


def test_the_line_by_which_excel_names_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    assert rows_of(a_text(tmp_path / "a.csv", "sep=|\na|b,c,d\n1|2,3,4\n"))[1:] == [
        ["a", "b,c,d"],
        ["1", "2,3,4"],
    ]


def test_line_breaks_stay_inside_quotes_and_any_line_end_will_do(tmp_path: Path) -> None:
    rows = [["a", "b"], ["1", "два\nслова"], ["3", "4"]]

    for end in ("\n", "\r\n", "\r"):
        text = f'a;b{end}1;"два{end}слова"{end}3;4'
        assert rows_of(a_text(tmp_path / "a.csv", text)) == rows


def test_a_name_of_40_000_characters_is_whole(tmp_path: Path) -> None:
    long = "Я" * 40_000

    assert rows_of(a_text(tmp_path / "a.csv", f'a;b\n1;"{long}"\n')) == [["a", "b"], ["1", long]]


def test_a_long_name_in_a_workbook_that_many_rows_share_is_whole(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [["x", "y"], *[["x", "y"]] * 500])
    long = "Я" * 40_000
    rewritten(path, STRINGS, lambda held: held.replace(b">y<", f">{long}<".encode()))
    limits = Limits(unpacked_bytes=21_000_000)

    rows = list(open_table(path, limits=limits).sheets[0].rows())

    assert (len(rows), rows[500]) == (501, ["x", long])


def test_moments_without_zone_stay_without(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"remove_timezone": True}) as workbook:
        look = workbook.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        moment = datetime(2024, 2, 29, 23, 59, tzinfo=UTC)
        workbook.add_worksheet().write_datetime(0, 0, moment, look)

    assert rows_of(tmp_path / "a.xlsx") == [[moment.replace(tzinfo=None)]]
