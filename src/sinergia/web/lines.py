"""A line of «Мои дела»."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Min, Model, QuerySet

Row = TypeVar("Row")
Kind = TypeVar("Kind", bound=Model)
OF_CALL = ("contest__call__key", "contest__call__name")


@dataclass(frozen=True)
class Task:
    """One line: how many wait, of what, and where they are.

    place: which of several pages it is; "" where there is one. due: by which day the first.
    """

    number: int
    words: str
    url: str
    place: str = ""
    due: str = ""


def lines_by_page(
    rows: Iterable[Row], where: Callable[[Row], tuple[str, str]], words: Callable[[int], str]
) -> Iterator[Task]:
    """A line a page, in the order of the rows, each with as many as wait there.

    where: the address at which a row waits, and how that page is called; words: of a number.
    """
    pages = Counter(where(row) for row in rows)
    for (url, name), number in pages.items():
        yield Task(number, words(number), url, name if len(pages) > 1 else "")


def lines_by_group(
    rows: QuerySet[Kind],
    of: tuple[str, str],
    url: Callable[[UUID], str],
    words: Callable[[int], str],
    due: Mapping[UUID, str] | None = None,
) -> Iterator[Task]:
    """The same where thousands may wait, counted by the database: that of the oldest row first.

    of: the columns of a page's key and name; url: the page by its key; due: what is said of it.
    """
    groups = rows.order_by().values_list(*of).annotate(number=Count("pk"), first=Min("pk"))
    found = list(groups.order_by("first"))
    for key, name, number, _first in found:
        place = name if len(found) > 1 else ""
        yield Task(number, words(number), url(key), place, (due or {}).get(key, ""))
