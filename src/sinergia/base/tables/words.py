"""Finds the sentence for a code: why a file could not be read, what became of a row."""

from collections.abc import Callable, Iterable

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.tables.export import csv_lines
from sinergia.base.tables.models import LoadNote
from sinergia.base.tables.reading import Unreadable

Explain = Callable[[str], str]


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


def report_lines(notes: Iterable[LoadNote], *, subject: str, explain: Explain) -> Iterable[bytes]:
    """The report's lines: row, whom it is about, result, reason, what stood there, how often.

    subject: what the column is called that says by what a person finds the row.
    """
    head = [_("Row"), subject, _("Result"), _("Code"), _("Reason"), _("Value"), _("Times")]
    return csv_lines(head, (_report_row(note, explain) for note in notes))


def _report_row(note: LoadNote, explain: Explain) -> tuple[int | str, ...]:
    result, reason = result_word(note.result), explain(note.code)
    return note.row, note.subject, result, note.code, reason, note.value, note.times
