"""In which order rows with the same words are shown: the same on every database."""

from collections.abc import Sequence

from sinergia.base.search.matching import Candidate
from sinergia.base.search.words import Asked, lemma_of, words_of_legal_forms

Rank = tuple[int, bool, int, int, int, int]


def ranked(found: Sequence[Candidate], words: Sequence[Asked]) -> list[int]:
    """Numbers of rows, the nearest to what was asked first.

    First those with more of the words in their name; of these whose whole name it is, legal forms
    aside; then those that write the words as typed; then what weighs more, has the shorter name,
    is newer.
    """
    legal = words_of_legal_forms()
    telling = [word for word in words if legal.isdisjoint(word.forms)] or words
    forms = {form for word in words for form in word.forms} | legal
    ranks = [(_rank(one, telling, forms), one.row) for one in found]
    return [row for _rank_of_it, row in sorted(ranks)]


def _rank(one: Candidate, telling: Sequence[Asked], forms: set[str]) -> Rank:
    """Smaller is nearer."""
    head, rest = set(one.head.split()), f" {one.rest} "
    named = written = 0
    for word in telling:
        named += _has(head, word)
        written += word.word in head or f" {word.word} " in rest
    beside = len({lemma_of(word) for word in head - forms} - forms)
    is_partial = beside > 0 or named < len(telling)
    return -named, is_partial, -written, -one.weight, beside, -one.row


def _has(head: set[str], word: Asked) -> bool:
    if not head.isdisjoint(word.forms):
        return True
    return word.is_beginning and any(one.startswith(word.word) for one in head)
