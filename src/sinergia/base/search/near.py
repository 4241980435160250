"""“Did you mean”: what was typed in another keyboard layout, or with one slip of a letter."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sinergia.base.search.matching import Ask, Candidate, candidates
from sinergia.base.search.queries import Rows, visible
from sinergia.base.search.words import Asked, asked, asked_words, is_known, lemma_of

MOST_WORDS = 6  # a longer text is not a slip
LOOKED_AT = 100  # rows of a kind in which a near word is looked for
SHORTEST, LONGEST = 4, 20  # letters of a word that may be a slip

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"
_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~', "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_RUSSIAN = str.maketrans(_KEYS[0] + _SHIFTED[0], _KEYS[1] + _SHIFTED[1])
_TO_LATIN = str.maketrans(_KEYS[1] + _SHIFTED[1], _KEYS[0] + _SHIFTED[0])


def nearest(typed: str, among: Mapping[str, Rows]) -> str:
    """What was probably meant, where what was typed finds nothing; "" where nothing is near.

    among: {kind: what the reader may see of it}. It finds something there, and no word of it was
    taken from any other row. At most six queries.
    """
    words = asked(typed)
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    other = switched(typed)
    in_layout, *alone = _found([asked(other), *([word] for word in words)], among)
    if in_layout:
        return " ".join(other.split())
    missed = [word for word, rows in zip(words, alone, strict=True) if not rows]
    meant = _meant(missed, among)
    if not meant or len(meant) < len(missed):
        return ""
    text = " ".join(meant.get(word.word, word.word) for word in words)
    return text if len(words) == 1 or _found([asked(text)], among)[0] else ""


def switched(typed: str) -> str:
    """What the same keys write in the other layout: «ghbdtn» -> «привет»; "" for mixed texts."""
    letters = {letter for word in asked_words(typed) for letter in word if letter.isalpha()}
    if letters and letters <= set(_LATIN):
        return typed.translate(_TO_RUSSIAN)
    if letters and letters <= {*_RUSSIAN, "ё"}:
        return typed.translate(_TO_LATIN)
    return ""


def slips(word: str) -> set[str]:
    """Every text that is one letter away: one more, one less, another one, or two swapped."""
    alphabet = _LATIN if word[0] in _LATIN else _RUSSIAN
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    less = {left + right[1:] for left, right in parts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in parts if right[1:]}
    other = {left + sign + right[1:] for left, right in parts if right for sign in alphabet}
    more = {left + sign + right for left, right in parts for sign in alphabet}
    return (less | swapped | other | more) - {word}


def _found(asks: Sequence[Sequence[Asked]], among: Mapping[str, Rows]) -> list[list[Candidate]]:
    """For each ask some of the rows that the reader may see; two queries."""
    wanted = [Ask(kind, words, LOOKED_AT, is_weighed=False) for words in asks for kind in among]
    read = candidates(wanted)
    seen = visible([one for rows in read for one in rows], among)
    kinds = len(among)
    return [
        [
            one
            for rows in read[place * kinds : (place + 1) * kinds]
            for one in rows
            if one.row in seen[one.kind]
        ]
        for place in range(len(asks))
    ]


def _meant(words: Sequence[Asked], among: Mapping[str, Rows]) -> dict[str, str]:
    """For each word the near one that most rows hold; a word without such is left out."""
    if not all(SHORTEST <= len(word.word) <= LONGEST and word.word.isalpha() for word in words):
        return {}
    near = [_under_forms(slips(word.word)) for word in words]
    found = _found([[Asked("", tuple(forms), is_beginning=False)] for forms in near], among)
    meant = {}
    for word, forms, rows in zip(words, near, found, strict=True):
        times = Counter(
            text
            for one in rows
            for form in {*one.head.split(), *one.rest.split()} & forms.keys()
            for text in forms[form]
        )
        if times:
            # Where two are met as often, the first of the alphabet: the same answer every time.
            meant[word.word] = min(times, key=lambda text: (-times[text], text))
    return meant


def _under_forms(texts: set[str]) -> dict[str, set[str]]:
    """Near texts by the forms under which the index may hold them."""
    forms: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        forms[text].add(text)
        if is_known(text):
            forms[lemma_of(text)].add(text)
    return forms
