"""The rules of a contest as data: their schema, their reading, what is wrong with them."""

from sinergia.packs.rules.faults import Fault, sentence_of
from sinergia.packs.rules.reading import LARGEST, Faulty, read_rules, rules_from, shipped
from sinergia.packs.rules.schema import Rules

__all__ = [
    "LARGEST",
    "Fault",
    "Faulty",
    "Rules",
    "read_rules",
    "rules_from",
    "sentence_of",
    "shipped",
]
