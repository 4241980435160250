"""Numbers as they are said aloud: rounded down, never up, and never without saying so."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sinergia.engine.money import minor_digits

LARGEST_EXACT_COUNT = 200
THOUSAND = 1000
MILLION = 1_000_000
_FEW = 30
_ORDINALS = range(2, 11)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number said instead of a true one; `is_more` where the true one is greater."""

    number: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Average:
    """A mean sum: `number` of `scale` units (1, 1,000 or 1,000,000)."""

    number: Decimal
    scale: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class OneIn:
    """A share said as "one in so many"; nearness: "exactly", "almost" or "more"."""

    number: int
    nearness: str


def rounded_count(count: int) -> Rounded:
    """Say a count: as it is up to 200, in whole tens above."""
    if count <= LARGEST_EXACT_COUNT:
        return Rounded(count, is_more=False)
    return Rounded(count // 10 * 10, is_more=count % 10 > 0)


def rounded_millions(minor: int, currency: str) -> Rounded | None:
    """Say a sum in whole millions; None for less than one."""
    millions, rest = divmod(minor, MILLION * 10 ** minor_digits(currency))
    return Rounded(millions, is_more=rest > 0) if millions else None


def average_of(minor: int, count: int, currency: str) -> Average:
    """Say a mean sum: tenths of a million, below it whole thousands, below them whole units."""
    mean = Decimal(minor).scaleb(-minor_digits(currency)) / count
    scale, number = 1, _half_up(mean, "1")
    if number >= THOUSAND:
        scale, number = THOUSAND, _half_up(mean / THOUSAND, "1")
    if scale * number >= MILLION:
        scale, number = MILLION, _half_up(mean / MILLION, "0.1")
    total = (number * scale * count).scaleb(minor_digits(currency))
    return Average(_bare(number), scale, is_exact=total == minor)


def _half_up(number: Decimal, step: str) -> Decimal:
    return number.quantize(Decimal(step), rounding=ROUND_HALF_UP)


def _bare(number: Decimal) -> Decimal:
    """Drop a decimal that is zero."""
    whole = number.to_integral_value()
    return whole if whole == number else number


def is_share_of_few(won: int, submitted: int) -> bool:
    """Whether a share is better said as "4 of 11": few projects, or hardly any wins."""
    return submitted < _FEW or won * 100 < submitted


def percent_of(won: int, submitted: int) -> Decimal:
    """Give a share in per cent to one decimal; 100 only when it is all."""
    percent = _half_up(Decimal(won * 100) / submitted, "0.1")
    return _bare(min(percent, Decimal("99.9")) if won < submitted else percent)


def one_in(won: int, submitted: int) -> OneIn | None:
    """Say a share as "one in so many", from two to ten; None where it would be far from true."""
    for number in _ORDINALS:
        off = (won * number - submitted) / submitted
        if abs(off) < 0.02:
            return OneIn(number, "exactly")
        if abs(off) <= 0.08:
            return OneIn(number, "more" if off > 0 else "almost")
    return None
