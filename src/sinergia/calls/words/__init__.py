"""Finds the sentence for what a rule has against an act."""

from django.template.loader import select_template

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    # Of themes places say what is wrong; of what changed meanwhile the register.
    rooms = ("calls", "places", "register")
    template = select_template([f"{room}/said/{gap.code}.txt" for room in rooms])
    sentence: str = template.render({"values": gap.values, **gap.values})
    return sentence.strip()
