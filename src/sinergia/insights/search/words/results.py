"""Everything that one search came to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sinergia.base.search.near import nearest
from sinergia.base.search.queries import search_each
from sinergia.base.search.words import PERSONAL, asked_words
from sinergia.insights.search.queries import WEIGHED, Reader, rows_for
from sinergia.insights.search.words.sections import Section, sections_of

SHOWN = 5  # hits of a kind
COUNTED = 500  # of each kind; above that a page says "more than"


@dataclass(frozen=True)
class Results:
    """What a page of results says.

    meant: what was probably meant, where nothing was found; asks_person: the number of a person
    was typed, and those are not searched.
    """

    sections: Sequence[Section]
    meant: str = ""
    asks_person: bool = False


def results_of(reader: Reader, typed: str) -> Results:
    """Search everything that the reader may see."""
    rows = rows_for(reader)
    found = search_each(typed, rows, limit=SHOWN, most=COUNTED, weighed=WEIGHED)
    sections = sections_of(found, typed, reader)
    if sections:
        return Results(sections)
    numbers = [word for word in asked_words(typed) if word.isdecimal()]
    asks_person = any(len(number) in PERSONAL for number in numbers)
    return Results([], nearest(typed, rows), asks_person)
