"""The rating of an application from what experts gave it.

Source: rules of the Presidential Grants Fund's contests, clause 23: the sum over criteria of the
experts' mean score times the criterion's weight, to hundredths. The act does not say what is
rounded; here each product is, half up, and the sum of the rounded is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Average: TypeAlias = Literal["mean", "median"]

DECIMALS = 2


class Mark(NamedTuple):
    """One score. criterion: "" where an expert gives a single one."""

    application: str
    expert: str
    criterion: str
    score: Decimal


@dataclass(frozen=True)
class Rated:
    """experts: how many gave a score."""

    experts: int
    rating: Decimal


def rating_of(
    sheets: Sequence[Mapping[str, Decimal]],
    weights: Mapping[str, Decimal],
    *,
    average: Average = "mean",
    decimals: int = DECIMALS,
) -> Decimal | None:
    """The rating from sheets of {criterion: score}; none where no sheet has a score that weighs.

    A criterion of weight 0, or without one, is left out, whatever stands in the sheets.
    """
    products = []
    for criterion, weight in weights.items():
        given = [Fraction(sheet[criterion]) for sheet in sheets if criterion in sheet]
        if weight and given:
            products.append(half_up(_average(given, average) * Fraction(weight), decimals))
    return sum(products, Decimal(0)) if products else None


def rate(
    marks: Iterable[Mark],
    *,
    weights: Mapping[str, Decimal] | None = None,
    average: Average = "mean",
    decimals: int = DECIMALS,
) -> dict[str, Rated]:
    """Rate every application; without weights each criterion counts once.

    Where one expert has scored the same twice, ValueError.
    """
    sheets: dict[str, dict[str, dict[str, Decimal]]] = {}
    for mark in marks:
        sheet = sheets.setdefault(mark.application, {}).setdefault(mark.expert, {})
        if mark.criterion in sheet:
            raise ValueError("twice")
        sheet[mark.criterion] = mark.score
    rated = {}
    for application, by_expert in sheets.items():
        given = list(by_expert.values())
        named = {criterion: Decimal(1) for sheet in given for criterion in sheet}
        told = rating_of(
            given, named if weights is None else weights, average=average, decimals=decimals
        )
        if told is not None:
            rated[application] = Rated(len(given), told)
    return rated


def half_up(value: Fraction, decimals: int = DECIMALS) -> Decimal:
    """Round to so many decimals; what lies in the middle goes away from nought."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def _average(given: Sequence[Fraction], average: Average) -> Fraction:
    if average == "mean":
        return sum(given, Fraction(0)) / len(given)
    told, middle = sorted(given), len(given) // 2
    return told[middle] if len(told) % 2 else (told[middle - 1] + told[middle]) / 2
