"""Words in open fields that tell whose an application is, where the rules hide it. Pure.

Whoever decides whether that matters is a person: a surname may be a common word, too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sinergia.engine.doubles import brand_of
from sinergia.engine.interests import SHORTEST, surname_of
from sinergia.engine.text import fold, words_of

BEGINNING = 4  # letters by which a text is looked through before its words are read
Lemma = Callable[[str], str]


def keys_of(names: Iterable[str], people: Iterable[str], lemma: Lemma) -> list[tuple[str, ...]]:
    """By what an applicant is known in a text: names of an organisation, surnames, as lemmas.

    Of a name what stands in quotes, or all of it; a short one tells nobody from others.
    """
    told = [words_of(brand_of(name) or name) for name in names]
    own = [tuple(map(lemma, words)) for words in told if len("".join(words)) >= SHORTEST]
    surnames = [(_surname(name, lemma),) for name in people if surname_of(name)]
    return list(dict.fromkeys([*own, *surnames]))


def named_in_open(
    texts: Mapping[str, str], keys: Sequence[tuple[str, ...]], lemma: Lemma
) -> dict[str, str]:
    """Paths of open texts that name the applicant, each with the words as they stand there."""
    found = {}
    beginnings = [key[0][:BEGINNING] for key in keys]
    for path, text in texts.items():
        if not any(one in fold(text) for one in beginnings):
            continue
        words = words_of(text)
        lemmas = [lemma(word) for word in words]
        for key in keys:
            at = _place(key, lemmas, lemma)
            if at is not None:
                found[path] = " ".join(words[at : at + len(key)])
                break
    return found


def _place(key: tuple[str, ...], lemmas: Sequence[str], lemma: Lemma) -> int | None:
    size = len(key)
    for at in range(len(lemmas) - size + 1):
        if tuple(lemmas[at : at + size]) == key:
            return at
        is_near = size == 1 and lemmas[at][:BEGINNING] == key[0][:BEGINNING]
        if is_near and _surname(lemmas[at], lemma) == key[0]:
            return at
    return None


def _surname(name: str, lemma: Lemma) -> str:
    """A surname in one form for men and women, in whatever case it stands."""
    return surname_of(lemma(surname_of(name)))
