"""Press notes in words."""

from sinergia.base.ui.said import sentence
from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language; what all notes share, exchange says."""
    return sentence(gap, "press", "exchange")
