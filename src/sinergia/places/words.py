"""Finds the sentence for what is wrong with a file about places, or with one of its rows."""

from django.template.loader import render_to_string

from sinergia.places.actions import Refusal


def explain_refusal(refusal: Refusal) -> str:
    """Why a row is not taken, in the reader's language."""
    return render_to_string(f"places/said/{refusal.code}.txt", {"value": refusal.value}).strip()


def explain_file(code: str, **values: str) -> str:
    """Why a file cannot be used, by the code of `UnusableFile`, in the reader's language."""
    return render_to_string(f"places/said/{code}.txt", {"values": values}).strip()
