"""In which order a list stands: read from its address, written back as links in its head."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sinergia.base.tables.paging import Order


@dataclass(frozen=True)
class Column:
    """A column that a list may be sorted by. is_descending: which way the first press sorts."""

    name: str
    column: str
    label: str | Promise
    is_descending: bool = False
    kind: str = ""  # "num": figures, on the right


@dataclass(frozen=True)
class Head:
    """The head of a sorted column, as the component `sort` takes it."""

    label: str
    url: str
    direction: str
    kind: str


@dataclass(frozen=True)
class Sorting:
    """The columns of a list and the one that was asked."""

    columns: Sequence[Column]
    asked: Column
    is_descending: bool

    @property
    def order(self) -> Order:
        """As `page_of` takes it."""
        return Order(self.asked.column, self.is_descending)

    @property
    def query(self) -> str:
        """As an address says it."""
        return f"-{self.asked.name}" if self.is_descending else self.asked.name

    @property
    def order_by(self) -> list[str]:
        """As a queryset takes it, for a file of the same rows."""
        sign = "-" if self.is_descending else ""
        return [sign + self.asked.column, f"{sign}pk"]

    def heads(self, addresses: Mapping[str, str]) -> dict[str, Head]:
        """The head of each column; addresses: value of `sort` -> address, see `sorts`."""
        return {one.name: self._head(one, addresses) for one in self.columns}

    def sorts(self) -> list[str]:
        """What each head's link sorts by: the other way round for the column that is sorted by."""
        return [self._next(one) for one in self.columns]

    def _next(self, one: Column) -> str:
        is_down = not self.is_descending if one == self.asked else one.is_descending
        return f"-{one.name}" if is_down else one.name

    def _head(self, one: Column, addresses: Mapping[str, str]) -> Head:
        direction = ""
        if one == self.asked:
            direction = "descending" if self.is_descending else "ascending"
        return Head(str(one.label), addresses[self._next(one)], direction, one.kind)


def sorting_of(columns: Sequence[Column], asked: str) -> Sorting:
    """Read `sort` of an address: a name, with a minus for descending; else the first column."""
    name = asked.removeprefix("-")
    for one in columns:
        if one.name == name:
            return Sorting(columns, one, asked.startswith("-"))
    return Sorting(columns, columns[0], columns[0].is_descending)


def about_list(said: Iterable[str], sorting: Sorting) -> list[list[str]]:
    """What the file of a list holds: each part of the filter, and in which order the rows stand."""
    order = str(sorting.asked.label)
    if sorting.is_descending:
        order = _("%(column)s, from the last") % {"column": order}
    filters = [[_("Filter"), words] for words in said] or [[_("Filter"), _("none: everything")]]
    return [*filters, [_("Order"), order]]
