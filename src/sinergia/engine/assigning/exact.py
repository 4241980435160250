"""Affinities to their last digit: what is left below the whole numbers, and sums that are exact.

A value is a whole number of units and a rest of binary fractions, none of them above half a unit.
Multiplied by a power of two, a rest gives its next digits; floats lose nothing on that way.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sinergia.engine.assigning.task import Rests, Whole64

DIGITS = 30  # binary, taken at once


def exact_sum(values: Whole64) -> int:
    """A sum of 64-bit numbers that no number of them can make run over."""
    low = values & 0xFFFFFFFF
    return (int((values >> 32).sum()) << 32) + int(low.sum())


def next_digits(rests: Rests, digits: int = DIGITS) -> tuple[Whole64, Rests]:
    """Multiply by two so many times; give the whole numbers and what is left below them."""
    told = [np.ldexp(one, digits) for one in rests]
    whole = [np.rint(one) for one in told]
    left = tuple(one - part for one, part in zip(told, whole, strict=True))
    return sum((part.astype(np.int64) for part in whole), np.zeros((), dtype=np.int64)), left


def has_more(rests: Rests) -> bool:
    """Whether anything is left at all."""
    return any(one.any() for one in rests)


def exact_rest(rests: Rests) -> Fraction:
    """The sum over a list of values of what is left below their units."""
    total, unit = Fraction(0), Fraction(1)
    while has_more(rests):
        unit /= 2**DIGITS
        whole, rests = next_digits(rests)
        total += exact_sum(whole) * unit
    return total


def parts_of(prices: Sequence[Fraction]) -> tuple[Whole64, list[Fraction]]:
    """Whole numbers no larger than some fractions, and how much larger these are."""
    whole = [price.numerator // price.denominator for price in prices]
    left = [price - below for price, below in zip(prices, whole, strict=True)]
    return np.array(whole, dtype=np.int64), left
