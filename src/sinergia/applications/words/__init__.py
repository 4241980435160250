"""Finds the sentence for a code: what a load says of a row, what a person has to decide."""

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string


def explain(code: str) -> str:
    """The sentence for a code, in the reader's language; the code itself where there is none."""
    try:
        return render_to_string(f"applications/said/{code}.txt").strip()
    except TemplateDoesNotExist:
        return code
