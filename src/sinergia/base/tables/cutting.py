"""Pages of a list that is made whole before it is cut, because its order is computed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sinergia.base.tables.paging import PAGE_SIZE

Line = TypeVar("Line")


@dataclass(frozen=True)
class Cut(Generic[Line]):
    """Rows of one page, as the component `pager` takes it; total: of the whole list."""

    rows: Sequence[Line]
    total: int
    next_key: str = ""
    previous_key: str = ""


def cut(
    rows: Sequence[Line],
    key: Callable[[Line], str],
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> Cut[Line]:
    """The rows after one key, or before another, or the first; a key of no row gives the first."""
    places = {key(one): at for at, one in enumerate(rows)} if after or before else {}
    start = 0
    if after in places:
        start = places[after] + 1
    elif before in places:
        start = max(0, places[before] - size)
    some = rows[start : start + size] or rows[:size]
    begun = start if start < len(rows) else 0
    return Cut(
        some,
        len(rows),
        next_key=key(some[-1]) if begun + size < len(rows) else "",
        previous_key=key(some[0]) if begun else "",
    )
