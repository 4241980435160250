"""Keeping the index in step with the rows."""

from collections.abc import Iterable

from sinergia.base.search.models import Indexed
from sinergia.base.search.queries import LONGEST_WORD, lemma_of
from sinergia.engine.text import words_of

LONGEST_TEXT = 20_000  # characters of a row that are searched


def index_rows(kind: str, rows: Iterable[tuple[int, str]], *, is_new: bool = False) -> None:
    """Make rows of one kind findable by their text: (number of the row, everything said there).

    is_new: none of them was indexed before, so nothing has to be looked up.
    """
    made = [Indexed(kind=kind, row=row, lemmas=lemmas_in(text)) for row, text in rows]
    if is_new:
        Indexed.objects.bulk_create(made)
        return
    Indexed.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["kind", "row"], update_fields=["lemmas"]
    )


def lemmas_in(text: str) -> str:
    """Each word as written and in its dictionary form, once, in the order of the text."""
    found: dict[str, None] = {}
    for word in words_of(text[:LONGEST_TEXT]):
        cut = word[:LONGEST_WORD]
        found[cut] = None
        found[lemma_of(cut)[:LONGEST_WORD]] = None
    return " ".join(found)
