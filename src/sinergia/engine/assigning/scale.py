"""Affinities in whole numbers, so that an optimum is exact and the same on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from sinergia.engine.assigning.task import Digits, Rests, Whole64, safe_bits

MOST_DECIMALS = 9
LARGEST = 2**53  # of an affinity: beyond that a float has no units
LOOKED_AT = 2_000  # values by which the number of decimals is guessed before all are tried


@dataclass(frozen=True)
class Whole:
    """values: affinities times `scale`, to the nearest whole number; digits: what that leaves out.

    digits: None where the values are exact.
    """

    values: Whole64
    scale: Fraction
    digits: Digits | None = None

    def unscaled(self, value: Fraction | int) -> int | float:
        """A sum of affinities as it was before: whole where it is."""
        told = value / self.scale
        return told.numerator if told.denominator == 1 else float(told)


def in_whole_numbers(affinity: npt.NDArray[np.float64]) -> Whole:
    """Multiply by the least power of ten that makes all whole; else take the floats themselves.

    ValueError for what is no finite number, or too large to be counted with.
    """
    if not np.isfinite(affinity).all():
        raise ValueError("not finite")
    largest = float(np.abs(affinity).max(initial=0.0))
    if largest > LARGEST:
        raise ValueError("too large")
    few = affinity.ravel()[:: max(1, affinity.size // LOOKED_AT)]
    for decimals in range(MOST_DECIMALS + 1):
        scale = 10**decimals
        if largest * scale > LARGEST:
            break
        if _are_whole(few, scale) and _are_whole(affinity, scale):
            whole = np.rint(affinity * scale)
            if largest * scale <= 2 ** safe_bits(*affinity.shape):
                return Whole(whole.astype(np.int64), Fraction(scale))
            return _whole((whole,), Fraction(scale))
    return _whole((affinity,), Fraction(1))


def in_written_numbers(written: Sequence[Sequence[Decimal]]) -> Whole:
    """The same of decimals, to the last digit that is written; 290 after the point at most."""
    flat = [one for row in written for one in row]
    decimals = max(0, *(-int(one.as_tuple().exponent) for one in flat))
    size = 10**decimals
    ratios = [one.as_integer_ratio() for one in flat]  # a context would round
    left = np.array([above * size // below for above, below in ratios], dtype=object)
    parts: list[npt.NDArray[np.float64]] = []
    while not parts or left.any():
        part = left.astype(np.float64)
        parts.append(part.reshape(len(written), -1))
        left = left - np.array([int(one) for one in part.tolist()], dtype=object)
    return _whole(tuple(parts), Fraction(size))


def _whole(parts: Rests, scale: Fraction) -> Whole:
    """Whole numbers that the solver can count with, of what is the sum of some parts."""
    bits = safe_bits(*parts[0].shape)
    largest = float(np.abs(parts[0]).max(initial=0.0))
    if largest <= 2**bits and all(np.array_equal(np.rint(part), part) for part in parts):
        return Whole(_rounded(parts, 0), scale)
    shift = bits - int(np.frexp(largest)[1])
    digits = Digits(parts, shift)
    exact = not any(rest.any() for rest in digits.rests(slice(None)))
    unit = Fraction(2) ** shift
    return Whole(_rounded(parts, shift), scale * unit, None if exact else digits)


def _rounded(parts: Rests, shift: int) -> Whole64:
    whole = np.zeros(parts[0].shape, dtype=np.int64)
    for part in parts:
        whole += np.rint(np.ldexp(part, shift)).astype(np.int64)
    return whole


def _are_whole(values: npt.NDArray[np.float64], scale: int) -> bool:
    """Whether each is a whole number over `scale`, read back to the same last bit."""
    return bool(np.array_equal(np.rint(values * scale) / scale, values))
