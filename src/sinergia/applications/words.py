"""Finds the sentence for a code: what a load says of a row, what a person has to decide."""

from collections.abc import Iterable

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.tables.export import csv_lines
from sinergia.base.tables.models import LoadNote


def explain(code: str) -> str:
    """The sentence for a code, in the reader's language; the code itself where there is none."""
    try:
        return render_to_string(f"applications/said/{code}.txt").strip()
    except TemplateDoesNotExist:
        return code


def report_lines(notes: Iterable[LoadNote]) -> Iterable[bytes]:
    """The report's lines: row, application, result, reason, what stood there, how often."""
    head = [
        _("Row"), _("Application"), _("Result"), _("Code"), _("Reason"), _("Value"), _("Times"),
    ]  # fmt: skip
    return csv_lines(head, (_report_row(note) for note in notes))


def _report_row(note: LoadNote) -> tuple[int | str, ...]:
    result, reason = result_word(note.result), explain(note.code)
    return note.row, note.subject, result, note.code, reason, note.value, note.times


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
