"""Which field a heading means: by a known spelling, else by words it shares with one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sinergia.engine.text import words_of

_NUMBER = re.compile(r"№\s*(?=\w)")
# What a heading says beside its name without meaning another thing.
_UNITS = frozenset({"руб", "рублей", "рубли", "рублях", "rub", "rubles", "roubles", "ед"})
# A sum in thousands is another thing than the sum: such a column is pointed at by a person.
_MULTIPLES = frozenset({"тыс", "тысяч", "тысячах", "млн", "миллионов", "thousand", "million"})
_FEWEST_WORDS = 2  # a single word must be spelled as known: «ИНН руководителя» is not «ИНН»
_ALIKE = 0.65  # share of words in common, counted over both
_SURE, _LIKELY = 1.0, 0.9


@dataclass(frozen=True)
class Field:
    """What a column may be. spellings: names of it in headings, the usual ones first."""

    code: str
    spellings: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True)
class Match:
    """A column, from 0, taken for a field. confidence: 0 to 1, 1 for a known spelling."""

    column: int
    confidence: float


@lru_cache(maxsize=4096)
def words_of_heading(text: str) -> tuple[str, ...]:
    """Break a heading into folded words: no punctuation, no line breaks, no units.

    A lone «№» counts rows and says nothing; «№ заявки» is the number of an application.
    """
    return tuple(word for word in words_of(_NUMBER.sub("номер ", text)) if word not in _UNITS)


def match_fields(labels: Sequence[str], fields: Sequence[Field]) -> dict[str, Match]:
    """Give each field at most one column and each column at most one field.

    Known spellings go first, then likeness; where two columns are equally like a field,
    neither is taken: a person decides.
    """
    headings = [words_of_heading(label) for label in labels]
    known = {column: heading for column, heading in enumerate(headings) if heading}
    found: dict[str, Match] = {}
    for field in fields:
        column = _exact_column(field, known)
        if column is not None:
            found[field.code] = Match(column, _SURE)
            del known[column]
    spelled = _all_spellings(tuple(fields))  # a second column of the same name is no other field's
    free = {column: heading for column, heading in known.items() if heading not in spelled}
    left = [field for field in fields if field.code not in found]
    return found | _by_likeness(left, free)


def _exact_column(field: Field, known: dict[int, tuple[str, ...]]) -> int | None:
    for spelling in field.spellings:
        words = words_of_heading(spelling)
        for column, heading in known.items():
            if heading == words:
                return column
    return None


@cache
def _all_spellings(fields: tuple[Field, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(words_of_heading(told) for field in fields for told in field.spellings)


def _by_likeness(fields: Sequence[Field], free: dict[int, tuple[str, ...]]) -> dict[str, Match]:
    """Take the likest pairs first; a tie on either side is no match."""
    scored = sorted(
        (
            (_likeness(field, heading), field.code, column)
            for field in fields
            for column, heading in free.items()
        ),
        reverse=True,
    )
    scored = [entry for entry in scored if entry[0] >= _ALIKE]
    found: dict[str, Match] = {}
    taken: set[int] = set()
    for score, code, column in scored:
        if code in found or column in taken:
            continue
        is_tied = any(
            rival == score and (other == code) != (place == column)
            for rival, other, place in scored
            if other not in found and place not in taken
        )
        if not is_tied:
            found[code] = Match(column, round(score * _LIKELY, 2))
            taken.add(column)
    return found


def _likeness(field: Field, heading: tuple[str, ...]) -> float:
    words = set(heading)
    if words & _MULTIPLES:
        return 0.0
    shares = (2 * len(told & words) / (len(told) + len(words)) for told in _phrases_of(field))
    return max(shares, default=0.0)


@lru_cache(maxsize=1_000)
def _phrases_of(field: Field) -> list[frozenset[str]]:
    """Its spellings of several words."""
    spelled = (frozenset(words_of_heading(spelling)) for spelling in field.spellings)
    return [words for words in spelled if len(words) >= _FEWEST_WORDS]
