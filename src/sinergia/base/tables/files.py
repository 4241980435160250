"""A file that is to be loaded: its headings found, looked into before, read row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from sinergia.base.tables.headings import Headings, apply_mapping, data_rows, find_headings
from sinergia.base.tables.matching import Field
from sinergia.base.tables.models import LoadNote
from sinergia.base.tables.queries import mapping_remembered
from sinergia.base.tables.reading import Book, Cell, Sheet, Unreadable, open_table
from sinergia.base.tables.results import Tally

SAMPLE = 8  # rows shown as they stand
TRIED_ROWS = 5_000  # more are not tried while somebody waits for the page
SHOWN_NOTES = 50


@dataclass(frozen=True)
class Layout:
    """What tables of one kind hold.

    one_of: fields of which a file must have one at least. is_kept_whole: columns that stand for
    no field are read as well.
    """

    kind: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    is_kept_whole: bool = True

    def missing(self, headings: Headings) -> list[str]:
        """Codes of fields without which the file says nothing."""
        if self.one_of and not set(self.one_of) & set(headings.columns):
            return list(self.one_of)
        return headings.missing(self.fields)


@dataclass(frozen=True)
class OpenedFile:
    """A file with its headings; its rows may be read again and again."""

    book: Book
    headings: Headings
    is_kept_whole: bool
    most: int | None = None  # rows that are read; none for all

    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Every data row: number in the file, field -> cell."""
        rows = data_rows(self._sheet(), self.headings, is_whole=self.is_kept_whole)
        return islice(rows, self.most)

    def _sheet(self) -> Sheet:
        return self.book.sheet_named(self.headings.sheet)


@dataclass(frozen=True)
class Preview:
    """Columns as they are taken, the first rows, and what would come of it.

    tried: of a longer file, how many of its rows were tried; 0 where all were.
    """

    labels: tuple[str, ...] = ()
    digest: str = ""  # of the labels
    sheet: str = ""
    heading_row: int = 0
    mapping: dict[str, str] = field(default_factory=dict)  # field to label
    missing: list[str] = field(default_factory=list)  # needed fields without a column
    rows: list[tuple[int, list[tuple[str, str]]]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[LoadNote] = field(default_factory=list)
    tried: int = 0
    failure: Unreadable | None = None

    @property
    def columns(self) -> list[str]:
        """What the cells of the shown rows are: fields, and labels nobody mapped after a plus."""
        return [code for code, _ in self.rows[0][1]] if self.rows else list(self.mapping)


def find_columns(path: Path, layout: Layout, mapping: Mapping[str, str]) -> OpenedFile:
    """Find which column is what: as told now, as told the last time, else as guessed.

    Raises Unreadable: where no heading is like ours, where a told column is not there.
    """
    book = open_table(path)
    found = find_headings(book, layout.fields)
    if found is None:
        raise Unreadable("no_headings")
    told = mapping or mapping_remembered(layout.kind, found.digest)
    headings = apply_mapping(found, told) if told else found
    return OpenedFile(book, headings, layout.is_kept_whole)


def open_file(path: Path, layout: Layout, mapping: Mapping[str, str]) -> OpenedFile:
    """The same for a file that is to be read. Raises Unreadable where columns are missing, too."""
    opened = find_columns(path, layout, mapping)
    if missing := layout.missing(opened.headings):
        raise Unreadable("columns_missing", columns=", ".join(missing))
    return opened


def preview_of(
    path: Path, layout: Layout, mapping: Mapping[str, str], try_load: Callable[[OpenedFile], Tally]
) -> Preview:
    """Look into a kept file; what cannot be read is said in `failure`.

    try_load: says what a load of the file's first rows would come to; raises Unreadable.
    """
    try:
        opened = find_columns(path, layout, mapping)
        sample = [(number, _texts(cells)) for number, cells in islice(opened.rows(), SAMPLE)]
    except Unreadable as failure:
        return Preview(failure=failure)
    headings, missing = opened.headings, layout.missing(opened.headings)
    seen = Preview(
        labels=headings.labels,
        digest=headings.digest,
        sheet=headings.sheet if opened.book.form == "xlsx" else "",  # a text file has but one
        heading_row=headings.row_number,
        mapping=_labels(headings),
        missing=missing,
        rows=sample,
    )
    return _tried(seen, opened, try_load) if sample and not missing else seen


def _tried(seen: Preview, opened: OpenedFile, try_load: Callable[[OpenedFile], Tally]) -> Preview:
    """Say what would come of the first rows, and whether there are more."""
    try:
        tally = try_load(replace(opened, most=TRIED_ROWS))
        is_longer = next(islice(opened.rows(), TRIED_ROWS, None), None) is not None
    except Unreadable:  # the page shows the columns; loading says why
        return seen
    told = [note for note in tally.notes if note.is_warning]
    return replace(
        seen,
        counts=tally.as_counts(),
        notes=told[:SHOWN_NOTES],
        tried=TRIED_ROWS if is_longer else 0,
    )


def _labels(headings: Headings) -> dict[str, str]:
    width: Sequence[str] = headings.labels
    return {code: width[at] for code, at in headings.columns.items() if at < len(width)}


def _texts(cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    return [(code, "" if cell is None else str(cell)[:120]) for code, cell in cells.items()]
