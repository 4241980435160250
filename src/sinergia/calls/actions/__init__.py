"""Every change of funds, their contests and words."""

from sinergia.calls.actions.funds import describe_fund, ensure_fund
from sinergia.calls.actions.indexing import searched_calls
from sinergia.calls.actions.themes import map_directions
from sinergia.calls.actions.words import Words, ensure_words, known_outcomes

__all__ = [
    "Words",
    "describe_fund",
    "ensure_fund",
    "ensure_words",
    "known_outcomes",
    "map_directions",
    "searched_calls",
]
