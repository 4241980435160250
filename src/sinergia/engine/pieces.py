"""Long things cut into short ones."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Piece = TypeVar("Piece")


def pieces(values: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    """Cut values into lists of at most `size`, read as they go."""
    rest = iter(values)
    while piece := list(islice(rest, size)):
        yield piece
