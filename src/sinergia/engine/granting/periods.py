"""The time of a grant and its sum in parts, as the rules share them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

SATURDAY = 5


@dataclass(frozen=True)
class Part:
    """A part of a grant. report_on: the last day for the report on it; tranche: minor units."""

    begins_on: date
    ends_on: date
    report_on: date
    tranche_minor: int


def after_workdays(day: date, number: int) -> date:
    """The day that many working days later; Saturdays and Sundays are none, feasts are unknown."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def share_sum(sum_minor: int, shares: Sequence[Decimal]) -> list[int]:
    """A sum in parts by shares, each rounded half up; the last takes what the others leave.

    No part is below nought: where rounding up leaves nothing, the parts before give way.
    """
    parts: list[int] = []
    for share in shares[:-1]:
        wanted = int((sum_minor * share).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        parts.append(min(wanted, sum_minor - sum(parts)))
    return [*parts, sum_minor - sum(parts)]


def share_time(begins_on: date, ends_on: date, number: int) -> list[tuple[date, date]]:
    """Days in so many stretches, as equal as days allow; fewer where there are not enough days."""
    days = (ends_on - begins_on).days + 1
    number = max(1, min(number, days))
    starts = [begins_on + timedelta(days=days * at // number) for at in range(number)]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return list(zip(starts, [*ends, ends_on], strict=True))


def parts_of(
    begins_on: date,
    ends_on: date,
    sum_minor: int,
    shares: Sequence[Decimal],
    *,
    report_workdays: int,
) -> list[Part]:
    """Periods of a grant with their tranches; together they come to its sum and its time."""
    stretches = share_time(begins_on, ends_on, len(shares))
    used = list(shares[: len(stretches)])
    tranches = share_sum(sum_minor, used)
    return [
        Part(first, last, after_workdays(last, report_workdays), tranche)
        for (first, last), tranche in zip(stretches, tranches, strict=True)
    ]


def faults_of(
    parts: Sequence[Part], *, sum_minor: int, begins_on: date, ends_on: date
) -> list[str]:
    """Codes of what is wrong with periods that somebody wrote: in order, without holes, the sum.

    period.none, period.sum, period.negative, period.order, period.outside, period.report_early.
    """
    if not parts:
        return ["period.none"]
    told = []
    if any(one.tranche_minor < 0 for one in parts):
        told.append("period.negative")
    if sum(one.tranche_minor for one in parts) != sum_minor:
        told.append("period.sum")
    if any(one.ends_on < one.begins_on for one in parts) or any(
        later.begins_on != former.ends_on + timedelta(days=1) for former, later in pairwise(parts)
    ):
        told.append("period.order")
    elif parts[0].begins_on != begins_on or parts[-1].ends_on != ends_on:
        told.append("period.outside")
    if any(one.report_on < one.ends_on for one in parts):
        told.append("period.report_early")
    return told
