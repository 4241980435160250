"""The cube of the register's filters: right after every change, waiting for nobody."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as some

from sinergia.applications.actions.recounting import recount_organisation
from sinergia.organisations.actions import Newcomer, register_organisations
from sinergia.organisations.actions.counting import (
    OLDEST_YEAR,
    Cell,
    cell_of,
    count_changed,
    recount_register,
    year_of,
)
from sinergia.organisations.actions.entered import Entered
from sinergia.organisations.models import Organisation, RegisterCount
from tests.arrange import NOON, a_region, an_application, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ALIKE = Cell(0, 0, "registered", True, "active", 2020, "none")
OTHER = ALIKE._replace(status="closed")
COUNTER = some.sampled_from([ALIKE, OTHER, ALIKE._replace(year=0), ALIKE._replace(has="won")])


def counts() -> dict[str, int]:
    """What the cube says, by cell."""
    rows = RegisterCount.objects.values_list("cell").annotate(total=Sum("number"))
    return {cell: number for cell, number in rows.order_by("cell") if number}


def test_years_that_are_ten_ago_for_everybody_are_counted_as_one() -> None:
    days = [None, date(1991, 5, 1), date(2015, 12, 31), date(2016, 1, 1), date(2026, 11, 23)]

    assert [year_of(day) for day in days] == [0, OLDEST_YEAR, OLDEST_YEAR, 2016, 2026]


@given(moves=some.lists(some.tuples(some.lists(COUNTER, max_size=4), some.booleans()), max_size=6))
def test_cells_hold_what_was_put_in_less_what_was_taken_out(
    moves: list[tuple[list[Cell], bool]],
) -> None:
    right: Counter[str] = Counter()

    with transaction.atomic():
        for cells, is_taken in moves:
            count_changed(cells if is_taken else [], [] if is_taken else cells)
            for cell in cells:
                right[cell.code] += -1 if is_taken else 1
        counted = counts()
        transaction.set_rollback(True)

    assert counted == {code: number for code, number in right.items() if number}


def test_a_cell_in_several_rows_becomes_one_when_somebody_writes_it() -> None:
    count_changed([], [ALIKE, ALIKE])
    row = RegisterCount.objects.get()
    row.pk, row.number = None, 3
    row.save(force_insert=True)

    count_changed([ALIKE], [OTHER])

    rows = RegisterCount.objects.order_by("cell").values_list("cell", "number")
    assert list(rows) == [(ALIKE.code, 4), (OTHER.code, 1)]


def test_a_cell_that_becomes_empty_goes() -> None:
    count_changed([], [ALIKE])
    count_changed([ALIKE], [])

    assert not RegisterCount.objects.exists()


def test_newcomers_are_counted_and_what_they_won_moves_them() -> None:
    region = a_region()
    newcomers = [Newcomer(name=f"Союз {place}", region_id=region.pk) for place in range(3)]
    first, *_others = register_organisations(newcomers, now=NOON)
    before = counts()

    an_application(organisation=first)
    recount_organisation(str(first.key))

    first.refresh_from_db()
    won, none = cell_of(first).code, cell_of(first)._replace(has="none").code
    assert (before, counts()) == ({none: 3}, {none: 2, won: 1})


def test_recounting_mends_what_is_wrong_and_says_how_much() -> None:
    kept, hidden = an_organisation("Первая"), an_organisation("Вторая")
    right = counts()
    Organisation.objects.filter(pk=hidden.pk).update(
        is_public=False, registered_on=date(2001, 2, 3), won_count=2, applications_count=3
    )
    count_changed([], [ALIKE])

    mended = recount_register()

    hidden.refresh_from_db()
    assert right == {cell_of(kept).code: 2}
    assert (mended, recount_register()) == (3, 0)
    assert counts() == {cell_of(kept).code: 1, cell_of(hidden).code: 1}
    assert "|0|unknown|2015|won" in cell_of(hidden).code


@contextmanager
def beside(*, times: int) -> Iterator[list[Thread]]:
    """Others who count in transactions of their own, in the order opposite to ours."""
    barrier = Barrier(2)

    def count() -> None:
        try:
            barrier.wait(10)
            for _ in range(times):
                with transaction.atomic():
                    count_changed([], [OTHER])
                    count_changed([], [ALIKE])
        finally:
            connection.close()

    thread = Thread(target=count)
    thread.start()
    barrier.wait(10)
    yield [thread]
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_writers_of_the_same_cells_lose_nothing_and_never_lock_one_another() -> None:
    with beside(times=40):
        for _ in range(40):
            with transaction.atomic():
                count_changed([], [ALIKE])
                count_changed([], [OTHER])

    with transaction.atomic():
        count_changed([], [ALIKE, OTHER])
    assert counts() == {ALIKE.code: 81, OTHER.code: 81}
    assert RegisterCount.objects.count() == 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_writer_does_not_wait_for_one_who_is_not_done() -> None:
    with transaction.atomic():
        count_changed([], [ALIKE])
    done: list[int] = []

    def count() -> None:
        try:
            with transaction.atomic():
                count_changed([], [ALIKE])
            done.append(1)
        finally:
            connection.close()

    with transaction.atomic():
        count_changed([], [ALIKE])
        other = Thread(target=count)
        other.start()
        other.join(10)
        was_done = list(done)

    assert (was_done, counts(), RegisterCount.objects.count()) == ([1], {ALIKE.code: 3}, 2)


def test_a_row_that_is_entered_has_every_column_of_the_register() -> None:
    columns = {field.attname for field in Organisation._meta.local_fields}

    assert set(Entered._fields) == columns
