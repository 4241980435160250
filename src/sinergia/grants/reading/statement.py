"""A bank statement, or our own registry filled in: payments row by row, each bad cell told."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile
from sinergia.base.tables.headings import data_rows, fields_named, find_headings
from sinergia.base.tables.reading import Cell, Limits, Unreadable, open_table
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable as Unread
from sinergia.engine.numbers import read_date
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.grants.queries.matching import Filed

MOST_ROWS = 2_000
LIMITS = Limits(file_bytes=5_000_000, unpacked_bytes=50_000_000, rows=20_000, columns=60)


def read_statement(file: StoredFile, *, currency: str = "RUB") -> list[Filed]:
    """Rows of a kept table in their order; rows without a sum or a number are no payments.

    Raises Refused where it is no table, has no headings that are known, or is too long.
    """
    fields = fields_named("payments")
    with _on_disk(file) as path:
        try:
            book = open_table(path, limits=LIMITS)
            found = find_headings(book, fields)
            if found is None or found.missing(fields):
                raise Refused([Gap("statement.no_headings", "file")])
            sheet = next(one for one in book.sheets if one.name == found.sheet)
            rows = list(_rows(data_rows(sheet, found, is_whole=False), currency))
        except Unreadable as fault:
            raise Refused([Gap("statement.unreadable", "file")]) from fault
    if len(rows) > MOST_ROWS:
        raise Refused([Gap("statement.too_long", "file", {"most": MOST_ROWS})])
    return rows


def _rows(told: Iterator[tuple[int, Mapping[str, Cell]]], currency: str) -> Iterator[Filed]:
    for line, cells in told:
        number = _text(cells.get("number"))
        if not number or not _text(cells.get("sum")):
            continue
        minor, on, faults = _sum(cells.get("sum"), currency), _day(cells.get("on")), []
        if minor is None:
            faults.append("statement.bad_sum")
        if on is None:
            faults.append("statement.bad_date")
        period = _text(cells.get("period"))
        yield Filed(
            line=line,
            number=number[:80],
            on=on,
            sum_minor=minor or 0,
            inn=_text(cells.get("inn")),
            payee=_text(cells.get("payee"))[:200],
            purpose=_text(cells.get("purpose"))[:500],
            agreement=_text(cells.get("agreement"))[:80],
            period=int(period) if period.isascii() and period.isdecimal() else None,
            key=_text(cells.get("key")),
            faults=tuple(faults),
        )


def _sum(cell: Cell, currency: str) -> int | None:
    try:
        return read_money(cell, currency=currency)
    except Unread:
        return None


def _day(cell: Cell) -> date | None:
    try:
        return read_date(cell)
    except Unread:
        return None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else clean_line(str(cell))


@contextmanager
def _on_disk(file: StoredFile) -> Iterator[Path]:
    """The bytes of a kept file beside, as readers of tables take them."""
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix[:8]) as kept:
        for piece in the_store().pieces(file.place, start=0, length=file.size):
            kept.write(piece)
        kept.flush()
        yield Path(kept.name)
