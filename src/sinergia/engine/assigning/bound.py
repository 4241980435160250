"""The most that any assignment can come to at some prices, to the last digit."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sinergia.engine.assigning.exact import (
    DIGITS,
    exact_sum,
    has_more,
    next_digits,
    parts_of,
)
from sinergia.engine.assigning.task import Rests, Task, Whole64

STEP = 2_000  # applications looked at at once
FAR = 2**60  # beyond all that is counted with
NEAR = 64  # units; what is left below them adds less, in up to sixty parts
_NONE = Fraction(0)


def bound_of(task: Task, prices: Sequence[Fraction]) -> Fraction:
    """The best that each application could have at these prices, and what the loads then pay.

    prices: each below 2^59 units, of any fraction.
    """
    bounds = zip(prices, task.max_load.tolist(), task.min_load.tolist(), strict=True)
    total = sum((price * (most if price > 0 else least) for price, most, least in bounds), _NONE)
    whole, left = parts_of(prices)
    for start in range(0, task.applications, STEP):
        part = slice(start, start + STEP)
        net = np.where(task.allowed[part], task.affinity[part] - whole, -FAR)
        rests = task.rests_of(part)
        for needed in np.unique(task.reviews[part]).tolist():
            if needed:
                rows = task.reviews[part] == needed
                own = tuple(one[rows] for one in rests)
                total += _best(net[rows], own, left, min(needed, task.experts))
    return total


def _best(net: Whole64, rests: Rests, left: list[Fraction], needed: int) -> Fraction:
    """The sum of so many greatest of each row. net: and `rests`, less `left` of each column.

    Digit by digit: whoever stands far from the line of a row stays on its side whatever follows.
    """
    total, unit = _NONE, Fraction(1)
    first = net.shape[1] - needed
    while has_more(rests) or (any(left) and unit == 1):
        line = np.partition(net, first, axis=1)[:, [first]]
        above = net - line
        near = np.clip(above, -NEAR, NEAR)
        total += (needed * exact_sum(line) + exact_sum(np.maximum(above - near, 0))) * unit
        digits, rests = next_digits(tuple(np.where(above < -NEAR, 0.0, one) for one in rests))
        dearer, left = parts_of([one * 2**DIGITS for one in left])
        net, unit = (near << DIGITS) + digits - dearer, unit / 2**DIGITS
    if any(left):
        return total + _best_of_fractions(net, left, first) * unit
    return total + exact_sum(np.partition(net, first, axis=1)[:, first:]) * unit


def _best_of_fractions(net: Whole64, left: list[Fraction], first: int) -> Fraction:
    """The same where only fractions of the prices are left: of equals the one who costs less."""
    steps = sorted(set(left))
    places = {step: place for place, step in enumerate(steps)}
    rank = np.array([places[one] for one in left], dtype=np.int64)
    ordered = np.partition(net * len(steps) - rank, first, axis=1)[:, first:]
    counts = np.bincount((-ordered % len(steps)).ravel(), minlength=len(steps)).tolist()
    paid = sum((step * count for step, count in zip(steps, counts, strict=True)), _NONE)
    return exact_sum(-(-ordered // len(steps))) - paid
