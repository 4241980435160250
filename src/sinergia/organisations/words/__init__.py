"""Finds the sentence for a code of the register, in the reader's language."""

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string


def explain(code: str, **values: object) -> str:
    """The sentence for a code; the code itself where there is none."""
    try:
        return render_to_string(f"register/said/{code}.txt", values).strip()
    except TemplateDoesNotExist:
        return code
