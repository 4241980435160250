import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.utils import timezone

from sinergia.base.tables.export import Value, csv_lines, xlsx_bytes

RUNNING = [
    "=1+1", "+7 912", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "|=1",
]  # fmt: skip


def csv_of(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
    """The whole text, its mark kept."""
    return b"".join(csv_lines(head, rows)).decode()


def cells_of(held: bytes) -> list[list[list[object]]]:
    """All sheets of a workbook as another program reads them."""
    book = openpyxl.load_workbook(BytesIO(held))
    return [[list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets]


def test_csv_is_what_a_spreadsheet_opens_by_itself() -> None:
    text = csv_of(
        ["Имя", "Сумма"],
        [
            ['АНО "Ёж", и др.', Decimal("1234.50")],
            ["две\nстроки", None],
            [date(2024, 2, 29), datetime(2024, 2, 29, 9, 5, tzinfo=UTC)],
            [-5, True],
        ],
    )

    assert text.startswith(
        '\ufeffИмя,Сумма\r\n"АНО ""Ёж"", и др.",1234.50\r\n"две\nстроки",\r\n2024-02-29,2024-02-29 '
    )
    assert text.endswith(":05:00\r\n-5,true\r\n")


def test_no_text_of_a_csv_runs_as_a_formula() -> None:
    text = csv_of(["=head"], [[told] for told in RUNNING])

    read = [row[0] for row in csv.reader(StringIO(text[1:], newline=""))]
    assert read == ["'=head", *[f"'{told}" for told in RUNNING[:-1]], RUNNING[-1]]


def test_markup_goes_through_unchanged() -> None:
    told = '<script>alert(1)</script> & "x"'

    assert list(csv.reader(StringIO(csv_of([told], [[told]])[1:], newline=""))) == [[told], [told]]
    assert cells_of(xlsx_bytes([told], [[told]])) == [[[told], [told]]]


def test_csv_comes_in_pieces_and_asks_for_rows_only_when_they_are_due() -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[Value]]:
        for turn in range(1_200):
            asked.append(turn)
            yield [turn]

    pieces = csv_lines(["a"], rows())
    first = next(pieces)

    assert (first, asked) == (b"\xef\xbb\xbfa\r\n", [])
    assert [piece.count(b"\r\n") for piece in pieces] == [500, 500, 200]


def test_a_workbook_keeps_kinds_apart() -> None:
    rows: list[list[Value]] = [
        ["0274062111", Decimal("325400000.10"), date(2024, 2, 29), 7, 1.5, True, None],
        [
            "1127800004914",
            Decimal(-1),
            datetime(2024, 2, 29, 9, 5),  # noqa: DTZ001
            10**16,
            float("nan"),
            "",
            "1e5",
        ],
        ["https://example.org", 0, date(1850, 1, 1), "{=1}", "=1+1", "\t@x", "'"],
    ]

    held = xlsx_bytes(list("abcdefg"), rows, sheet="Заявки: [2024]/*")

    book = openpyxl.load_workbook(BytesIO(held))
    page = book.worksheets[0]
    assert cells_of(held) == [
        [
            list("abcdefg"),
            ["0274062111", 325400000.1, datetime(2024, 2, 29), 7, 1.5, True, None],  # noqa: DTZ001
            ["1127800004914", -1, datetime(2024, 2, 29, 9, 5), str(10**16), "nan", None, "1e5"],  # noqa: DTZ001
            ["https://example.org", 0, "1850-01-01", "{=1}", "=1+1", "\t@x", "'"],
        ]
    ]
    assert (page.title, page.freeze_panes, page["A1"].font.b) == ("Заявки   2024", "A2", True)
    assert (page["B2"].number_format, page["C2"].number_format) == ("#,##0.00", "dd.mm.yyyy")
    assert {cell.data_type for cell in page[4]} == {"s", "n"}
    assert page["A4"].hyperlink is None


def test_moments_are_told_in_the_time_of_the_place() -> None:
    moment = datetime(2024, 2, 29, 22, 30, tzinfo=UTC)

    with timezone.override("Asia/Yekaterinburg"):
        held = cells_of(xlsx_bytes(["a"], [[moment]]))
        text = csv_of(["a"], [[moment]])

    assert held == [[["a"], [datetime(2024, 3, 1, 3, 30)]]]  # noqa: DTZ001
    assert text == "\ufeffa\r\n2024-03-01 03:30:00\r\n"


@pytest.mark.parametrize(("sign", "kept"), [("Я", 32_767), ("😀", 16_383)])
def test_a_long_text_is_cut_to_what_a_cell_holds(sign: str, kept: int) -> None:
    assert cells_of(xlsx_bytes(["a"], [[sign * 40_000]])) == [[["a"], [sign * kept]]]


def test_rows_beyond_a_sheet_go_on_in_the_next() -> None:
    held = xlsx_bytes(["n"], [[turn] for turn in range(5)], sheet="Rows", rows_per_sheet=2)

    assert openpyxl.load_workbook(BytesIO(held)).sheetnames == ["Rows", "Rows 2", "Rows 3"]
    assert cells_of(held) == [[["n"], [0], [1]], [["n"], [2], [3]], [["n"], [4]]]


def test_a_table_without_rows_has_its_heading() -> None:
    assert cells_of(xlsx_bytes(["a", "=b"], [])) == [[["a", "=b"]]]
    assert csv_of(["a"], []) == "\ufeffa\r\n"
