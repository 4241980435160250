"""What is asked of an assignment."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Whole64: TypeAlias = npt.NDArray[np.int64]
Table: TypeAlias = npt.NDArray[np.signedinteger]  # int32 where it suffices: half the memory
Mask: TypeAlias = npt.NDArray[np.bool_]
Bound: TypeAlias = int | Whole64  # one number for all, or one for each

Rests: TypeAlias = tuple[npt.NDArray[np.float64], ...]  # of one shape; a value has their sum

HALF = 2**30  # a difference of two such numbers still fits 32 bits


@dataclass(frozen=True)
class Digits:
    """Affinities to the last digit, for what the whole numbers of a task leave out.

    parts: of the table's shape; an affinity is their sum times two so many times, `shift`.
    """

    parts: Rests
    shift: int

    def rests(self, places: Any) -> Rests:  # noqa: ANN401  # whatever an array is asked by
        """What is left below the whole numbers there, to the last digit."""
        told = [np.ldexp(part[places], self.shift) for part in self.parts]
        return tuple(one - np.rint(one) for one in told)


@dataclass(frozen=True)
class Task:
    """Every application is read by so many experts, each of whom reads between two numbers.

    affinity: whole numbers [applications x experts]. allowed: of that shape; False is a conflict.
    reviews: of each application; min_load, max_load: of each expert. digits: of the affinities
    where these are not whole.
    """

    affinity: Table
    allowed: Mask
    reviews: Whole64
    min_load: Whole64
    max_load: Whole64
    digits: Digits | None = None

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
        return int(self.reviews.sum())

    def rests_of(self, places: Any) -> Rests:  # noqa: ANN401  # whatever an array is asked by
        """What the whole numbers leave out there; nothing where they are all."""
        return self.digits.rests(places) if self.digits is not None else ()


def task_of(
    affinity: Table,
    conflict: Mask | None,
    *,
    reviews: Bound,
    max_load: Bound,
    min_load: Bound = 0,
    digits: Digits | None = None,
) -> Task:
    """Make a task. ValueError for bounds that make no sense by themselves, and for an empty table.

    Nobody can read more than there is: a larger maximum means the same as the least that does.
    A number for all is at least one; of each by itself it may be none.
    """
    if not affinity.size:
        raise ValueError("nobody")
    rows, columns = affinity.shape
    needs, least, most = _each(reviews, rows), _each(min_load, columns), _each(max_load, columns)
    ones = [one for one in (reviews, max_load) if isinstance(one, int)]
    if min(ones, default=1) < 1 or (needs < 0).any() or (least < 0).any() or (most < least).any():
        raise ValueError("bounds")
    is_small = max(int(affinity.max()), -int(affinity.min())) < HALF
    told: Table = affinity.astype(np.int32) if is_small else affinity
    allowed = np.ones(told.shape, dtype=bool) if conflict is None else ~conflict
    return Task(told, allowed, needs, least, np.maximum(least, np.minimum(most, rows + 1)), digits)


def _each(bound: Bound, count: int) -> Whole64:
    return np.broadcast_to(np.asarray(bound, dtype=np.int64), (count,))


def safe_bits(applications: int, experts: int) -> int:
    """How long an affinity can be for the solver, and sums of prices, to stay within 64 bits.

    It multiplies by the number of nodes, and takes no more than some 2^61 then; a price is a sum
    over a way through all experts, of which the first eight fit beside.
    """
    nodes = (applications + experts + 1).bit_length()
    return min(50, max(30, 61 - nodes - max(0, experts.bit_length() - 3)))
