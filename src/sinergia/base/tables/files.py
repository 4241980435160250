"""A file that is to be loaded: its headings found, looked into before, read row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sinergia.base.tables.headings import Headings, apply_mapping, data_rows, find_headings
from sinergia.base.tables.matching import Field
from sinergia.base.tables.models import LoadNote
from sinergia.base.tables.queries import mapping_remembered
from sinergia.base.tables.reading import Book, Cell, Sheet, Unreadable, open_table
from sinergia.base.tables.results import Tally

SAMPLE = 8  # rows shown as they stand
TRIED_BYTES = 1_500_000  # larger files are not tried while somebody waits for the page
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

    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Every data row: number in the file, field -> cell."""
        return data_rows(self._sheet(), self.headings, is_whole=self.is_kept_whole)

    def _sheet(self) -> Sheet:
        return self.book.sheet_named(self.headings.sheet)


@dataclass(frozen=True)
class Preview:
    """Columns as they are taken, the first rows, and for a small file what would come of it."""

    labels: tuple[str, ...] = ()
    digest: str = ""  # of the labels
    sheet: str = ""
    heading_row: int = 0
    mapping: dict[str, str] = field(default_factory=dict)  # field to label
    missing: list[str] = field(default_factory=list)  # needed fields without a column
    rows: list[tuple[int, list[tuple[str, str]]]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[LoadNote] = field(default_factory=list)
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
    path: Path, layout: Layout, mapping: Mapping[str, str], try_load: Callable[[], Tally]
) -> Preview:
    """Look into a kept file; what cannot be read is said in `failure`.

    try_load: says what a load would come to; raises Unreadable.
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
    if not missing and path.stat().st_size <= TRIED_BYTES:
        _try(seen, try_load)
    return seen


def _try(seen: Preview, try_load: Callable[[], Tally]) -> None:
    try:
        tally = try_load()
    except Unreadable:  # the page shows the columns; loading says why
        return
    seen.counts.update(tally.as_counts())
    told = [note for note in tally.notes if note.result in ("word", "refused")]
    seen.notes.extend(told[:SHOWN_NOTES])


def _labels(headings: Headings) -> dict[str, str]:
    width: Sequence[str] = headings.labels
    return {code: width[at] for code, at in headings.columns.items() if at < len(width)}


def _texts(cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    return [(code, "" if cell is None else str(cell)[:120]) for code, cell in cells.items()]
