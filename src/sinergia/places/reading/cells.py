"""One cell at a time: what it says, or what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from zoneinfo import available_timezones

from sinergia.base.tables.reading import Cell
from sinergia.engine.numbers import Unreadable, is_nothing, read_date, read_decimal
from sinergia.engine.text import clean_line, fold
from sinergia.places.actions import ReadRows, Refusal

Row = TypeVar("Row")
Cells = Mapping[str, Cell]

_UTC = re.compile(r"utc\s*(?:([+-]|−)\s*(\d{1,2})(?::00)?)?", re.ASCII)
_DIGITS = re.compile(r"(\d{1,11})(?:[.,]0)?", re.ASCII)
_ZONES_EAST, _ZONES_WEST = 14, 12
_LONGEST_TOWN, _LONGEST_MUNICIPALITY = 11, 8  # digits of OKTMO


class UnusableFile(Exception):  # noqa: N818  it is an answer to a person
    """A file that is not of the kind that was promised. code: a sentence of `said/`."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Fault(Exception):  # noqa: N818  caught row by row
    """Why a row cannot be taken."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code, value)
        self.code = code
        self.value = value


def read_each(
    rows: Iterable[tuple[int, Cells]], read: Callable[[int, Cells], list[Row]]
) -> ReadRows[Row]:
    """Read row by row; what is wrong with one does not stop the next."""
    taken: list[Row] = []
    refusals = []
    for number, cells in rows:
        try:
            taken += read(number, cells)
        except Fault as fault:
            refusals.append(Refusal(number, fault.code, fault.value))
    return ReadRows(taken, refusals)


def text_in(cells: Cells, field: str, *, longest: int, is_required: bool = False) -> str:
    """A text on one line; a dash or nothing is empty. Raises Fault."""
    cell = cells.get(field)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if is_nothing(cell) else clean_line(str(cell))
    if is_required and not text:
        raise Fault("cell_empty", field)
    if max(len(text), len(fold(text))) > longest:
        raise Fault("cell_too_long", field)
    return text


def decimal_in(
    cells: Cells, field: str, *, places: int, largest: int, is_required: bool = False
) -> Decimal | None:
    """A number with so many digits after the point, as far from zero as `largest`. Raises Fault."""
    try:
        number = read_decimal(cells.get(field))
    except Unreadable:
        raise Fault("cell_not_number", field) from None
    if number is None:
        if is_required:
            raise Fault("cell_empty", field)
        return None
    if abs(number) > largest:
        raise Fault("cell_too_large", field)
    return number.quantize(Decimal(1).scaleb(-places))


def degrees_in(cells: Cells, field: str, *, largest: int) -> Decimal | None:
    """Latitude or longitude, written with a point or a comma. Raises Fault.

    Three digits after the point are no thousands here: 37.618 lies in Moscow.
    """
    cell = cells.get(field)
    if is_nothing(cell):
        return None
    try:
        degrees = Decimal(clean_line(str(cell)).replace(",", "."))
    except InvalidOperation:
        raise Fault("cell_not_number", field) from None
    if not degrees.is_finite():
        raise Fault("cell_not_number", field)
    if abs(degrees) > largest:
        raise Fault("cell_too_large", field)
    return degrees.quantize(Decimal("0.000001"))


def whole_in(cells: Cells, field: str, *, largest: int) -> int | None:
    """A whole number from zero up. Raises Fault."""
    number = decimal_in(cells, field, places=0, largest=largest)
    if number is not None and number < 0:
        raise Fault("cell_negative", field)
    return None if number is None else int(number)


def date_in(cells: Cells, field: str) -> date:
    """A date. Raises Fault."""
    try:
        day = read_date(cells.get(field))
    except Unreadable:
        day = None
    if day is None:
        raise Fault("cell_not_date", field)
    return day


def digits_in(cells: Cells, field: str) -> str:
    """Digits that a spreadsheet may have made a number of: 29701000.0. Raises Fault."""
    text = text_in(cells, field, longest=20)
    found = _DIGITS.fullmatch(text.replace(" ", ""))
    if text and found is None:
        raise Fault("cell_not_code", field)
    return found[1] if found else ""


def municipality_code(digits: str) -> str:
    """The eight digits that tell the municipality in an OKTMO of up to 8 or up to 11 digits.

    Zeros that a spreadsheet took from the front are given back.
    """
    if len(digits) <= _LONGEST_MUNICIPALITY:
        return digits.zfill(_LONGEST_MUNICIPALITY)
    return digits.zfill(_LONGEST_TOWN)[:_LONGEST_MUNICIPALITY]


def region_beginning(digits: str) -> str:
    """How the OKTMO of a region's municipalities begin: two digits, three inside another region."""
    if not digits:
        return ""
    if len(digits) > 3:
        digits = municipality_code(digits)
    elif len(digits) == 1:
        digits = digits.zfill(2)
    return digits[:2] if digits[2:3] in ("", "0") else digits[:3]


def zone_in(cells: Cells, field: str) -> str:
    """A time zone by its name, or «UTC+3» as the fixed zone Etc/GMT-3. Raises Fault."""
    text = text_in(cells, field, longest=40)
    found = _UTC.fullmatch(text.casefold())
    if not text:
        return ""
    if found is None:
        if text not in available_timezones():
            raise Fault("cell_not_zone", field)
        return text
    hours = int(found[2] or 0)
    is_east = found[1] == "+"
    if hours > (_ZONES_EAST if is_east else _ZONES_WEST):
        raise Fault("cell_not_zone", field)
    # These names count the other way round: Etc/GMT-3 is three hours ahead of UTC.
    return f"Etc/GMT{'-' if is_east else '+'}{hours}" if hours else "Etc/UTC"
