"""Finds the sentence for what a rule has against an act."""

from django.template.loader import get_template

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    sentence: str = get_template(f"projects/said/{gap.code}.txt").render({"values": gap.values})
    return sentence.strip()
