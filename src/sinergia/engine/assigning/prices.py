"""Prices of experts: they prove that no assignment is better, to anyone, in one pass.

A price is what a reading of an expert costs. Whatever the prices, no assignment within the bounds
can come to more than `bound` below; where one does come to it, both are proven best (weak duality
of linear programmes; Ahuja, Magnanti and Orlin, Network Flows, 1993, sections 9.2 to 9.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sinergia.engine.assigning.bound import FAR, STEP, bound_of
from sinergia.engine.assigning.exact import exact_rest, exact_sum
from sinergia.engine.assigning.task import Mask, Task, Whole64


@dataclass(frozen=True)
class Examined:
    """What an assignment comes to, in the unit of the task's whole numbers, to the last digit.

    bound: more than which none can. worst: the least affinity that one application got, in
    whole numbers, and `worst_application` which. wrong_reviews: applications read by another
    number of experts; wrong_loads: experts out of bounds; conflicts: forbidden pairs that were
    made.
    """

    objective: Fraction
    bound: Fraction
    worst: int
    worst_application: int
    loads: tuple[int, int]
    wrong_reviews: list[int]
    wrong_loads: list[int]
    conflicts: list[tuple[int, int]]

    @property
    def is_within(self) -> bool:
        """Whether every bound and ban is kept."""
        return not (self.wrong_reviews or self.wrong_loads or self.conflicts)

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that nothing better can be made."""
        return self.is_within and self.objective == self.bound


def examine(task: Task, chosen: Mask, prices: Sequence[Fraction | int]) -> Examined:
    """Look an assignment over; only sums and orders are used, no solver.

    prices: a number for each expert, in the unit of the affinities, below 2^59.
    """
    loads = chosen.sum(axis=0)
    gained = np.where(chosen, task.affinity, 0).sum(axis=1, dtype=np.int64)
    is_out = (loads < task.min_load) | (loads > task.max_load)
    banned = np.argwhere(chosen & ~task.allowed)
    return Examined(
        objective=exact_sum(gained) + exact_rest(task.rests_of(chosen)),
        bound=bound_of(task, [Fraction(price) for price in prices]),
        worst=int(gained.min()),
        worst_application=int(gained.argmin()),
        loads=(int(loads.min()), int(loads.max())),
        wrong_reviews=np.flatnonzero(chosen.sum(axis=1) != task.reviews).tolist(),
        wrong_loads=np.flatnonzero(is_out).tolist(),
        conflicts=[(int(one), int(expert)) for one, expert in banned],
    )


def prices_of(task: Task, chosen: Mask, kept: Mask) -> Whole64:
    """Prices at which nobody gains by exchanging readings along the pairs in `kept`.

    From the experts' exchange graph, by the method of Bellman and Ford; a way back that gains
    would mean that the assignment is not best among these pairs, and raises ArithmeticError.
    """
    free = task.experts  # one node more: whoever is between the bounds trades with it for nothing
    lost = np.full((free + 1, free + 1), FAR, dtype=np.int64)
    for expert in range(task.experts):
        theirs = np.flatnonzero(chosen[:, expert])
        if theirs.size:
            rows = task.affinity[theirs].astype(np.int64)
            # What is lost when a reading goes from this expert to each other.
            given = rows[:, [expert]] - rows
            given[~kept[theirs] | chosen[theirs]] = FAR
            lost[expert, :free] = given.min(axis=0)
    loads = chosen.sum(axis=0)
    lost[:free, free] = np.where(loads < task.max_load, 0, FAR)
    lost[free, :free] = np.where(loads > task.min_load, 0, FAR)
    prices = np.zeros(free + 1, dtype=np.int64)
    for _ in range(free + 2):
        lower = np.minimum(prices, (lost + prices).min(axis=1))
        if np.array_equal(lower, prices):
            found: Whole64 = prices[:free] - prices[free]
            return found
        prices = lower
    raise ArithmeticError("an exchange gains")


def left_out(task: Task, chosen: Mask, kept: Mask, prices: Whole64) -> Mask:
    """Pairs outside `kept` that an application would rather have at these prices."""
    found = np.zeros_like(kept)
    for start in range(0, task.applications, STEP):
        part = slice(start, start + STEP)
        net = task.affinity[part] - prices
        least = np.where(chosen[part], net, FAR).min(axis=1, keepdims=True)
        found[part] = (net > least) & task.allowed[part] & ~kept[part]
    return found
