"""Finding rows by words in any case form, behind one interface for both databases."""

from functools import lru_cache
from typing import Protocol

import pymorphy3
from django.db import connection
from django.db.models.expressions import RawSQL

from sinergia.engine.text import words_of

MOST_HITS = 5_000  # a wider search is cut here, and the page says so
MOST_LETTERS = 1_000  # of what was typed, so that a page of text is read in no time
MOST_WORDS = 12
LONGEST_WORD = 60  # a longer one is indexed and looked for by its beginning
SHORTEST_BEGINNING = 3  # letters by which words may be found that no dictionary knows


class _Parse(Protocol):
    normal_form: str


@lru_cache(maxsize=1)
def _dictionary() -> pymorphy3.MorphAnalyzer:
    """Loaded at the first word, not at start."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)
def lemma_of(word: str) -> str:
    """The dictionary form of a folded word; what is not Russian stays as it is."""
    if not any("а" <= letter <= "я" for letter in word):
        return word
    parses: list[_Parse] = _dictionary().parse(word)
    # A guessed form may be two words; the index knows single ones.
    return next(iter(words_of(parses[0].normal_form)), word)


def asked_words(typed: str) -> list[str]:
    """The words that a search looks for, folded, each once."""
    words = (word[:LONGEST_WORD] for word in words_of(typed[:MOST_LETTERS]))
    return list(dict.fromkeys(words))[:MOST_WORDS]


def rows_found(kind: str, typed: str) -> RawSQL | None:
    """Numbers of at most MOST_HITS rows that hold every word; none where nothing was asked.

    For `filter(pk__in=rows_found(...))`: the caller's queryset keeps its own scope. A typed
    text without a word in it, of signs alone, finds nothing.
    """
    if not typed.strip():
        return None
    is_sqlite = connection.vendor == "sqlite"
    match = _fts5(kind, asked_words(typed)) if is_sqlite else _tsquery(asked_words(typed))
    # No text of the reader's is in either statement.
    if is_sqlite:
        return RawSQL(
            "SELECT i.row FROM base_indexed_words w JOIN base_indexed i ON i.id = w.rowid "
            "WHERE base_indexed_words MATCH %s ORDER BY w.rowid DESC LIMIT %s",
            [match, MOST_HITS],
        )
    # In no order: asked for one, the planner walks a whole index instead of asking GIN.
    return RawSQL(
        "SELECT i.row FROM base_indexed i WHERE i.kind = %s AND i.words @@ %s::tsquery LIMIT %s",
        [kind, match, MOST_HITS],
    )


def is_cut(kind: str, typed: str) -> bool:
    """Whether more rows hold these words than a search looks through."""
    if not asked_words(typed):
        return False
    if connection.vendor == "sqlite":
        sql = "SELECT 1 FROM base_indexed_words WHERE base_indexed_words MATCH %s"
        given = [_fts5(kind, asked_words(typed))]
    else:
        sql = "SELECT 1 FROM base_indexed WHERE kind = %s AND words @@ %s::tsquery"
        given = [kind, _tsquery(asked_words(typed))]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT 1 OFFSET %s", [*given, MOST_HITS])
        return cursor.fetchone() is not None


def _fts5(kind: str, words: list[str]) -> str:
    """Every word in quotes, so that nothing typed is read as an operator."""
    groups = []
    for word in words:
        star = "*" if _is_beginning(word) else ""
        groups.append(f'("{lemma_of(word)}" OR "{word}"{star})')
    return f'kind:"{kind}" AND lemmas:({" AND ".join(groups)})' if groups else '""'


def _tsquery(words: list[str]) -> str:
    groups = []
    for word in words:
        star = ":*" if _is_beginning(word) else ""
        groups.append(f"('{lemma_of(word)}' | '{word}'{star})")
    return " & ".join(groups)


@lru_cache(maxsize=2_000)
def _is_beginning(word: str) -> bool:
    """Whether words that begin so are meant as well: a name or number typed in part.

    A word of the dictionary is found in its every form without it, ten times faster.
    """
    if len(word) < SHORTEST_BEGINNING:
        return False
    known: bool = _dictionary().word_is_known(word)
    return not known
