"""A project as people write it: texts by path, read into a typed document, frozen, compared."""

from sinergia.engine.project.answers import answer_path, questions_put, without_unasked
from sinergia.engine.project.document import Document, Event, Line, read_document
from sinergia.engine.project.frozen import Broken, Frozen, Thawed, erase, freeze, thaw
from sinergia.engine.project.paths import PROJECT, parse_path

__all__ = [
    "PROJECT",
    "Broken",
    "Document",
    "Event",
    "Frozen",
    "Line",
    "Thawed",
    "answer_path",
    "erase",
    "freeze",
    "parse_path",
    "questions_put",
    "read_document",
    "thaw",
    "without_unasked",
]
