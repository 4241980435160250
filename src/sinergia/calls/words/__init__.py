"""Finds the sentence for what a rule has against an act."""

from django.template.loader import select_template

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    # Themes belong to places: what is wrong with one is said there.
    template = select_template([f"calls/said/{gap.code}.txt", f"places/said/{gap.code}.txt"])
    sentence: str = template.render({"values": gap.values})
    return sentence.strip()
