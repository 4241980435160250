"""Colours of a map of counts: how many there are, which one a value has, what each means."""

from bisect import bisect_left
from collections.abc import Sequence

from sinergia.base.ui.templatetags.figures import count

STEPS = 5  # colours from few to many; one more for none


def bounds_of(values: Sequence[int]) -> list[int]:
    """The greatest value of each colour, so that each has about as many places; at most five."""
    some = sorted(value for value in values if value > 0)
    if not some:
        return []
    last = len(some) - 1
    return sorted({some[round(last * step / STEPS)] for step in range(1, STEPS + 1)})


def step_of(value: int, bounds: Sequence[int]) -> int:
    """The colour of a value: 0 for none, 1 to 5; few bounds take the far colours first."""
    if value <= 0:
        return 0
    return bisect_left(bounds, value) + 1


def ranges_of(bounds: Sequence[int]) -> list[str]:
    """What each colour means, in words."""
    starts = [1, *(bound + 1 for bound in bounds)]
    return [
        count(upper) if lower == upper else f"{count(lower)}–{count(upper)}"
        for lower, upper in zip(starts, bounds, strict=False)
    ]
