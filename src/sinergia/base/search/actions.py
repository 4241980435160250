"""Keeping the index in step with the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection, transaction

from sinergia.base.bulk import insert_rows
from sinergia.base.errands.steps import in_small_steps
from sinergia.base.search.findable import Findable, Searched
from sinergia.base.search.models import Indexed
from sinergia.base.search.queries import is_index_whole
from sinergia.base.search.words import indexed

STEP = 200  # rows compared and written at once


class NewRow(NamedTuple):
    """A row of the index, as it is inserted."""

    kind: str
    row: int
    head: str
    lemmas: str
    weight: int


def index_rows(kind: str, rows: Iterable[Findable], *, is_new: bool = False) -> None:
    """Make rows of one kind findable; what they were found by before is forgotten.

    is_new: none of them was indexed before, so nothing has to be looked up.
    """
    if is_new:
        index_new(new_row(kind, one) for one in rows)
        return
    _write([_row(kind, one) for one in rows])


def new_row(kind: str, one: Findable) -> NewRow:
    """What stands in the index for a row that comes: nothing is asked, nothing written."""
    return NewRow(kind, one.row, *indexed(one.head, one.rest), one.weight)


def index_new(rows: Iterable[NewRow]) -> None:
    """Make rows findable none of which was indexed before."""
    insert_rows(Indexed, NewRow._fields, rows)


def weigh_rows(kind: str, weights: Mapping[int, int]) -> None:
    """Say which rows go first, {number of the row: weight}; where it is so nothing is written."""
    rows = defaultdict(list)
    for row, weight in weights.items():
        rows[weight].append(row)
    for weight, those in sorted(rows.items()):
        theirs = Indexed.objects.filter(kind=kind, row__in=those)
        theirs.exclude(weight=weight).update(weight=weight)


def forget_rows(kind: str, rows: Iterable[int]) -> None:
    """Take rows out of the index: they are no more, or went into others."""
    Indexed.objects.filter(kind=kind, row__in=list(rows)).delete()


def mend_index(searched: Searched) -> int:
    """Bring the index to what the rows of a kind say; give how many of its rows were wrong.

    In small steps, each its own transaction: people write meanwhile.
    """
    rows = list(searched.rows.order_by("pk").values_list("pk", flat=True))
    wrong = sum(_mend(searched, some) for some in in_small_steps(rows, STEP))
    kept = Indexed.objects.filter(kind=searched.kind).values_list("row", flat=True)
    for some in in_small_steps(sorted(set(kept) - set(rows)), STEP):
        # What came while we were at it is not gone.
        here = searched.rows.order_by().filter(pk__in=some).values_list("pk", flat=True)
        gone = set(some) - set(here)
        forget_rows(searched.kind, gone)
        wrong += len(gone)
    return wrong


def mend_words() -> int:
    """Make the table of words anew where it is damaged; give how many rows it then holds."""
    if is_index_whole():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO base_indexed_words(base_indexed_words) VALUES ('rebuild')")
    return Indexed.objects.count()


def sweep_index() -> None:
    """Leave no trace of forgotten words in the index's own pages: after a person is erased.

    SQLite keeps them beside a mark until it merges them; PostgreSQL until its next vacuum.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO base_indexed_words(base_indexed_words) VALUES ('optimize')")


@transaction.atomic
def _mend(searched: Searched, pks: Sequence[int]) -> int:
    # Locked before the rows are read: whoever changes one now writes its words after us.
    known = Indexed.objects.select_for_update().filter(kind=searched.kind, row__in=pks)
    kept = {one.row: _said(one) for one in known}
    rows = list(searched.rows.order_by().filter(pk__in=pks))
    wanted = [_row(searched.kind, one) for one in searched.findable(rows)]
    differing = [one for one in wanted if kept.get(one.row) != _said(one)]
    _write(differing)
    return len(differing)


def _row(kind: str, one: Findable) -> Indexed:
    head, lemmas = indexed(one.head, one.rest)
    return Indexed(kind=kind, row=one.row, head=head, lemmas=lemmas, weight=one.weight)


def _said(one: Indexed) -> tuple[str, str, int]:
    return one.head, one.lemmas, one.weight


def _write(made: Sequence[Indexed]) -> None:
    Indexed.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["kind", "row"],
        update_fields=["head", "lemmas", "weight"],
    )


__all__ = [
    "Findable",
    "NewRow",
    "Searched",
    "forget_rows",
    "index_new",
    "index_rows",
    "mend_index",
    "mend_words",
    "new_row",
    "sweep_index",
    "weigh_rows",
]
