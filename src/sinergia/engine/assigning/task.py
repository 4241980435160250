"""What is asked of an assignment."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Whole64: TypeAlias = npt.NDArray[np.int64]
Table: TypeAlias = npt.NDArray[np.signedinteger]  # int32 where it suffices: half the memory
Mask: TypeAlias = npt.NDArray[np.bool_]

HALF = 2**30  # a difference of two such numbers still fits 32 bits


@dataclass(frozen=True)
class Task:
    """Every application is read by `reviews` experts, each of whom reads between two numbers.

    affinity: whole numbers [applications x experts]. allowed: of that shape; False is a conflict.
    """

    affinity: Table
    allowed: Mask
    reviews: int
    min_load: int
    max_load: int

    @property
    def applications(self) -> int:
        """How many there are."""
        return len(self.affinity)

    @property
    def experts(self) -> int:
        """How many there are."""
        return int(self.affinity.shape[1])

    @property
    def pairs(self) -> int:
        """How many readings there are to be."""
        return self.applications * self.reviews


def task_of(
    affinity: Table, conflict: Mask | None, *, reviews: int, max_load: int, min_load: int = 0
) -> Task:
    """Make a task. ValueError for bounds that make no sense by themselves, and for an empty table.

    Nobody can read more than there is: a larger bound means the same as the least that does.
    """
    if not affinity.size:
        raise ValueError("nobody")
    if reviews < 1 or min_load < 0 or max_load < max(min_load, 1):
        raise ValueError("bounds")
    is_small = max(int(affinity.max()), -int(affinity.min())) < HALF
    told: Table = affinity.astype(np.int32) if is_small else affinity
    allowed = np.ones(told.shape, dtype=bool) if conflict is None else ~conflict
    most = len(told)
    return Task(told, allowed, reviews, min(min_load, most + 1), min(max_load, most + 1))
