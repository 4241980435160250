"""What a person sees of a file before it is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sinergia.applications.actions.loads import try_load
from sinergia.applications.reading.files import headings_of, read_grants, sample_of
from sinergia.base.tables.headings import grants_fields
from sinergia.base.tables.models import LoadNote
from sinergia.base.tables.reading import Cell, Unreadable, open_table
from sinergia.calls.models import Fund

SAMPLE = 8  # rows shown as they stand
TRIED_BYTES = 1_500_000  # larger files are not tried while somebody waits for the page


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


def check_table(path: Path) -> None:
    """Raise Unreadable where a file is no table with headings like ours."""
    headings_of(open_table(path), {})


def preview_of(path: Path, mapping: Mapping[str, str], fund: Fund) -> Preview:
    """Look into a kept file; what cannot be read is said in `failure`."""
    try:
        book = open_table(path)
        headings = headings_of(book, mapping)
        rows = [(number, _texts(cells)) for number, cells in sample_of(book, headings, SAMPLE)]
    except Unreadable as failure:
        return Preview(failure=failure)
    missing = headings.missing(grants_fields())
    seen = Preview(
        labels=headings.labels,
        digest=headings.digest,
        sheet=headings.sheet if book.form == "xlsx" else "",  # a text file has but one
        heading_row=headings.row_number,
        mapping={
            code: headings.labels[column]
            for code, column in headings.columns.items()
            if column < len(headings.labels)
        },
        missing=missing,
        rows=rows,
    )
    if not missing and path.stat().st_size <= TRIED_BYTES:
        _try(seen, path, mapping, fund)
    return seen


def _try(seen: Preview, path: Path, mapping: Mapping[str, str], fund: Fund) -> None:
    try:
        table = read_grants(path, mapping, fund.currency)
    except Unreadable:  # the page shows the columns; loading says why
        return
    tally = try_load(table.rows, fund)
    seen.counts.update(tally.as_counts())
    seen.notes.extend([note for note in tally.notes if note.result in ("word", "refused")][:50])


def _texts(cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    return [(code, "" if cell is None else str(cell)[:120]) for code, cell in cells.items()]
