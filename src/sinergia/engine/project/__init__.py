"""A project as people write it: texts by path, read into a typed document, frozen, compared."""

from sinergia.engine.project.answers import answer_path, questions_put, without_unasked
from sinergia.engine.project.document import Document, Event, Line, Row, read_document
from sinergia.engine.project.frozen import Broken, Frozen, Thawed, erase, freeze, thaw
from sinergia.engine.project.paths import (
    LONGEST,
    MOST_ROWS,
    Path,
    clean_value,
    length_of,
    parse_path,
)

__all__ = [
    "LONGEST",
    "MOST_ROWS",
    "Broken",
    "Document",
    "Event",
    "Frozen",
    "Line",
    "Path",
    "Row",
    "Thawed",
    "answer_path",
    "clean_value",
    "erase",
    "freeze",
    "length_of",
    "parse_path",
    "questions_put",
    "read_document",
    "thaw",
    "without_unasked",
]
