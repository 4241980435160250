"""Which sheets count, and when all of them will be signed."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil


def closest(ratings: Sequence[Decimal], number: int) -> list[int]:
    """Places of so many ratings that lie closest together, in their order; all where no more are.

    Of two sets equally close the higher one is taken; of two equal ratings the first.
    """
    if len(ratings) <= number:
        return list(range(len(ratings)))
    # Descending, so that of sets equally close the first found is the higher.
    order = sorted(range(len(ratings)), key=lambda place: (-ratings[place], place))
    starts = range(len(order) - number + 1)
    best = min(starts, key=lambda at: ratings[order[at]] - ratings[order[at + number - 1]])
    return sorted(order[best : best + number])


def that_count(ratings: Sequence[Decimal], counts: str, number: int) -> list[int]:
    """Places of the ratings that count, in their order.

    counts, number: by the rules: `all` of them, or the `closest` so many.
    """
    return list(range(len(ratings))) if counts == "all" else closest(ratings, number)


def days_left(left: int, signed: int, days: int) -> int | None:
    """In how many days so many sheets are signed if it goes on so; none where nothing goes on.

    signed: within the last so many days, of which there is one at least.
    """
    if left <= 0:
        return 0
    return ceil(left * max(days, 1) / signed) if signed > 0 else None
