"""Finds the sentence for a code: why a file could not be read."""

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from sinergia.base.tables.reading import Unreadable


def explain_unreadable(fault: Unreadable) -> str:
    """Say in the reader's language why a file cannot be read and what to do."""
    return explain_failure(fault.code, **fault.values)


def explain_failure(code: str, **values: str | int) -> str:
    """The sentence for a code of `Unreadable`, kept with a load that failed."""
    try:
        return render_to_string(f"tables/said/{code}.txt", values).strip()
    except TemplateDoesNotExist:
        return render_to_string("tables/said/damaged.txt", values).strip()
