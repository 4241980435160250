"""A line of «Мои дела»."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Task:
    """One line: how many wait, of what, and where they are.

    place: which of several pages it is; "" where there is one.
    """

    number: int
    words: str
    url: str
    place: str = ""


def lines_by_page(
    rows: Iterable[Row], where: Callable[[Row], tuple[str, str]], words: Callable[[int], str]
) -> Iterator[Task]:
    """A line a page, in the order of the rows, each with as many as wait there.

    where: the address at which a row waits, and how that page is called; words: of a number.
    """
    pages = Counter(where(row) for row in rows)
    for (url, name), number in pages.items():
        yield Task(number, words(number), url, name if len(pages) > 1 else "")
