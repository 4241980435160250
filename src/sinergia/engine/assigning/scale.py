"""Affinities in whole numbers, so that an optimum is exact and the same on every machine."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sinergia.engine.assigning.task import Whole64

MOST_DECIMALS = 9
LARGEST = 2**40  # the solver multiplies by the number of its nodes and must stay within 64 bits
LOOKED_AT = 2_000  # values by which the number of decimals is guessed before all are tried


@dataclass(frozen=True)
class Whole:
    """values: affinities times `scale`, whole. is_exact: nothing was rounded away."""

    values: Whole64
    scale: int
    is_exact: bool

    def unscaled(self, value: int) -> int | float:
        """A sum of affinities as it was before: whole where it is."""
        return value // self.scale if value % self.scale == 0 else value / self.scale


def in_whole_numbers(affinity: npt.NDArray[np.float64]) -> Whole:
    """Multiply by the least power of ten that makes all whole; else by a power of two, rounded.

    Rounded, the greatest affinity has forty bits, so no total is off by more than a part in 10^9.
    ValueError for what is no finite number, or too large to be counted with.
    """
    if not np.isfinite(affinity).all():
        raise ValueError("not finite")
    largest = float(np.abs(affinity).max(initial=0.0))
    few = affinity.ravel()[:: max(1, affinity.size // LOOKED_AT)]
    for decimals in range(MOST_DECIMALS + 1):
        scale = 10**decimals
        if largest * scale > LARGEST:
            break
        if _are_whole(few, scale) and _are_whole(affinity, scale):
            return Whole(np.rint(affinity * scale).astype(np.int64), scale, is_exact=True)
    if largest > LARGEST:
        raise ValueError("too large")
    bits = max(0, int(np.floor(np.log2(LARGEST / largest))))
    return Whole(np.rint(affinity * 2.0**bits).astype(np.int64), 2**bits, is_exact=False)


def _are_whole(values: npt.NDArray[np.float64], scale: int) -> bool:
    """Whether each is a whole number over `scale`, read back to the same last bit."""
    return bool(np.array_equal(np.rint(values * scale) / scale, values))
