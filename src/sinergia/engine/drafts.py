"""Fields of something that people write together: where a text stands, how it is kept.

A path is `title`, or `lines/7f3a9c/price` for a cell of a row. Rows have random ids, so that two
people who add one each never write into one another's. Answers to what somebody asks beside the
fields stand at `answers/CODE`.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sinergia.engine.text import clean, clean_line

MOST_ROWS = 1_000  # of one field; rules ask for fewer
LONGEST = 200_000  # characters that one field keeps; rules ask for fewer at submission
ORDER = "order"  # a cell of every row: where it stands among the others
LAST = 10**9  # where a row stands that nobody gave a place

_ROW = re.compile(r"[0-9a-f]{6,32}")
_ANSWER = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class Path(NamedTuple):
    """Where a text stands: a field; of a field of rows, the row and its cell.

    Of an answer the cell is the code of its question; it belongs to no row.
    """

    field: str
    row: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in self if part)


@dataclass(frozen=True)
class Row:
    """One row of a field: its id and the texts of its cells, empty ones left out."""

    id: str
    texts: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was typed."""
        return not self.texts


@dataclass(frozen=True)
class Fields:
    """Which fields there are and of what kind; of those with rows, their cells.

    answers: the field under which answers stand; "" where nothing is asked beside.
    """

    kinds: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]
    answers: str = ""

    def parse(self, text: str) -> Path | None:
        """Read a path; none for one that is not here."""
        parts = text.split("/")
        if len(parts) == 1:
            is_text = text in self.kinds and text not in self.rows and text != self.answers
            return Path(text) if is_text else None
        if (
            self.answers
            and len(parts) == 2
            and parts[0] == self.answers
            and _ANSWER.fullmatch(parts[1])
        ):
            return Path(parts[0], cell=parts[1])
        if len(parts) != 3:
            return None
        field, row, cell = parts
        is_known = field in self.rows and (cell in self.rows[field] or cell == ORDER)
        return Path(field, row, cell) if is_known and _ROW.fullmatch(row) else None

    def clean(self, path: Path, text: str) -> str:
        """A text as it is kept: nothing unseen, lines broken by LF; on one line where it is one.

        What is typed as a sum or a date stays as it was typed: it is read when it is shown.
        """
        return clean(text) if self._is_long(path) else clean_line(text)

    def read(self, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, list[Row]]]:
        """Texts by path, and rows by field in their order; what is not here is left out."""
        texts: dict[str, str] = {}
        cells: dict[str, dict[str, dict[str, str]]] = {name: {} for name in self.rows}
        for text, value in values.items():
            path = self.parse(text)
            if path is None:
                continue
            if path.row:
                row = cells[path.field].setdefault(path.row, {})
                if value.strip():
                    row[path.cell] = value
            elif value.strip():
                texts[str(path)] = value
        return texts, {name: _ordered(some) for name, some in cells.items()}

    def _is_long(self, path: Path) -> bool:
        if path.field == self.answers:
            return True
        if path.row:
            return self.rows[path.field].get(path.cell) == "text"
        return self.kinds[path.field] == "text"


def trace_of(text: str) -> str:
    """By what a page knows a text that nobody has touched since it was shown. Keeps no secret."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def length_of(text: str) -> int:
    """Characters as they are counted everywhere: code points, a line break is one."""
    return len(text.replace("\r\n", "\n"))


def lines_of(text: str) -> int:
    """Lines on which something stands."""
    return sum(bool(line.strip()) for line in text.split("\n"))


def _ordered(rows: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Rows in the order that people gave them; those without a place after, as they came."""
    made = []
    for id_, cells in rows.items():
        place = cells.get(ORDER, "")
        shown = {name: text for name, text in cells.items() if name != ORDER}
        is_place = place.isdecimal() and len(place) < 20
        made.append((int(place) if is_place else LAST, Row(id_, shown)))
    return [row for _place, row in sorted(made, key=lambda told: told[0]) if not row.is_empty]
