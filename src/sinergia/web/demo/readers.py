"""Who reads in the demo's contests."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from sinergia.packs.rules import shipped
from sinergia.web.demo import stock
from sinergia.web.demo.ministry import transliterated

MOST, LARGE_MOST = 12, 40  # applications that one reads
LARGE = 260


@dataclass(frozen=True, slots=True)
class Reader:
    """An expert as they are invited. late: sheets signed by the term, none for all of them."""

    name: str
    email: str
    post: str
    work: str
    directions: tuple[str, ...]
    topics: str = ""
    late: int | None = None
    leaves: bool = False


def readers_of_2026(*, is_large: bool) -> list[Reader]:
    """Those of this year, without the one who is lent; of a large demo 260."""
    told = [_reader(one) for one in stock.review()["experts"]]
    return told + _many(LARGE - len(told)) if is_large else told


def lent() -> Reader:
    """The one whom the other region lends."""
    return _reader(stock.review()["lent"])


def readers_of_2025() -> list[Reader]:
    """Those of the year before; the one whose sheets are ignored stands first."""
    words = stock.review()
    again = [_reader(one) for one in words["experts"] if 2025 in one.get("also", ())]
    return [*map(_reader, words["experts_2025"]), *again]


def _many(number: int) -> list[Reader]:
    words, codes = stock.review()["large"], [one.code for one in shipped()["regional"].directions]
    names = [
        f"{surname} {first}" for first, surname in product(words["initials"], words["surnames"])
    ]
    return [
        Reader(
            name=name,
            email=f"{transliterated(name.replace('. ', '').strip('.'))}@experts.example",
            post=words["posts"][at % len(words["posts"])],
            work="",
            directions=(codes[at % len(codes)], codes[(at // 3 + 2) % len(codes)]),
        )
        for at, name in enumerate(names[:number])
    ]


def _reader(told: Mapping[str, Any]) -> Reader:
    names = ("name", "email", "post", "work", "topics", "late", "leaves")
    given = {name: told[name] for name in names if name in told}
    return Reader(**given, directions=tuple(told["directions"]))
