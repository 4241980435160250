"""Pages of a long list, each begun at the key of a row seen before: as fast deep down as above."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet

from sinergia.base.asking import read_key

PAGE_SIZE = 25
COUNTED = 10_000

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Order:
    """By which column a list is sorted; rows equal in it go by age, blanks always last."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page. The keys go into `after` and `before`; "" where there is no such page."""

    rows: list[Row]
    next_key: str = ""
    previous_key: str = ""


class Count(NamedTuple):
    """How many rows there are; is_capped: at least so many, counting stopped there."""

    number: int
    is_capped: bool


def page_of(
    queryset: QuerySet[Row],
    *,
    order: Order,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """Read one page: the rows after one key, or before another, or the first.

    A key that is no key, or of a row that is not in the list, gives the first page. Two queries,
    three where the way back ends at the beginning.
    """
    is_back = bool(before) and not after
    anchor = _anchor(queryset, order, after or before)
    if anchor is not None:
        rows = _read(queryset, order, anchor, size + 1, is_back=is_back)
        has_more = len(rows) > size
        if is_back and has_more:
            rows = rows[:size][::-1]
            return Page(rows, next_key=_key(rows[-1]), previous_key=_key(rows[0]))
        if rows and not is_back:
            rows = rows[:size]
            next_key = _key(rows[-1]) if has_more else ""
            return Page(rows, next_key=next_key, previous_key=_key(rows[0]))
    rows = _read(queryset, order, None, size + 1, is_back=False)
    return Page(rows[:size], next_key=_key(rows[size - 1]) if len(rows) > size else "")


def page_in(
    rows: Sequence[Row], *, after: str = "", before: str = "", at: str = "", size: int = PAGE_SIZE
) -> Page[Row]:
    """One page of rows that are all at hand. at: the key of a row that is to stand on it."""
    places = {_key(row): place for place, row in enumerate(rows)}
    start = 0
    if after in places:
        start = places[after] + 1
    elif before in places:
        start = max(places[before] - size, 0)
    elif at in places:
        start = places[at] // size * size
    shown = list(rows[start : start + size])
    return Page(
        shown,
        next_key=_key(shown[-1]) if start + size < len(rows) else "",
        previous_key=_key(shown[0]) if start and shown else "",
    )


def count_up_to(queryset: QuerySet[Row], limit: int = COUNTED) -> Count:
    """Count a list, but no further than `limit`: nobody reads "1,284,113" as more than "many"."""
    number = queryset.order_by()[: limit + 1].count()
    return Count(min(number, limit), is_capped=number > limit)


def _key(row: Model) -> str:
    keyed: object = row.serializable_value("key")
    return str(keyed)


def _anchor(queryset: QuerySet[Row], order: Order, key: str) -> tuple[object, object] | None:
    """Find the value and the primary key of a row of this very list."""
    wanted = read_key(key)
    if wanted is None:
        return None
    found: Sequence[tuple[object, object]] = list(
        queryset.filter(key=wanted).order_by().values_list(order.column, "pk")[:1]
    )
    return found[0] if found else None


def ordered(queryset: QuerySet[Row], order: Order) -> QuerySet[Row]:
    """The same rows in the order of their pages: for a file of the list."""
    sign = "-" if order.is_descending else ""
    if not _may_be_blank(queryset.model, order.column):
        return queryset.order_by(sign + order.column, f"{sign}pk")
    place = F(order.column)
    last = place.desc(nulls_last=True) if order.is_descending else place.asc(nulls_last=True)
    return queryset.order_by(last, f"{sign}pk")


def _read(
    queryset: QuerySet[Row],
    order: Order,
    anchor: tuple[object, object] | None,
    size: int,
    *,
    is_back: bool,
) -> list[Row]:
    """Read `size` rows beyond the anchor; going back, the nearest comes first.

    Rows with a blank are read apart, after the others: an index knows where either lie, and the
    two databases would have them at different ends.
    """
    is_down = order.is_descending != is_back
    sign = "-" if is_down else ""
    columns = (sign + order.column, f"{sign}pk")
    if not _may_be_blank(queryset.model, order.column):
        return list(
            _beyond(queryset, order.column, anchor, is_down=is_down).order_by(*columns)[:size]
        )
    rows: list[Row] = []
    for is_blank in (True, False) if is_back else (False, True):
        start = anchor
        if anchor is not None and (anchor[0] is None) != is_blank:
            if is_blank == is_back:  # the anchor lies further on
                continue
            start = None
        apart = queryset.filter(**{f"{order.column}__isnull": is_blank})
        found = _beyond(apart, order.column, start, is_down=is_down)
        rows += found.order_by(*columns[1:] if is_blank else columns)[: size - len(rows)]
        if len(rows) == size:
            break
    return rows


def _beyond(
    queryset: QuerySet[Row], column: str, anchor: tuple[object, object] | None, *, is_down: bool
) -> QuerySet[Row]:
    """Rows after a value and a primary key; among blanks the key alone says who is after whom."""
    if anchor is None:
        return queryset
    value, pk = anchor
    than = "lt" if is_down else "gt"
    if value is None:
        return queryset.filter(**{f"pk__{than}": pk})
    same = Q(**{column: value, f"pk__{than}": pk})
    return queryset.filter(Q(**{f"{column}__{than}": value}) | same)


def _may_be_blank(model: type[Model], column: str) -> bool:
    """Say whether a column, followed through its relations, may be null; a computed one may."""
    here: type[Model] | None = model
    for name in column.split("__"):
        if here is None:
            return True
        try:
            field = here._meta.get_field(name)  # noqa: SLF001  open to all by its documentation
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        related = field.related_model
        here = related if isinstance(related, type) else None
    return False
