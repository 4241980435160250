"""Finds the sentence for what a rule has against an act."""

from django.template.loader import render_to_string

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    return render_to_string(f"exchange/said/{gap.code}.txt", {"values": gap.values}).strip()
