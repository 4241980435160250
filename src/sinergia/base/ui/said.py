"""Finds the sentence for what a rule has against an act."""

from django.template.loader import select_template

from sinergia.engine.refusal import Gap


def sentence(gap: Gap, *rooms: str, **told: object) -> str:
    """The sentence for a gap, in the reader's language, of the first of the rooms that has one.

    told: of its values, those that are to be shown otherwise.
    """
    template = select_template([f"{room}/said/{gap.code}.txt" for room in rooms])
    said: str = template.render({"values": gap.values, **gap.values, **told})
    return said.strip()
