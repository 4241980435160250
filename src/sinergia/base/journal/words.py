"""Finds the sentence of an entry: what was done, in the reader's language."""

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string


def explain(verb: str) -> str:
    """The words for a verb; itself where a later version knows it."""
    try:
        return render_to_string(f"journal/said/{verb}.txt").strip()
    except TemplateDoesNotExist:
        return verb
