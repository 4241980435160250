"""Finds the sentence for what a rule has against an act."""

from django.template.loader import select_template

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    places = (f"{room}/said/{gap.code}.txt" for room in ("projects", "drafts"))
    sentence: str = select_template(list(places)).render({"values": gap.values})
    return sentence.strip()
