"""What stands on the paper, the same in PDF and in DOCX. Every text comes ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PaperTable:
    """A table: the first column is words, the rest are numbers."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str]


@dataclass(frozen=True)
class Section:
    """The figures in one currency; `title` is empty where there is only one."""

    title: str
    sentence: str
    figures: Sequence[tuple[str, str]]  # what is counted, the number
    years: PaperTable
    theses: Sequence[str]


@dataclass(frozen=True)
class Paper:
    """A brief. language: "ru" or "en"; foot: when it was made and where its rows are.

    title: of the file; heading: the same without what `scope` says.
    """

    language: str
    kind: str
    title: str
    heading: str
    scope: str
    sections: Sequence[Section]
    theses_title: str
    notes_title: str
    notes: Sequence[tuple[str, str]]
    foot: Sequence[str]
    page_words: str  # "Page {page} of {pages}"
