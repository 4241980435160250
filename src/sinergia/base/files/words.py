"""Finds the sentence for a code: why a file was refused, and what to do."""

from django.template.loader import render_to_string

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """Say in the reader's language what is wrong with a file and what mends it."""
    return render_to_string(f"files/said/{gap.code}.txt", dict(gap.values)).strip()
