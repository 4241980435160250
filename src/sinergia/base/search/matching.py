"""How the index is asked, on both databases.

Of what a reader typed only words come here, letters and digits alone, each in quotes: nothing
typed is read as an operator, and none of it stands in a statement.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection, transaction

from sinergia.base.search.models import Indexed
from sinergia.base.search.words import Asked

BEGINNING = 300  # characters of a row's other words by which it is ranked
WEIGHTS = sorted(Indexed.Weight.values, reverse=True)


@dataclass(frozen=True, slots=True)
class Ask:
    """Rows of one kind with every word, at most `most`.

    is_weighed: those that weigh more first; in no order it is three times as fast.
    """

    kind: str
    words: Sequence[Asked]
    most: int
    is_weighed: bool = True


class Candidate(NamedTuple):
    """A row that holds the words. head, rest: its own, as the index keeps them."""

    kind: str
    row: int
    head: str
    rest: str
    weight: int


def candidates(asks: Sequence[Ask]) -> list[list[Candidate]]:
    """For each ask the rows that hold its words; one query for all of them."""
    found: list[list[Candidate]] = [[] for _ in asks]
    parts: list[str] = []
    given: list[str | int] = []
    for place, ask in enumerate(asks):
        if ask.words:
            sql, values = _part(ask)
            parts.append(f"SELECT {place} AS place, part.* FROM ({sql}) AS part")  # noqa: S608  # see the top
            given += values
    if not parts:
        return found
    for place, *row in _read(" UNION ALL ".join(parts), given):
        found[place].append(Candidate._make(row))
    return found


def counting(kind: str, words: Sequence[Asked]) -> tuple[str, str]:
    """The end of a statement that asks of the same rows nothing but how many they are."""
    if connection.vendor == "sqlite":
        matching = "FROM base_indexed_words WHERE base_indexed_words MATCH %s"
        return matching, _fts5(kind, words, None)
    return statement(kind, words)


def statement(kind: str, words: Sequence[Asked], weight: int | None = None) -> tuple[str, str]:
    """The end of a statement that goes through the rows with all words, and what it is given."""
    if connection.vendor == "sqlite":
        return (
            "FROM base_indexed_words w JOIN base_indexed i ON i.id = w.rowid "
            "WHERE base_indexed_words MATCH %s ORDER BY w.rowid DESC",
            _fts5(kind, words, weight),
        )
    # In no order: asked for one, the planner walks a whole index instead of asking GIN.
    return "FROM base_indexed i WHERE i.words @@ %s::tsquery", _tsquery(kind, words, weight)


def _read(sql: str, given: Sequence[str | int]) -> list[tuple[Any, ...]]:
    is_postgresql = connection.vendor == "postgresql"
    # A transaction of SQLite would wait for whoever writes.
    with transaction.atomic() if is_postgresql else nullcontext(), connection.cursor() as cursor:
        if is_postgresql:
            # It cannot tell how few rows hold one of six hundred words, and would read them all.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _part(ask: Ask) -> tuple[str, list[str | int]]:
    """One weight after another: a database goes no further than to what fills the limit."""
    columns = f"i.kind, i.row, i.head, substr(i.lemmas, 1, {BEGINNING}), i.weight"
    tiers: list[str] = []
    given: list[str | int] = []
    for weight in WEIGHTS if ask.is_weighed else [None]:
        matching, match = statement(ask.kind, ask.words, weight)
        tiers.append(f"SELECT * FROM (SELECT {columns} {matching} LIMIT %s) AS tier")  # noqa: S608  # see the top
        given += [match, ask.most]
    return f"{' UNION ALL '.join(tiers)} LIMIT %s", [*given, ask.most]


def _fts5(kind: str, words: Sequence[Asked], weight: int | None) -> str:
    groups = []
    for word in words:
        forms = [f'"{form}"' for form in word.forms]
        beginning = [f'"{word.word}"*'] if word.is_beginning else []
        groups.append(f"({' OR '.join([*forms, *beginning])})")
    if not groups:
        return '""'
    tier = "" if weight is None else f'weight:"{weight}" AND '
    return f'{tier}kind:"{kind}" AND {{head lemmas}}:({" AND ".join(groups)})'


def _tsquery(kind: str, words: Sequence[Asked], weight: int | None) -> str:
    groups = []
    for word in words:
        forms = [f"'{form}'" for form in word.forms]
        beginning = [f"'{word.word}':*"] if word.is_beginning else []
        groups.append(f"({' | '.join([*forms, *beginning])})")
    if not groups:
        return ""
    tier = [] if weight is None else [f"'weight:{weight}'"]
    return " & ".join([*tier, f"'kind:{kind}'", *groups])
