"""When experts are so far apart, or so near the line, that one more is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Call: TypeAlias = Literal["", "divergence", "near_line"]


@dataclass(frozen=True)
class Read:
    """An application as it stands. ratings: by each expert's own sheet; further: called already."""

    ratings: Sequence[Decimal]
    rating: Decimal
    line: Decimal | None = None
    further: int = 0


def spread(ratings: Sequence[Decimal]) -> Decimal:
    """Points between the highest and the lowest; nought for fewer than two."""
    return max(ratings) - min(ratings) if len(ratings) > 1 else Decimal(0)


def further_needed(
    read: Read, *, divergence: Decimal | None, near_line: Decimal | None, most: int
) -> Call:
    """Why one more expert is to read it; "" where none is.

    divergence: points of spread from which on (inclusive); near_line: points from the line, to
    either side, within which (inclusive). most: how many more there may be.
    """
    if read.further >= most or len(read.ratings) < 2:
        return ""
    if divergence is not None and spread(read.ratings) >= divergence:
        return "divergence"
    if near_line is not None and read.line is not None:
        return "near_line" if abs(read.rating - read.line) <= near_line else ""
    return ""
