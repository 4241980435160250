"""Prices that are about right, found in a moment; they say at which pairs to look first.

Nothing but time depends on them. Over some of the applications readings are shared out by degrees
instead of whole, the more to an expert the more they suit; a price then has one formula, and a
few rounds bring all loads within their bounds (Benamou, Carlier, Cuturi, Nenna and Peyré,
"Iterative Bregman Projections for Regularized Transportation Problems", 2015).
"""

import numpy as np
import numpy.typing as npt

from sinergia.engine.assigning.task import Task

SHOWN = 1_800_000  # pairs by which prices are told
ROUNDS = 100
DEGREES = 40  # parts of the spread of affinities: within one, two experts suit almost alike
DIGITS = 3  # of a degree; what two machines add up differently lies far below
_LITTLE = 1e-150  # instead of nothing, to be divided by


def likely_prices(task: Task) -> npt.NDArray[np.float64]:
    """A price of each expert, in units of affinity."""
    part = slice(None, None, -(-task.affinity.size // SHOWN))
    needs = task.reviews[part].astype(np.float64)
    share = needs.sum() / max(task.pairs, 1)
    least, most = task.min_load * share, task.max_load * share
    told = task.affinity[part].astype(np.float64)
    degree = told.std() / DEGREES or 1.0
    told -= told.max(axis=1, keepdims=True)
    suits = np.where(task.allowed[part], np.exp(told / degree), 0.0)
    weights = np.ones(task.experts)
    for _ in range(ROUNDS):
        loads = (needs / np.maximum(suits @ weights, _LITTLE)) @ suits
        np.maximum(loads, _LITTLE, out=loads)
        weights = np.clip(1.0, least / loads, most / loads)
    prices: npt.NDArray[np.float64] = np.log(np.maximum(weights, _LITTLE)).round(DIGITS)
    prices *= -degree
    return prices
