"""An optimum of rounded affinities brought to the last digit, some digits at a time.

At the prices of an optimum every pair has so much to lose by being taken or left. Rounding moved
no affinity by more than half a unit, so a pair with much to lose stays as it is in every optimum
of the exact affinities; only the others need their next digits (iterative refinement of linear
programmes; Gleixner, Steffy and Wolter, 2016).
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sinergia.engine.assigning.bound import FAR, STEP
from sinergia.engine.assigning.exact import has_more, next_digits
from sinergia.engine.assigning.task import Mask, Rests, Task, Whole64, safe_bits

Places: TypeAlias = tuple[npt.NDArray[np.intp], ...]  # rows and columns

FEWEST = 8  # digits at once, however many experts there are
MARGIN = 16  # an exchange among all experts, rounded at each, with room to spare


@dataclass(frozen=True)
class Step:
    """A task of the digits that follow.

    task: only of pairs that can still come or go; digits: by how many binary ones its unit is
    less; kept_prices: the part of the prices before that its affinities still hold, in its unit.
    places, rests: of its pairs those that have more digits yet, and these.
    """

    task: Task
    digits: int
    kept_prices: Whole64
    places: Places
    rests: Rests


def first_step(task: Task, chosen: Mask, prices: Whole64) -> Step | None:
    """Take the digits that rounding left out; none where it left out nothing that can matter."""
    if task.digits is None:
        return None
    standing = _standing(task, chosen, prices)
    places = np.nonzero(standing.is_open)
    return _step(task, chosen, standing, places, task.rests_of(places))


def next_step(step: Step, chosen: Mask, prices: Whole64) -> Step | None:
    """Take the digits after those."""
    standing = _standing(step.task, chosen, prices)
    is_open = standing.is_open[step.places]
    places = step.places[0][is_open], step.places[1][is_open]
    return _step(step.task, chosen, standing, places, tuple(one[is_open] for one in step.rests))


@dataclass(frozen=True)
class _Standing:
    """Pairs at the prices of an optimum.

    above: by how much each stands above the least that its application takes, and the part of the
    price that is `kept`; both only so far as it can matter. is_open: whether it can come or go.
    """

    above: Whole64
    kept: Whole64
    is_open: Mask


def _standing(task: Task, chosen: Mask, prices: Whole64) -> _Standing:
    most = _most(task)
    above = np.zeros(chosen.shape, dtype=np.int64)
    is_open, kept = np.zeros_like(chosen), np.clip(prices, -most, most)
    for start in range(0, task.applications, STEP):
        part = slice(start, start + STEP)
        net = task.affinity[part] - prices
        net -= np.where(chosen[part], net, FAR).min(axis=1, keepdims=True)
        is_open[part] = task.allowed[part] & (abs(net) < most)
        np.clip(net, -most, most, out=net)
        np.add(net, kept, out=above[part])
    return _Standing(above, kept, is_open)


def _step(
    task: Task, chosen: Mask, standing: _Standing, places: Places, rests: Rests
) -> Step | None:
    if not has_more(rests):
        return None
    digits = safe_bits(task.applications, task.experts) - (2 * _most(task)).bit_length()
    digits = max(FEWEST, digits)
    told, left = next_digits(rests, digits)
    table = standing.above
    table <<= digits
    table[places] += told
    more = np.any([one != 0 for one in left], axis=0)
    return Step(
        replace(task, affinity=table, allowed=standing.is_open | chosen, digits=None),
        digits,
        standing.kept << digits,
        (places[0][more], places[1][more]),
        tuple(one[more] for one in left),
    )


def _most(task: Task) -> int:
    """Units by which a pair can come to stand elsewhere, all in all."""
    return MARGIN * (min(task.experts, task.pairs) + 2)
