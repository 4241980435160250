"""What a reader asks of a list, as its address says it: junk in an address means nothing."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Self, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet

from sinergia.engine.text import clean_line

LONGEST_WORDS = 200  # characters of what is searched
Row = TypeVar("Row", bound=Model)
YEARS = range(1900, 2101)  # another one is mistyped, and no day may be counted on from it


@dataclass(frozen=True)
class ListFilter:
    """Base of all filters: each field is a text, its default where nothing is asked."""

    @classmethod
    def texts_of(cls, query: Mapping[str, str], prefix: str = "") -> dict[str, str]:
        """What an address says of each, as one line; prefix: before each name there."""
        given = {one.name: clean_line(str(query.get(prefix + one.name, ""))) for one in fields(cls)}
        return given | {name: given[name][:LONGEST_WORDS] for name in given if name == "q"}

    @property
    def values(self) -> dict[str, str]:
        """What is asked, by its name in an address; empty ones left out."""
        given = {one.name: str(getattr(self, one.name)) for one in fields(self)}
        return {name: value for name, value in given.items() if value}

    def to_query(self, **more: str) -> str:
        """Write an address's query without what is empty; `more` overrides or adds."""
        return urlencode({name: value for name, value in (self.values | more).items() if value})

    def with_(self, **changes: str) -> Self:
        """The same with something else asked."""
        return replace(self, **changes)


def one_of(text: str, known: Container[str]) -> str:
    """A text that is known; "" for any other."""
    return text if text in known else ""


def read_key(text: str) -> UUID | None:
    """A key as it was sent; none for what is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None


def row_keyed(rows: QuerySet[Row], text: str) -> Row | None:
    """The one of these with a key that was sent."""
    key = read_key(text)
    return rows.filter(key=key).first() if key is not None else None


def rows_keyed(rows: QuerySet[Row], texts: Iterable[str]) -> QuerySet[Row]:
    """Those of these whose keys were sent; what is no key means nothing."""
    return rows.filter(key__in=[key for text in texts if (key := read_key(text)) is not None])


def key_text(text: str, *said: str) -> str:
    """A key as addresses have it, or one of the words that may be said instead; "" for others."""
    return text if text in said else str(read_key(text) or "")
