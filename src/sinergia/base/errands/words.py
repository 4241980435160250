"""Finds the sentences of errands: what each does, and what speaks against touching one."""

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string


def explain(code: str) -> str:
    """The words for an errand's name or a code; itself where a later version knows them."""
    try:
        return render_to_string(f"errands/said/{code}.txt").strip()
    except TemplateDoesNotExist:
        return code
