"""Press notes in words."""

from django.template.loader import select_template

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language; what all notes share, exchange says."""
    template = select_template([f"{room}/said/{gap.code}.txt" for room in ("press", "exchange")])
    sentence: str = template.render({"values": gap.values, **gap.values})
    return sentence.strip()
