"""A table of an organisation's payments, row by row; what cannot be read is said at its row."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinergia.base.files.models import StoredFile
from sinergia.base.tables.headings import data_rows, fields_named, find_headings, text_in
from sinergia.base.tables.reading import Cell, Unreadable, open_table
from sinergia.engine.granting.comparing import LineCompared
from sinergia.engine.granting.spending import Payment
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.grants.queries.naming import lines_named
from sinergia.grants.reading.cells import LIMITS, MOST_ROWS, day_in, on_disk, sum_in


@dataclass(frozen=True)
class Filed:
    """A row of a file. number: of the row; payment: none where `gaps` says why."""

    number: int
    payment: Payment | None
    said: str  # the row's own words, to be known by
    gaps: Sequence[Gap] = ()


def read_payments(file: StoredFile, lines: Sequence[LineCompared], *, currency: str) -> list[Filed]:
    """Rows of a kept table in their order; rows without a sum and a number are no payments.

    lines: of the budget; a row names one by its words, or as our own table calls it. Words that
    several lines have say none of them. Raises Refused where it is no table, has no headings that
    are known, or is too long.
    """
    fields = fields_named("spendings")
    named = _named(lines)
    with on_disk(file) as path:
        try:
            book = open_table(path, limits=LIMITS)
            found = find_headings(book, fields)
            if found is None or found.missing(fields):
                raise Refused([Gap("spending.no_headings", "file")])
            told = data_rows(book.sheet_named(found.sheet), found, is_whole=False)
            rows = list(_rows(told, named, currency))
        except Unreadable as fault:
            raise Refused([Gap("statement.unreadable", "file")]) from fault
    if len(rows) > MOST_ROWS:
        raise Refused([Gap("statement.too_long", "file", {"most": MOST_ROWS})])
    return rows


def _named(lines: Sequence[LineCompared]) -> dict[str, set[str]]:
    """Which lines some words may mean, folded; no words at all mean the only line there is."""
    told: dict[str, set[str]] = defaultdict(set)
    names = lines_named(lines)
    for one in lines:
        for said in (one.line.what, names[one.line.id]):
            if said:
                told[fold(said)].add(one.line.id)
    if len(lines) == 1:
        told[""].add(lines[0].line.id)
    return told


def _rows(
    told: Iterator[tuple[int, Mapping[str, Cell]]],
    named: Mapping[str, Collection[str]],
    currency: str,
) -> Iterator[Filed]:
    for number, cells in told:
        texts = {name: text_in(cell) for name, cell in cells.items()}
        if not texts.get("number") and not texts.get("sum"):
            continue
        said = " · ".join(filter(None, (texts.get("number"), texts.get("payee"), texts.get("sum"))))
        gaps = []
        minor, on = sum_in(cells.get("sum"), currency), day_in(cells.get("on"))
        lines = named.get(fold(texts.get("line", "")), ())
        if minor is None:
            gaps.append(Gap("statement.bad_sum", "sum"))
        if on is None:
            gaps.append(Gap("statement.bad_date", "on"))
        if len(lines) != 1:
            code = "spending.several_lines" if lines else "spending.unknown_line"
            gaps.append(Gap(code, "line", {"typed": texts.get("line", "")[:80]}))
        if gaps or minor is None or on is None:
            yield Filed(number, None, said[:200], gaps)
            continue
        paid = Payment(
            line=next(iter(lines)),
            on=on,
            document=texts.get("document", ""),
            number=texts.get("number", ""),
            payee=texts.get("payee", ""),
            sum_minor=minor,
            currency=(texts.get("currency") or currency).upper(),
            what=texts.get("what", ""),
        )
        yield Filed(number, paid, said[:200])
