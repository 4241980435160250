"""What became of each row of a load, packed by parts: a few bytes a row, read page by page."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sinergia.base.tables.models import Load, LoadPart
from sinergia.base.tables.results import Judged

ANY = "rows"  # asks for rows of every result
LONGEST_NUMBER = 9  # digits of a row's number


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A row of a file and what became of it. subject: by what a person finds it, 80 signs."""

    row: int
    result: str
    subject: str


@dataclass(frozen=True)
class RowsPage:
    """Rows of one page; the keys are numbers of rows, "" where there is no such page."""

    rows: list[LoadedRow]
    next_key: str = ""
    previous_key: str = ""


def packed(verdicts: Sequence[Judged]) -> bytes:
    """Rows with their results and subjects: JSON of triples, deflated."""
    told = [(one.row.row, one.result, one.row.subject[:80]) for one in verdicts]
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 1)


def rows_of(part: LoadPart) -> list[LoadedRow]:
    """The rows of a part, in the order of the file."""
    told = json.loads(zlib.decompress(part.content))
    return [LoadedRow(int(row), str(result), str(subject)) for row, result, subject in told]


def page_of_rows(load: Load, result: str, *, after: str, before: str, size: int) -> RowsPage:
    """Rows of a load with one result, or of ANY: after a row, or before one, or the first.

    A key that is no number, or beyond the last row, gives the first page.
    """
    if (last := _number(before)) and not after:
        rows = list(islice(_rows(load, result, before=last), size + 1))
        if len(rows) > size:
            rows = rows[:size][::-1]
            return RowsPage(rows, next_key=_key(rows[-1]), previous_key=_key(rows[0]))
    elif first := _number(after):
        rows = list(islice(_rows(load, result, after=first), size + 1))
        if rows:
            next_key = _key(rows[size - 1]) if len(rows) > size else ""
            return RowsPage(rows[:size], next_key=next_key, previous_key=_key(rows[0]))
    rows = list(islice(_rows(load, result), size + 1))
    return RowsPage(rows[:size], next_key=_key(rows[size - 1]) if len(rows) > size else "")


def _rows(load: Load, result: str, *, after: int = 0, before: int = 0) -> Iterator[LoadedRow]:
    """Rows with a result in the order of the file; those before a row, the nearest first."""
    parts = LoadPart.objects.filter(load=load)
    if result != ANY:
        parts = parts.filter(**{f"{result}__gt": 0})
    if before:
        parts = parts.filter(first_row__lt=before).order_by("-first_row")
    else:
        parts = parts.filter(last_row__gt=after).order_by("first_row")
    for part in parts.iterator(chunk_size=5):
        rows = rows_of(part)
        for one in reversed(rows) if before else rows:
            is_there = one.row < before if before else one.row > after
            if is_there and result in (ANY, one.result):
                yield one


def _number(key: str) -> int:
    """A row's number; 0 for what is none."""
    is_number = key.isascii() and key.isdigit() and len(key) <= LONGEST_NUMBER
    return int(key) if is_number else 0


def _key(row: LoadedRow) -> str:
    return str(row.row)
