"""A practice as people write it: texts by path, read into a typed document; what is missing."""

from sinergia.engine.practice.document import PRACTICE, Document, read_practice
from sinergia.engine.practice.missing import Missing, missing_in
from sinergia.engine.practice.shown import for_readers, without_people

__all__ = [
    "PRACTICE",
    "Document",
    "Missing",
    "for_readers",
    "missing_in",
    "read_practice",
    "without_people",
]
