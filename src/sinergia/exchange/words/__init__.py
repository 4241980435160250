"""Finds the sentence for what a rule has against an act."""

from sinergia.base.ui.said import sentence
from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language; of people and the register, theirs."""
    return sentence(gap, "exchange", "people", "register")
