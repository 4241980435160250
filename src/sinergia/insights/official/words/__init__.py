"""What an official is told, in words."""

from django.template.loader import render_to_string

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    return render_to_string(f"official/said/{gap.code}.txt", {"values": gap.values}).strip()
