"""Finds the sentence for a code: why a file could not be read, what became of a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.tables.export import csv_lines
from sinergia.base.tables.models import LoadNote
from sinergia.base.tables.reading import Unreadable
from sinergia.engine.pieces import pieces

Explain: TypeAlias = Callable[[str], str]
Said: TypeAlias = Callable[[str, str], str]  # a field and a value of it, in the reader's words
AT_ONCE = 2_000  # notes whose values are looked up together


def as_written(told: Iterable[tuple[str, str]]) -> Said:
    """Values that need no words of ours stand as the file has them."""
    return lambda _field, value: value


@dataclass(frozen=True)
class Wording:
    """In which words one kind of load speaks of its rows.

    row: what a row is about. explain: the sentence of a code. fields: what a field is called.
    values: looks up the words of (field, value) pairs at once.
    """

    row: str | Promise
    explain: Explain
    fields: Mapping[str, str | Promise] = field(default_factory=dict)
    values: Callable[[Iterable[tuple[str, str]]], Said] = as_written


@dataclass(frozen=True)
class SaidNote:
    """A note in the reader's words.

    name: of the field it speaks of; value: what stood there, after what stood in ours; "" where
    there is nothing to say, or the sentence says it.
    """

    note: LoadNote
    sentence: str
    name: str
    value: str

    @property
    def told(self) -> str:
        """Name and value in one."""
        return ": ".join(filter(None, (self.name, self.value)))

    @property
    def line(self) -> str:
        """Everything in one line; a sentence that is only a name gets a colon."""
        sign = "" if self.sentence.endswith(".") else ":"
        return f"{self.sentence}{sign} {self.told}" if self.told else self.sentence


def notes_said(notes: Sequence[LoadNote], wording: Wording) -> list[SaidNote]:
    """Notes with their sentences, and their values as a person would write them."""
    told = [(one.field, text) for one in notes for text in (one.before, one.value)]
    said = wording.values(told)
    return [_said(note, wording, said) for note in notes]


def _said(note: LoadNote, wording: Wording, said: Said) -> SaidNote:
    texts = [said(note.field, text) for text in (note.before, note.value) if text]
    sentence, name = wording.explain(note.code), str(wording.fields.get(note.field, ""))
    return SaidNote(note, sentence, "" if name == sentence else name, " → ".join(texts))


def explain_unreadable(fault: Unreadable) -> str:
    """Say in the reader's language why a file cannot be read and what to do."""
    return explain_failure(fault.code, **fault.values)


def explain_failure(code: str, **values: str | int) -> str:
    """The sentence for a code of `Unreadable`, kept with a load that failed."""
    try:
        return render_to_string(f"tables/said/{code}.txt", values).strip()
    except TemplateDoesNotExist:
        return render_to_string("tables/said/damaged.txt", values).strip()


def result_word(result: str, number: int = 1) -> str:
    """What became of a row or of `number` of them, in the reader's language."""
    if result == "queued":
        return ngettext("awaits a person", "await a person", number)
    return {
        "created": _("created"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "refused": _("refused"),
        "word": _("new word"),
    }[result]


def report_lines(notes: Iterable[LoadNote], wording: Wording) -> Iterable[bytes]:
    """The report's lines: row, about whom, result, reason, what stood there, how often, where."""
    head = [_("Row"), str(wording.row), _("Result"), _("Code"), _("Reason"), _("Value"), _("Times")]
    return csv_lines([*head, _("Column")], _report_rows(notes, wording))


def _report_rows(notes: Iterable[LoadNote], wording: Wording) -> Iterator[tuple[int | str, ...]]:
    for some in pieces(notes, AT_ONCE):
        for said in notes_said(some, wording):
            note, result = said.note, result_word(said.note.result)
            told = (note.row, note.subject, result, note.code, said.sentence, said.value)
            yield (*told, note.times, said.name)
