from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.paging import Order, Page, count_up_to, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
ORDERS = [
    Order("file_name"),
    Order("file_name", is_descending=True),
    Order("finished_at"),
    Order("finished_at", is_descending=True),
    Order("pk"),
    Order("rows_total", is_descending=True),
]


def some_loads(number: int) -> None:
    """Loads with equal names by threes and, every second one, no end."""
    Load.objects.bulk_create(
        Load(
            kind="grants",
            file_name=f"{turn // 3:03}",
            file_digest="0" * 64,
            actor_key=uuid4(),
            offered_at=NOON,
            rows_total=turn % 4,
            finished_at=NOON + timedelta(days=turn // 4) if turn % 2 else None,
        )
        for turn in range(number)
    )


def everything(order: Order) -> list[int]:
    """All rows in order, by sorting in Python: blanks last."""
    rows = list(Load.objects.all())

    def value(row: Load) -> object:
        return getattr(row, order.column)

    held = sorted(
        (row for row in rows if value(row) is not None),
        key=lambda row: (value(row), row.pk),
        reverse=order.is_descending,
    )
    blank = sorted(
        (row for row in rows if value(row) is None),
        key=lambda row: row.pk,
        reverse=order.is_descending,
    )
    return [row.pk for row in [*held, *blank]]


def pks(page: Page[Load]) -> list[int]:
    """The rows of a page."""
    return [row.pk for row in page.rows]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_pages_forth_and_back_show_each_row_once_in_order(order: Order) -> None:
    some_loads(23)

    page = page_of(Load.objects.all(), order=order, size=5)
    forth = [page]
    while page.next_key:
        page = page_of(Load.objects.all(), order=order, after=page.next_key, size=5)
        forth.append(page)
    back = [page]
    while page.previous_key:
        page = page_of(Load.objects.all(), order=order, before=page.previous_key, size=5)
        back.append(page)

    assert [pk for each in forth for pk in pks(each)] == everything(order)
    assert [len(each.rows) for each in forth] == [5, 5, 5, 5, 3]
    assert [pks(each) for each in reversed(back)] == [pks(each) for each in forth]


@pytest.mark.parametrize(
    "key", ["", "x", "' or 1=1 --", "0" * 36, str(uuid4()), "\0", "я" * 5000], ids=range(7)
)
def test_a_forged_key_gives_the_first_page(key: str) -> None:
    some_loads(3)

    for page in (
        page_of(Load.objects.all(), order=Order("file_name"), after=key, size=2),
        page_of(Load.objects.all(), order=Order("file_name"), before=key, size=2),
    ):
        assert (pks(page), page.previous_key) == (everything(Order("file_name"))[:2], "")
        assert page.next_key == str(page.rows[-1].key)


def test_a_key_from_another_list_is_not_told_apart_from_a_forged_one() -> None:
    some_loads(6)
    hidden = Load.objects.get(file_name="001", rows_total=3)
    scoped = Load.objects.filter(file_name="000")

    page = page_of(scoped, order=Order("pk"), after=str(hidden.key), size=2)

    assert page == page_of(scoped, order=Order("pk"), size=2)


def test_past_the_last_row_the_first_page_comes_again() -> None:
    some_loads(3)
    last = Load.objects.order_by("pk").last()
    assert last is not None

    page = page_of(Load.objects.all(), order=Order("pk"), after=str(last.key), size=2)

    assert pks(page) == everything(Order("pk"))[:2]


def test_a_list_may_be_sorted_by_a_column_of_what_it_belongs_to() -> None:
    some_loads(4)
    for load in Load.objects.all():
        LoadNote.objects.create(load=load, row=1, result="created", code="x")

    page = page_of(Load.objects.filter(notes__row=1), order=Order("notes__code"), size=3)
    rest = page_of(
        Load.objects.filter(notes__row=1), order=Order("notes__code"), after=page.next_key, size=3
    )

    assert pks(page) + pks(rest) == everything(Order("pk"))


def test_a_page_takes_three_queries_at_most_however_deep() -> None:
    some_loads(30)
    counts = []

    key = ""
    for _ in range(6):
        with CaptureQueriesContext(connection) as queries:
            key = page_of(
                Load.objects.all(), order=Order("finished_at"), after=key, size=5
            ).next_key
        counts.append(len(queries))

    assert counts == [1, 2, 3, 3, 2, 2]


def test_counting_stops_at_its_limit() -> None:
    some_loads(7)

    assert count_up_to(Load.objects.order_by("file_name"), limit=6) == (6, True)
    assert count_up_to(Load.objects.all(), limit=7) == (7, False)
    assert count_up_to(Load.objects.none()) == (0, False)
