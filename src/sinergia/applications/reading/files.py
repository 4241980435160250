"""Opening a fund's file and finding which column is what."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sinergia.applications.actions.loads import KIND
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.reading.rows import filed_rows
from sinergia.base.tables.headings import (
    Headings,
    apply_mapping,
    data_rows,
    find_headings,
    grants_fields,
)
from sinergia.base.tables.queries import mapping_remembered
from sinergia.base.tables.reading import Book, Cell, Sheet, Unreadable, open_table


@dataclass(frozen=True)
class GrantsFile:
    """A file read whole: its headings and its data rows."""

    headings: Headings
    rows: list[FiledRow]


def headings_of(book: Book, mapping: Mapping[str, str]) -> Headings:
    """Find which column is what: as told now, as told the last time, else as guessed.

    Raises Unreadable: where no heading is like ours, where a told column is not there.
    """
    found = find_headings(book, grants_fields())
    if found is None:
        raise Unreadable("no_headings")
    told = mapping or mapping_remembered(KIND, found.digest)
    return apply_mapping(found, told) if told else found


def read_grants(path: Path, mapping: Mapping[str, str], currency: str) -> GrantsFile:
    """Read every data row of a fund's file into memory: about 2 kB a row. Raises Unreadable."""
    book = open_table(path)
    headings = headings_of(book, mapping)
    if missing := headings.missing(grants_fields()):
        raise Unreadable("columns_missing", columns=", ".join(missing))
    rows = list(filed_rows(data_rows(sheet_of(book, headings), headings), currency))
    if not rows:
        raise Unreadable("no_rows")
    return GrantsFile(headings, rows)


def sample_of(book: Book, headings: Headings, rows: int) -> list[tuple[int, dict[str, Cell]]]:
    """The first data rows as they stand in the file."""
    return list(islice(data_rows(sheet_of(book, headings), headings), rows))


def sheet_of(book: Book, headings: Headings) -> Sheet:
    """The sheet in which the headings were found."""
    return next(sheet for sheet in book.sheets if sheet.name == headings.sheet)
