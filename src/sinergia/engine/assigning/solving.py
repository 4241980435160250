"""The assignment of greatest affinity: a min-cost flow over the pairs that matter.

Few of the pairs can be part of an optimum. The flow is solved over the best of them at prices that
are about right; the true prices of its answer tell which pairs left out would have been better,
those are added, and it is solved anew. Where no pair is left that would, the optimum over the few
is the optimum over all.

Affinities with more digits than the solver can count with are rounded at first; `finer` takes the
digits that follow, where they can matter, until none is left.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from sinergia.engine.assigning.bound import FAR, STEP
from sinergia.engine.assigning.filling import fill
from sinergia.engine.assigning.finer import first_step, next_step
from sinergia.engine.assigning.likely import likely_prices
from sinergia.engine.assigning.prices import left_out, prices_of
from sinergia.engine.assigning.task import Mask, Task, Whole64

BEST = 24  # pairs of each application that are looked at first


@dataclass(frozen=True)
class Assignment:
    """chosen: bool [applications x experts]. prices: of each expert; see `examine`."""

    chosen: Mask
    prices: list[Fraction]


def assign(task: Task) -> Assignment:
    """Give the assignment of greatest total affinity, with its proof. Raises Impossible.

    Loads between the bounds are kept in one network, so no minimum is bought dearer than need be.
    """
    kept = _promising(task)
    chosen = _solved(task, kept)
    if chosen is None:
        kept |= fill(task)  # there is a way, or the reason why there is none
        chosen = _solved(task, kept)
    chosen, prices = _best(task, kept, chosen)
    total, unit = [Fraction(price) for price in prices.tolist()], Fraction(1)
    finer = first_step(task, chosen, prices)
    while finer is not None:
        kept = (kept & finer.task.allowed) | chosen
        chosen, prices = _best(finer.task, kept, chosen)
        unit /= 2**finer.digits
        near = zip(prices.tolist(), finer.kept_prices.tolist(), strict=True)
        changes = [(price - before) * unit for price, before in near]
        total = [price + change for price, change in zip(total, changes, strict=True)]
        finer = next_step(finer, chosen, prices)
    return Assignment(chosen, total)


def _best(task: Task, kept: Mask, chosen: Mask | None) -> tuple[Mask, Whole64]:
    """The best over all pairs with its prices; begins with one over some, and adds to these."""
    while chosen is not None:
        try:
            prices = prices_of(task, chosen, kept)
        except ArithmeticError:
            again = _solved(task, kept)
            if again is None or np.array_equal(again, chosen):
                raise
            chosen = again
            continue
        better = left_out(task, chosen, kept, prices)
        if not better.any():
            return chosen, prices
        kept |= better
        chosen = _solved(task, kept)
    raise ArithmeticError("a task that can be done was not")


def _promising(task: Task) -> Mask:
    """The best pairs of each application at likely prices, and enough for each least load."""
    best = max(BEST, 2 * int(task.reviews.max(initial=0)))
    if task.experts <= best:
        return task.allowed.copy()
    kept, prices = np.zeros_like(task.allowed), likely_prices(task)
    lines = np.empty(task.applications)
    for start in range(0, task.applications, STEP):
        part = slice(start, start + STEP)
        net = np.where(task.allowed[part], task.affinity[part] - prices, -FAR)
        first = np.argpartition(net, -best, axis=1)[:, -best:]
        np.put_along_axis(kept[part], first, values=True, axis=1)
        lines[part] = np.take_along_axis(net, first[:, :1], axis=1)[:, 0]
    enough = np.minimum(2 * task.min_load, task.applications)
    for expert in np.flatnonzero(kept.sum(axis=0) < enough).tolist():
        above = np.where(task.allowed[:, expert], task.affinity[:, expert] - lines, -FAR)
        kept[np.argpartition(above, -enough[expert])[-enough[expert] :], expert] = True
    return kept & task.allowed


def _solved(task: Task, kept: Mask) -> Mask | None:
    """The best over some pairs; none where these do not suffice to keep the bounds."""
    spare = task.pairs - int(task.min_load.sum())
    if spare < 0 or int(task.max_load.sum()) < task.pairs:
        return None
    rows, columns = np.nonzero(kept)
    experts = np.arange(task.experts) + task.applications
    sink = task.applications + task.experts
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([rows, experts]),
        np.concatenate([columns + task.applications, np.full(task.experts, sink)]),
        np.concatenate([np.ones(rows.size, np.int64), task.max_load - task.min_load]),
        np.concatenate(
            [-task.affinity[rows, columns].astype(np.int64), np.zeros(task.experts)]
        ).astype(np.int64),
    )
    flow.set_nodes_supplies(
        np.arange(sink + 1),
        np.concatenate([task.reviews, -task.min_load, [-spare]]),
    )
    if flow.solve() != flow.OPTIMAL:
        return None
    chosen = np.zeros_like(kept)
    taken = flow.flows(np.arange(rows.size)) > 0
    chosen[rows[taken], columns[taken]] = True
    return chosen
