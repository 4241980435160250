"""English numbers, nouns and sums."""

from decimal import Decimal

from babel.numbers import get_currency_name

from sinergia.engine.money import minor_digits
from sinergia.engine.spoken import MILLION, THOUSAND, average_of, rounded_count, rounded_millions

_SCALES = {MILLION: " million", THOUSAND: " thousand", 1: ""}


def counted(count: int) -> str:
    """Say a count without its noun: "137", "more than 580"."""
    said = rounded_count(count)
    return ("more than " if said.is_more else "") + f"{said.number:,}"


def things(count: int, one: str) -> str:
    """Say a count with its noun: "1 project", "more than 580 projects"."""
    return f"{counted(count)} {one}" if count == 1 else f"{counted(count)} {one}s"


def money(minor: int, currency: str) -> str:
    """Say a sum: "over 325 million roubles", "21 million roubles", "1,500 roubles 50 kopecks"."""
    millions = rounded_millions(minor, currency)
    if millions:
        over = "over " if millions.is_more else ""
        return f"{over}{millions.number:,} million {_currency(currency, Decimal(2))}"
    units, cents = divmod(minor, 10 ** minor_digits(currency))
    if currency == "RUB" and cents:
        kopecks = "1 kopeck" if cents == 1 else f"{cents} kopecks"
        return f"{units:,} {_currency(currency, Decimal(units))} {kopecks}" if units else kopecks
    amount = Decimal(minor).scaleb(-minor_digits(currency)) if cents else Decimal(units)
    return f"{amount:,} {_currency(currency, amount)}"


def _currency(currency: str, amount: Decimal) -> str:
    if currency == "RUB":
        return "rouble" if amount == 1 else "roubles"
    return get_currency_name(currency, count=amount, locale="en").replace("ruble", "rouble")


def average(minor: int, count: int, currency: str) -> str:
    """Say a mean sum: "about 2.4 million roubles"."""
    mean = average_of(minor, count, currency)
    about = "" if mean.is_exact else "about "
    amount = mean.number if mean.scale == 1 else Decimal(2)
    return f"{about}{mean.number:,}{_SCALES[mean.scale]} {_currency(currency, amount)}"
