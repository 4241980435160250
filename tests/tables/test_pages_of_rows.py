"""Pages of rows that are all at hand, begun at a key or at the page on which a row stands."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from sinergia.base.tables.paging import page_in
from sinergia.grants.models import Spending

ROWS = [Spending(key=UUID(int=number)) for number in range(7)]


def numbers(rows: Sequence[Spending]) -> list[int]:
    return [one.key.int for one in rows]


def key(number: int) -> str:
    return str(UUID(int=number))


@pytest.mark.parametrize(
    ("asked", "shown", "following", "previous"),
    [
        ({}, [0, 1, 2], key(2), ""),
        ({"after": key(2)}, [3, 4, 5], key(5), key(3)),
        ({"after": key(5)}, [6], "", key(6)),
        ({"before": key(6)}, [3, 4, 5], key(5), key(3)),
        ({"before": key(1)}, [0, 1, 2], key(2), ""),
        ({"at": key(4)}, [3, 4, 5], key(5), key(3)),
        ({"at": "nobody"}, [0, 1, 2], key(2), ""),
    ],
)
def test_a_page_begins_where_it_is_asked(
    asked: dict[str, str], shown: list[int], following: str, previous: str
) -> None:
    page = page_in(ROWS, size=3, **asked)

    assert (numbers(page.rows), page.next_key, page.previous_key) == (shown, following, previous)


def test_of_nothing_there_is_one_page_without_rows() -> None:
    page = page_in(list[Spending](), size=3)

    assert (page.rows, page.next_key, page.previous_key) == ([], "", "")
