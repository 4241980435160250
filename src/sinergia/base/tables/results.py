"""What becomes of the rows of a load, counted and told row by row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sinergia.base.tables.models import LoadNote

RESULTS = ("created", "updated", "unchanged", "queued", "refused")
ASKING = ("queued", "refused")  # results of rows that were not taken, or not wholly
SHOWN_NOTES = 20_000  # of all rows, when a file is only tried


@dataclass(frozen=True, slots=True)
class Note:
    """What is worth saying of a row: a code of `said/` and the value it speaks of."""

    code: str
    value: str = ""
    field: str = ""  # of the row, where the note is about one cell
    before: str = ""  # what stood in our field
    is_warning: bool = True  # somebody should look, whatever became of the row


class ReadRow(Protocol):
    """A row of a file, read and typed. digest: the same for rows that say the same."""

    @property
    def row(self) -> int:
        """Its number in the file, from 1."""

    @property
    def subject(self) -> str:
        """By what a person finds it in the report."""

    @property
    def digest(self) -> str:
        """Hex."""


class Judged(Protocol):
    """What became of one row."""

    @property
    def row(self) -> ReadRow:
        """The row."""

    @property
    def result(self) -> str:
        """One of RESULTS."""

    @property
    def notes(self) -> Sequence[Note]:
        """What is said of it in the report."""


@dataclass
class Tally:
    """What a load comes to: counts of rows, words nobody has mapped, notes on rows."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[LoadNote] = field(default_factory=list)

    def add(self, verdicts: Sequence[Judged]) -> list[LoadNote]:
        """Count verdicts, keep the first notes to be shown; give all notes of these."""
        self.counts.update(verdict.result for verdict in verdicts)
        fresh = [note for verdict in verdicts for note in _notes_of(verdict)]
        self.notes += fresh[: max(0, SHOWN_NOTES - len(self.notes))]
        return fresh

    def as_counts(self) -> dict[str, int]:
        """The numbers every report shows: rows, then the five that sum to it."""
        return {"rows": self.rows} | {result: self.counts[result] for result in RESULTS}


@dataclass
class WordNotes:
    """Words of a file that mean nothing to us yet: where each stands first, and how often."""

    found: dict[tuple[str, str], LoadNote] = field(default_factory=dict)

    def add(self, code: str, word: str, folded: str, row: int) -> None:
        """Count a word; the first spelling is the one that is told."""
        note = LoadNote(row=row, result="word", code=code, value=word[:300], times=0)
        self.found.setdefault((code, folded), note).times += 1

    def as_notes(self) -> list[LoadNote]:
        """In the order in which the words were met."""
        return list(self.found.values())


def _notes_of(verdict: Judged) -> list[LoadNote]:
    return [
        LoadNote(
            row=verdict.row.row,
            subject=verdict.row.subject[:80],
            result=verdict.result,
            code=note.code,
            field=note.field,
            before=note.before[:300],
            value=note.value[:300],
            is_warning=note.is_warning or verdict.result in ASKING,
        )
        for note in verdict.notes
    ]
