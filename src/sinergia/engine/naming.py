"""Whether a text names somebody, in whatever case: what may not be said of them is left out.

It rather finds too much: a sentence that was left out can be written anew, a name that was
published cannot be called back.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sinergia.engine.text import words_of

LONG = 6  # letters from which on two may be an ending
SHORT = 3  # letters up to which a word has no ending of its own; below, only the word itself
GROWN = 3  # letters that an ending may be longer
FULL = 3  # words of a name in full: «Яровая Татьяна Ивановна»
PATRONYMICS = ("вич", "вна", "ична", "ьич")


def names_any(text: str, names: Iterable[str]) -> bool:
    """Whether a text names one of these people by surname, or by name and patronymic."""
    said = words_of(text)
    return any(_is_named(said, words_of(name)) for name in names)


def repeats_any(text: str, others: Iterable[str]) -> bool:
    """Whether one of these texts stands in a text, whatever the case and the signs."""
    said = f" {' '.join(words_of(text))} "
    found = (" ".join(words_of(one)) for one in others)
    return any(one and f" {one} " in said for one in found)


def _is_named(said: Sequence[str], name: Sequence[str]) -> bool:
    """Initials name nobody by themselves, a name or a patronymic alone neither."""
    words = [one for one in name if len(one) > 1]
    if len(words) < FULL:
        return any(_is_form(one, word) for one in said for word in words)
    surnames, given = _parts(words)
    if any(_is_form(one, word) for one in said for word in surnames):
        return True
    return any(
        _is_form(first, given[0]) and _is_form(then, given[1]) for first, then in pairwise(said)
    )


def _parts(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What may be the surname, and name with patronymic, in either order."""
    if words[2].endswith(PATRONYMICS):
        return words[:1], words[1:3]
    if words[1].endswith(PATRONYMICS):
        return words[2:], words[:2]
    return (words[0], words[-1]), words[:2]


def _is_form(said: str, word: str) -> bool:
    if len(word) < SHORT:
        return said == word
    cut = 2 if len(word) >= LONG else 1 if len(word) > SHORT or word.endswith("й") else 0
    return said.startswith(word[: len(word) - cut]) and len(said) <= len(word) + GROWN
