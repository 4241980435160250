"""A bank statement, or our own registry filled in: payments row by row, each bad cell told."""

from collections.abc import Iterator, Mapping, Sequence

from sinergia.base.files.models import StoredFile
from sinergia.base.tables.headings import data_rows, fields_named, find_headings, text_in
from sinergia.base.tables.reading import Cell, Unreadable, open_table
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.queries.matching import ROUBLES, Filed
from sinergia.grants.reading.cells import LIMITS, MOST_ROWS, day_in, on_disk, sum_in


def read_statement(file: StoredFile, currencies: Sequence[str] = (ROUBLES,)) -> list[Filed]:
    """Rows of a kept table in their order; rows without a sum or a number are no payments.

    currencies: in which its sums may be; whose grant a row pays is known only when it is matched.
    Raises Refused where it is no table, has no headings that are known, or is too long.
    """
    fields = fields_named("payments")
    with on_disk(file) as path:
        try:
            book = open_table(path, limits=LIMITS)
            found = find_headings(book, fields)
            if found is None or found.missing(fields):
                raise Refused([Gap("statement.no_headings", "file")])
            sheet = next(one for one in book.sheets if one.name == found.sheet)
            rows = list(_rows(data_rows(sheet, found, is_whole=False), currencies))
        except Unreadable as fault:
            raise Refused([Gap("statement.unreadable", "file")]) from fault
    if len(rows) > MOST_ROWS:
        raise Refused([Gap("statement.too_long", "file", {"most": MOST_ROWS})])
    return rows


def _rows(
    told: Iterator[tuple[int, Mapping[str, Cell]]], currencies: Sequence[str]
) -> Iterator[Filed]:
    for line, cells in told:
        number = text_in(cells.get("number"))
        if not number or not text_in(cells.get("sum")):
            continue
        read = {one: sum_in(cells.get("sum"), one) for one in currencies}
        sums = {one: minor for one, minor in read.items() if minor is not None}
        on, faults = day_in(cells.get("on")), []
        if not sums:
            faults.append("statement.bad_sum")
        if on is None:
            faults.append("statement.bad_date")
        period = text_in(cells.get("period"))
        yield Filed(
            line=line,
            number=number[:80],
            on=on,
            sum_minor=next(iter(sums.values()), 0),
            sums=sums,
            inn=text_in(cells.get("inn")),
            payee=text_in(cells.get("payee"))[:200],
            purpose=text_in(cells.get("purpose"))[:500],
            agreement=text_in(cells.get("agreement"))[:80],
            period=int(period) if period.isascii() and period.isdecimal() else None,
            key=text_in(cells.get("key")),
            faults=tuple(faults),
        )
