"""What the filing of applications takes: a row of a fund's table, read and typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sinergia.base.tables.reading import Cell
from sinergia.base.tables.results import Note
from sinergia.engine.seal import canonical_texts

SCHEMA = "outside-row/1"


@dataclass(slots=True)
class FiledRow:
    """One application as filed. Money in minor units, texts cleaned, absent ones empty."""

    row: int  # as numbered in the file
    number: str = ""
    contest: str = ""
    contest_key: str = ""
    year: int = 0
    year_source: str = "none"
    organisation: str = ""
    ogrn: str = ""  # verified by its check digit, or empty
    inn: str = ""
    region: str = ""
    municipality: str = ""
    title: str = ""
    direction: str = ""
    status: str = ""
    asked_minor: int = 0
    awarded_minor: int = 0
    decided_on: date | None = None
    submitted: datetime | None = None  # of a list: by the clock of the contest, no zone
    cells: Mapping[str, Cell] = field(default_factory=dict)  # as they stand in the file
    digest: str = ""  # the same for rows that differ in writing alone
    refusal: Note | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """By what a person finds it in the report."""
        return self.number

    @property
    def content(self) -> bytes:
        """Every filled cell as text: the canonical bytes that are kept."""
        return canonical_texts(SCHEMA, self.texts)

    @property
    def texts(self) -> dict[str, str]:
        """Every filled cell as it stands in the file, by its column."""
        return _as_text(self.cells)


def _as_text(cells: Mapping[str, Cell]) -> dict[str, str]:
    """Every filled cell as it stands in the file."""
    return {name: _cell_text(cell) for name, cell in cells.items() if cell not in (None, "")}


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


__all__ = ["SCHEMA", "FiledRow", "Note"]
