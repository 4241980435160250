"""Words as the index knows them: folded, in dictionary form, in one alphabet."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, Protocol

import pymorphy3

from sinergia.engine.text import words_of

MOST_LETTERS = 1_000  # of what was typed, so that a page of text is read in no time
MOST_WORDS = 12
LONGEST_TEXT = 20_000  # characters of a row that are searched
LONGEST_WORD = 60  # a longer one is indexed and looked for by its beginning
SHORTEST_BEGINNING = 3  # letters by which words may be found that no dictionary knows
PERSONAL = frozenset({12, 15})  # digits of an INN and an OGRN that are a person's

_CYRILLIC, _LATIN = re.compile("[а-я]"), re.compile("[a-z]")
# Small letters: those of «АНО» typed on the other keyboard come here folded.
_TWINS = str.maketrans("abcehkmoptxy", "авсенкмортху")
_HYPHENED = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
_HYPHENS = re.compile("[-‐‑]")


class _Parse(Protocol):
    normal_form: str


class _Known(NamedTuple):
    """A word of a text. phrase: of the letters of a legal form, its words; begins: one may."""

    forms: tuple[str, ...]
    phrase: list[str]
    begins: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One word that is looked for. forms: any of them will do, as `forms_of` gives them."""

    word: str
    forms: tuple[str, ...]
    is_beginning: bool

    def is_in(self, forms: tuple[str, ...]) -> bool:
        """Whether a word of a text, by its forms, is the one that is looked for."""
        if self.is_beginning and any(form.startswith(self.word) for form in forms):
            return True
        return any(form in self.forms for form in forms)


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    """Loaded at the first word, not at start."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)
def lemma_of(word: str) -> str:
    """The dictionary form of a folded word; what is not Russian stays as it is."""
    if not _CYRILLIC.search(word):
        return word
    parses: list[_Parse] = _dictionary().parse(word)
    # A guessed form may be two words; the index knows single ones.
    return next(iter(words_of(parses[0].normal_form)), word)


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Whether a dictionary has the word, in whatever form."""
    known: bool = _dictionary().word_is_known(word)
    return known


@lru_cache(maxsize=200_000)
def forms_of(word: str) -> tuple[str, ...]:
    """All under which one folded word is indexed and looked for: as written, in dictionary form.

    A word with Latin letters among Russian ones («Coвет») is the Russian word as well, and so
    is a legal form all in Latin letters that look like Russian ones.
    """
    cut = word[:LONGEST_WORD]
    found = [cut, lemma_of(cut)[:LONGEST_WORD]]
    if _LATIN.search(cut):
        twin = cut.translate(_TWINS)
        if not _LATIN.search(twin) and (_CYRILLIC.search(cut) or twin in legal_forms()):
            found += [twin, lemma_of(twin)[:LONGEST_WORD]]
    return tuple(dict.fromkeys(found))


def asked_words(typed: str) -> list[str]:
    """The words that a search looks for, folded, each once."""
    words = (word[:LONGEST_WORD] for word in words_of(typed[:MOST_LETTERS]))
    return list(dict.fromkeys(words))[:MOST_WORDS]


def asked(typed: str) -> list[Asked]:
    """The same with all that they may look like in the index."""
    return [Asked(word, forms_of(word), _is_beginning(word)) for word in asked_words(typed)]


def indexed(head: str, rest: str = "") -> tuple[str, str]:
    """The words of a row's name, and those of the rest with what both are called otherwise.

    Each once, in the order of the text, parted by blanks. Numbers of persons are left out.
    """
    named: dict[str, None] = {}
    also: dict[str, None] = {}
    latin = _latin_forms()
    for text, kept in ((head[:LONGEST_TEXT], named), (rest[:LONGEST_TEXT], also)):
        words = words_of(text)
        phrases: list[str] = []
        begins = False
        for word in dict.fromkeys(words):
            if word.isascii() and word not in latin:
                # A number, the host of a site: it has one form, and no two rows have it.
                if not _is_persons(word):
                    kept[word[:LONGEST_WORD]] = None
                continue
            forms, phrase, is_first = _known_of(word)
            for form in forms:
                kept[form] = None
            phrases += phrase
            begins = begins or is_first
        also.update(dict.fromkeys(phrases))
        if begins:
            also.update(dict.fromkeys(_written_out(words)))
        also.update(dict.fromkeys(_joined(text)))
    return " ".join(named), " ".join(word for word in also if word not in named)


@lru_cache(maxsize=200_000)
def _known_of(word: str) -> _Known:
    """All that is asked of a word of an indexed text, at one look."""
    if _is_persons(word):
        return _Known((), [], begins=False)
    forms = forms_of(word)
    phrase = [one for form in forms for one in legal_forms().get(form, "").split()]
    return _Known(forms, phrase, begins=lemma_of(word) in _first_words())


def _is_persons(word: str) -> bool:
    """Whether a word may be a person's number."""
    return len(word) in PERSONAL and word.isdecimal()


def _written_out(words: list[str]) -> Iterator[str]:
    """A legal form written out is found by its letters too."""
    written = f" {' '.join(map(lemma_of, words))} "
    yield from (
        letters
        for letters, phrase in legal_forms().items()
        if letters not in words and f" {phrase} " in written
    )


def _joined(text: str) -> Iterator[str]:
    """A word with a hyphen is found without it as well."""
    if not ("-" in text or "‐" in text or "‑" in text):  # the pattern tries every letter
        return
    for compound in _HYPHENED.findall(text):
        for word in words_of(_HYPHENS.sub("", compound)):
            yield from forms_of(word)


@cache
def legal_forms() -> Mapping[str, str]:
    """Legal forms by their letters: «ано» -> «автономный некоммерческий организация»."""
    text = files("sinergia.packs").joinpath("words/legal_forms.toml").read_text(encoding="utf-8")
    return {
        letters: " ".join(map(lemma_of, words_of(phrase)))
        for letters, phrase in tomllib.loads(text)["forms"].items()
    }


@cache
def _latin_forms() -> frozenset[str]:
    """Words in Latin letters that may be legal forms: «AHO» typed on the other keyboard."""
    forms = legal_forms()
    back = {russian: latin for latin, russian in _TWINS.items()}
    return frozenset(letters.translate(back) for letters in forms)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in legal_forms().values())


@cache
def words_of_legal_forms() -> frozenset[str]:
    """Words that say what kind of organisation it is, not which one."""
    return frozenset(
        word for letters, phrase in legal_forms().items() for word in (letters, *phrase.split())
    )


@lru_cache(maxsize=2_000)
def _is_beginning(word: str) -> bool:
    """Whether words that begin so are meant as well: a name or number typed in part.

    A word of the dictionary is found in its every form without it, ten times faster.
    """
    return len(word) >= SHORTEST_BEGINNING and not is_known(word)
