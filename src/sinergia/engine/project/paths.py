"""Paths of a project's fields: `title`, or `lines/7f3a9c/price` for a cell of a row.

The answer to a question of a contest stands at `answers/CODE`.

Rows have random ids, so that two people who add one each never write into one another's.
"""

import re
from typing import NamedTuple

from sinergia.engine.text import clean, clean_line
from sinergia.packs.rules.fields import ANSWERS, FIELDS, ROWS

MOST_ROWS = 1_000  # of one field; rules ask for fewer
LONGEST = 200_000  # characters that one field keeps; rules ask for fewer at submission
ORDER = "order"  # a cell of every row: where it stands among the others

_ROW = re.compile(r"[0-9a-f]{6,32}")
_ANSWER = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class Path(NamedTuple):
    """Where a text stands: a field; of a field of rows, the row and its cell.

    Of an answer the cell is the code of its question; it belongs to no row.
    """

    field: str
    row: str = ""
    cell: str = ""

    @property
    def kind(self) -> str:
        """What stands there: a kind of `packs.rules.fields`."""
        if self.field == ANSWERS:
            return "text"
        if not self.row:
            return FIELDS[self.field]
        return "number" if self.cell == ORDER else ROWS[self.field][self.cell]

    def __str__(self) -> str:
        return "/".join(part for part in self if part)


def parse_path(text: str) -> Path | None:
    """Read a path; none for one that no project has."""
    parts = text.split("/")
    if len(parts) == 1:
        return Path(text) if text in FIELDS and text not in (*ROWS, ANSWERS) else None
    if len(parts) == 2 and parts[0] == ANSWERS and _ANSWER.fullmatch(parts[1]):
        return Path(ANSWERS, cell=parts[1])
    if len(parts) != 3:
        return None
    field, row, cell = parts
    is_known = field in ROWS and (cell in ROWS[field] or cell == ORDER)
    return Path(field, row, cell) if is_known and _ROW.fullmatch(row) else None


def clean_value(path: Path, text: str) -> str:
    """A text as it is kept: nothing unseen, lines broken by LF; on one line where it is one.

    What is typed as a sum or a date stays as it was typed: it is read when it is shown.
    """
    return clean(text) if path.kind == "text" else clean_line(text)


def length_of(text: str) -> int:
    """Characters as they are counted everywhere: code points, a line break is one."""
    return len(text.replace("\r\n", "\n"))
