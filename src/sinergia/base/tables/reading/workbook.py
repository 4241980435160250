"""XLSX: sheets by python-calamine, behind the measuring of `parcel`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import python_calamine as calamine

from sinergia.base.tables.reading.book import Book, Cell, Limits, Sheet, Unreadable, as_cell
from sinergia.base.tables.reading.parcel import inspect_parcel


def open_workbook(path: Path, limits: Limits) -> Book:
    """Open a workbook; of its sheets those with cells, hidden ones only where nothing else is."""
    parcel = inspect_parcel(path, limits)
    with _told_plainly():
        workbook = calamine.load_workbook(path)
    pages = [
        (index, page)
        for index, page in enumerate(workbook.sheets_metadata)
        if page.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    seen = [entry for entry in pages if entry[1].visible == calamine.SheetVisibleEnum.Visible]
    loader = _Loader(workbook)
    sheets = [
        Sheet(name=page.name, source=partial(_rows, loader, index, limits))
        for index, page in seen or pages
    ]
    if not sheets:
        raise Unreadable("empty")
    return Book(form="xlsx", sheets=sheets, unfilled=parcel.unfilled)


class _Loader:
    """Holds the sheet read last: a second reading costs nothing, two sheets are never held."""

    def __init__(self, workbook: calamine.CalamineWorkbook) -> None:
        self._workbook = workbook
        self._index = -1
        self._sheet: calamine.CalamineSheet | None = None

    def sheet(self, index: int) -> calamine.CalamineSheet:
        if self._sheet is None or self._index != index:
            self._sheet = None
            with _told_plainly():
                self._sheet = self._workbook.get_sheet_by_index(index)
            self._index = index
        return self._sheet


def _rows(loader: _Loader, index: int, limits: Limits) -> Iterator[list[Cell]]:
    sheet = loader.sheet(index)
    if sheet.start is None:
        return
    # The reader gives blank rows above the first cell but no blank columns left of it.
    before: list[Cell] = [None] * sheet.start[1]
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        yield before + [
            as_cell(raw, limits, row=row, column=column)
            for column, raw in enumerate(cells, start=len(before))
        ]


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Say in our own words what the reader could not do, its panics included."""
    try:
        yield
    except calamine.PasswordError as error:
        raise Unreadable("old_or_locked") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("truncated") from error
    except BaseException as error:
        # A panic of the Rust library is no Exception and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("truncated") from error
