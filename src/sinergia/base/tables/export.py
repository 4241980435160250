"""Tables for taking away: CSV line by line and XLSX, in which no text becomes a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from math import isfinite
from typing import TypeAlias

import xlsxwriter
from django.utils import timezone
from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sinergia.engine.money import minor_digits

# Money is a Decimal in whole units of its currency; identifiers are text, or they lose zeros.
Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | None

_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for a code page
_FORMULA_LEADS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BLANK_LEADS = ("\t", "\r", "\n")
_BATCH = 500  # rows a piece
_SHEET_ROWS = 1_048_575  # Excel's, without the heading
_LONGEST_CELL = 32_767  # Excel's, in units of UTF-16
_LONGEST_SHEET_NAME = 28  # Excel's 31 less a number behind it
_FIRST_DAY = date(1900, 3, 1)  # the days before, Excel counts differently from everybody else
_EXACT = 10**15  # whole numbers from here on lose digits in a workbook
_WIDTH = 22  # characters
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def whole_units(minor: int, currency: str) -> Decimal:
    """A sum in whole units of its currency, as it stands in a cell."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Write CSV piece by piece: UTF-8 with its mark, commas, CRLF.

    Text a spreadsheet would run as a formula gets an apostrophe in front.
    """
    yield _BOM + _csv([head])
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield _csv(batch)


def xlsx_bytes(
    head: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    sheet: str = "",
    rows_per_sheet: int = _SHEET_ROWS,
    about: Iterable[Sequence[Value]] = (),
) -> bytes:
    """Write a workbook; rows beyond what a sheet holds go on in the next one.

    about: what the file holds, line by line; it goes on a sheet of its own, the last.

    Dates are dates, Decimals numbers with two places, text is text to the letter.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as workbook:
        looks = _Looks(
            head=workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            day=workbook.add_format({"num_format": "dd.mm.yyyy"}),
            moment=workbook.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            money=workbook.add_format({"num_format": "#,##0.00"}),
        )
        page, line = _begin_sheet(workbook, sheet, head, looks), 0
        for row in rows:
            if line == rows_per_sheet:
                page, line = _begin_sheet(workbook, sheet, head, looks), 0
            line += 1
            for column, value in enumerate(row):
                _write(page, line, column, value, looks)
        told = list(about)
        if told:
            page = workbook.add_worksheet(pgettext("sheet", "About this file"))
            page.set_column(0, 0, _WIDTH)
            for place, row in enumerate(told):
                for column, value in enumerate(row):
                    _write(page, place, column, value, looks)
    return target.getvalue()


@dataclass(frozen=True)
class _Looks:
    head: Format
    day: Format
    moment: Format
    money: Format


def _csv(rows: Iterable[Sequence[Value]]) -> bytes:
    target = StringIO()
    csv.writer(target).writerows([_told(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8", "replace")


def _told(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _runs(value) else value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return _local(value).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _runs(text: str) -> bool:
    """Say whether a spreadsheet may take a text for a formula, blanks before it or not."""
    return text.startswith(_BLANK_LEADS) or text.lstrip().startswith(_FORMULA_LEADS)


def _local(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _begin_sheet(
    workbook: xlsxwriter.Workbook, name: str, head: Sequence[str], looks: _Looks
) -> Worksheet:
    turn = len(workbook.worksheets()) + 1
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in name)
    plain = plain[:_LONGEST_SHEET_NAME].strip(" '")
    title = plain if turn == 1 else f"{plain or 'Sheet'} {turn}"
    page = workbook.add_worksheet(title or None)
    page.freeze_panes(1, 0)
    page.set_column(0, max(0, len(head) - 1), _WIDTH)
    for column, label in enumerate(head):
        page.write_string(0, column, _cut(label), looks.head)
    return page


def _write(page: Worksheet, line: int, column: int, value: Value, looks: _Looks) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(line, column, _cut(value))
    elif isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, date):
        _write_day(page, line, column, value, looks)
    elif not isfinite(value) or abs(float(value)) >= _EXACT:
        page.write_string(line, column, str(value))
    else:
        look = looks.money if isinstance(value, Decimal) else None
        page.write_number(line, column, value, look)


def _write_day(page: Worksheet, line: int, column: int, day: date, looks: _Looks) -> None:
    if isinstance(day, datetime):
        moment = _local(day)
        if moment.date() >= _FIRST_DAY:
            page.write_datetime(line, column, moment, looks.moment)
            return
    elif day >= _FIRST_DAY:
        page.write_datetime(line, column, day, looks.day)
        return
    page.write_string(line, column, day.isoformat())


def _cut(text: str) -> str:
    """Shorten a text to what a cell holds; a sign of two units is not torn."""
    if len(text) * 2 <= _LONGEST_CELL:
        return text
    units = text.encode("utf-16-le", "replace")[: _LONGEST_CELL * 2]
    return units.decode("utf-16-le", "ignore")
