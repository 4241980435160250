"""Prices of experts: they prove that no assignment is better, to anyone, in one pass.

A price is what a reading of an expert costs. Whatever the prices, no assignment within the bounds
can come to more than `bound` below; where one does come to it, both are proven best (weak duality
of linear programmes; Ahuja, Magnanti and Orlin, Network Flows, 1993, sections 9.2 to 9.4).
"""

from dataclasses import dataclass

import numpy as np

from sinergia.engine.assigning.task import Mask, Task, Whole64

STEP = 2_000  # applications looked at at once
FAR = 2**60  # no exchange at all


@dataclass(frozen=True)
class Examined:
    """What an assignment comes to, in the task's whole numbers.

    bound: more than which none can. worst: the least affinity that one application got, and
    `worst_application` which. wrong_reviews: applications read by another number of experts;
    wrong_loads: experts out of bounds; conflicts: forbidden pairs that were made.
    """

    objective: int
    bound: int
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


def examine(task: Task, chosen: Mask, prices: Whole64) -> Examined:
    """Look an assignment over; only sums and orders are used, no solver.

    prices: one whole number for each expert, in the unit of the affinities.
    """
    loads = chosen.sum(axis=0)
    gained = np.where(chosen, task.affinity, 0).sum(axis=1, dtype=np.int64)
    is_out = (loads < task.min_load) | (loads > task.max_load)
    banned = np.argwhere(chosen & ~task.allowed)
    return Examined(
        objective=int(gained.sum()),
        bound=_bound(task, prices),
        worst=int(gained.min()),
        worst_application=int(gained.argmin()),
        loads=(int(loads.min()), int(loads.max())),
        wrong_reviews=np.flatnonzero(chosen.sum(axis=1) != task.reviews).tolist(),
        wrong_loads=np.flatnonzero(is_out).tolist(),
        conflicts=[(int(one), int(expert)) for one, expert in banned],
    )


def _bound(task: Task, prices: Whole64) -> int:
    """The best that each application could have at these prices, and what the loads then pay."""
    paid = np.where(prices > 0, prices * task.max_load, prices * task.min_load).sum()
    total = int(paid)
    for start in range(0, task.applications, STEP):
        part = slice(start, start + STEP)
        net = np.where(task.allowed[part], task.affinity[part] - prices, -FAR)
        for needed in np.unique(task.reviews[part]):
            rows, first = net[task.reviews[part] == needed], task.experts - int(needed)
            if needed:
                best = np.partition(rows, first, axis=1)[:, first:] if first > 0 else rows
                total += int(best.sum())
    return total


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
