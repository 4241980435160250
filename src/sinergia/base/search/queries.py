"""Finding rows by words in any case form, behind one interface for both databases."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL

from sinergia.base.bulk import numbers_given
from sinergia.base.search.findable import Searched
from sinergia.base.search.matching import Ask, Candidate, candidates, counting, statement
from sinergia.base.search.models import Indexed
from sinergia.base.search.ranking import ranked
from sinergia.base.search.words import asked, asked_words
from sinergia.engine.pieces import pieces

MOST_HITS = 5_000  # a wider filter of a list is cut here, and the page says so
STEP = 100  # texts asked about in one query
TELLING = 4  # letters of a word that says what a row is about
MOST_RANKED = 2_000  # a search looks at no more rows than these

Rows = QuerySet[Any]  # of whatever model: only primary keys are asked


@dataclass(frozen=True)
class Found:
    """What a search found. ids: in order of rank; count: of all, at most MOST_RANKED."""

    ids: list[int] = field(default_factory=list)
    count: int = 0
    is_cut: bool = False  # more rows hold the words than were looked at


def rows_found(kind: str, typed: str) -> RawSQL | None:
    """Numbers of at most MOST_HITS rows that hold every word; none where nothing was asked.

    For `filter(pk__in=rows_found(...))`: the caller's queryset keeps its own scope. A typed
    text without a word in it, of signs alone, finds nothing.
    """
    if not typed.strip():
        return None
    matching, match = statement(kind, asked(typed))
    sql = f"SELECT i.row {matching} LIMIT %s"
    return RawSQL(sql, [match, MOST_HITS])  # noqa: S611  # no text of the reader's is in it


def any_found(kind: str, typed: Sequence[str]) -> list[bool]:
    """For each text whether a row of the kind holds every word of it; one query for each STEP."""
    told: list[bool] = []
    for some in pieces(typed, STEP):
        asks = [Ask(kind, asked(text), 1, is_weighed=False) for text in some]
        told += [bool(found) for found in candidates(asks)]
    return told


def rows_sharing(kind: str, typed: str, *, most: int) -> dict[int, list[str]]:
    """Rows that hold any of the words, with which of them; one query.

    most: rows that are looked at for each word. Words too short to tell anything are left out.
    """
    words = [one for one in asked(typed) if len(one.word) >= TELLING]
    shared: dict[int, list[str]] = defaultdict(list)
    asks = [Ask(kind, [one], most, is_weighed=False) for one in words]
    for one, found in zip(words, candidates(asks), strict=True):
        for row in found:
            shared[row.row].append(one.word)
    return shared


def is_cut(kind: str, typed: str) -> bool:
    """Whether more rows hold these words than a filter looks through."""
    words = asked(typed)
    if not words:
        return False
    matching, match = counting(kind, words)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {matching} LIMIT 1 OFFSET %s", [match, MOST_HITS])
        return cursor.fetchone() is not None


def search(kind: str, typed: str, *, among: Rows, limit: int) -> Found:
    """The rows of `among` that hold every word, the nearest to what was typed first.

    among: what the reader may see, unsliced. At most MOST_RANKED rows of the whole index are
    looked at, those that weigh more before the others. Two queries.
    """
    return search_each(typed, {kind: among}, limit=limit)[kind]


def search_each(
    typed: str,
    among: Mapping[str, Rows],
    *,
    limit: int,
    most: int = MOST_RANKED,
    weighed: Container[str] | None = None,
) -> dict[str, Found]:
    """The same for several kinds at once, {kind: its rows}; two queries in all.

    most: rows of each kind that are looked at. weighed: kinds of which some rows weigh more than
    others, None for any; the others are looked through once and not once for each weight.
    """
    words = asked(typed)
    asks = [Ask(kind, words, most + 1, weighed is None or kind in weighed) for kind in among]
    read = dict(zip(among, candidates(asks), strict=True))
    seen = visible([one for found in read.values() for one in found[:most]], among)
    told = {}
    for kind, found in read.items():
        theirs = [one for one in found[:most] if one.row in seen[kind]]
        ids = ranked(theirs, words)[:limit]
        told[kind] = Found(ids, len(theirs), len(found) > most)
    return told


def visible(found: Iterable[Candidate], among: Mapping[str, Rows]) -> Mapping[str, set[int]]:
    """Which of these rows are in `among`, by kind; one query."""
    rows: dict[str, list[int]] = defaultdict(list)
    for one in found:
        rows[one.kind].append(one.row)
    parts = [
        among[kind]
        .order_by()
        .filter(pk__in=numbers_given(pks))
        .values_list(Value(kind, CharField()), "pk")
        for kind, pks in rows.items()
    ]
    seen: dict[str, set[int]] = defaultdict(set)
    if parts:
        for kind, pk in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
            seen[kind].add(pk)
    return seen


def strays(searched: Searched) -> int:
    """How many rows of a kind the index misses, and how many it holds that are no more."""
    theirs = Indexed.objects.filter(kind=searched.kind)
    missed = searched.rows.order_by().filter(~Exists(theirs.filter(row=OuterRef("pk"))))
    gone = theirs.filter(~Exists(searched.rows.order_by().filter(pk=OuterRef("row"))))
    return missed.count() + gone.count()


def is_index_whole() -> bool:
    """Whether the table of words says what the rows of the index say; reads all of it.

    SQLite alone keeps such a table; on PostgreSQL the words are a column made by the database.
    """
    if connection.vendor != "sqlite":
        return True
    sql = "INSERT INTO base_indexed_words(base_indexed_words, rank) VALUES ('integrity-check', 1)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except OperationalError:  # busy, or not there: that says nothing of the words
        raise
    except DatabaseError:
        return False
    return True


__all__ = [
    "MOST_HITS",
    "MOST_RANKED",
    "Found",
    "Rows",
    "any_found",
    "asked_words",
    "is_cut",
    "is_index_whole",
    "rows_found",
    "rows_sharing",
    "search",
    "search_each",
    "strays",
    "visible",
]
