"""What a room hands over to be found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from sinergia.base.search.models import Indexed


class Findable(NamedTuple):
    """A row and the texts it is found by: its name, and whatever else is said there."""

    row: int
    head: str
    rest: str = ""
    weight: int = Indexed.Weight.USUAL


@dataclass(frozen=True)
class Searched:
    """A kind of rows that are searched: all of them, and what some of them are found by."""

    kind: str
    rows: QuerySet[Any]  # of whatever model
    findable: Callable[[Sequence[Any]], Iterable[Findable]]
