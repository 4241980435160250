"""What a file of tables is read into, and the limits it is read within."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sinergia.engine.text import clean

Cell: TypeAlias = str | int | float | bool | date | datetime | None

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much of a file is read; whatever goes over is refused, not cut.

    unpacked_bytes: all parts of a workbook together, as they really unpack.
    cells: rows times columns of one sheet of a workbook, empty ones too: the reader holds them all.
    """

    file_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    parts: int = 10_000
    rows: int = 1_000_000
    columns: int = 500
    cells: int = 10_000_000
    cell_characters: int = 100_000


class Unreadable(Exception):  # noqa: N818  it is an answer to a person, as Refused is
    """A file, or its rest, that cannot be read as a table.

    code: missing, empty, truncated, not_a_table, old_or_locked, other_format, too_big, bomb,
        too_many_rows, too_many_columns, too_many_cells, cell_too_long, line_too_long, encoding,
        unknown_sheet, unknown_column, column_twice.
    values: what the sentence for the code names (limit, size, sheet, row, column, format).
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Sheet:
    """One sheet; its rows may be read again and again."""

    name: str
    source: Callable[[], Iterator[list[Cell]]]

    def rows(self) -> Iterator[list[Cell]]:
        """Read from the first row of the sheet on, blank ones too: the n-th is row n.

        Of merged cells the upper left one holds the value; cells with errors (#N/A) are None.
        Raises Unreadable where a limit is passed on the way.
        """
        return self.source()


@dataclass(frozen=True)
class Book:
    """A file of tables, opened.

    form: "xlsx" or "csv".
    unfilled: cells of a workbook with a formula whose result it does not hold; they read as empty.
    encoding, delimiter, damaged: of CSV; how many characters lie in it broken (read as U+FFFD).
    """

    form: str
    sheets: list[Sheet]
    unfilled: int = 0
    encoding: str = ""
    delimiter: str = ""
    damaged: int = 0

    def sheet_named(self, name: str) -> Sheet:
        """Give the sheet of this name. Raises Unreadable("unknown_sheet")."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise Unreadable("unknown_sheet", sheet=name)


def column_number(letters: str) -> int:
    """Count a column by its letters: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def as_cell(raw: object, limits: Limits, *, row: int, column: int) -> Cell:
    """Make a cell of what a reader gave: no blanks of length 0, nothing that cannot be seen."""
    if isinstance(raw, str):
        if len(raw) > limits.cell_characters:
            limit = limits.cell_characters
            raise Unreadable("cell_too_long", row=row, column=column + 1, limit=limit)
        return (raw if raw.isprintable() else clean(raw)) or None
    if isinstance(raw, float):
        return raw if raw - raw == 0 else None  # neither endless nor "not a number"
    if isinstance(raw, int | date):
        return raw
    return None if raw is None else str(raw)
