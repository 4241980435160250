"""Numbers and sums as a reader expects them, the same on pages, papers and the command line."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, numbers
from babel.dates import format_date

BLANK = "\u00a0"  # does not break: a number never parts from its unit


def locale_of(language: str) -> Locale:
    """How a language of the house writes numbers and dates."""
    return Locale.parse("en_GB" if language.startswith("en") else "ru_RU")


def date_shown(day: date, language: str) -> str:
    """30 ноября 2026."""
    return format_date(day, "d MMMM y", locale=locale_of(language))


def number_shown(value: int, language: str) -> str:
    """12480 -> 12 480."""
    if 0 <= value < 1000:  # the same in every language, and most of the numbers of a page
        return f"{value:d}"
    return finished(numbers.format_decimal(value, locale=locale_of(language)))


def decimal_shown(value: Decimal, language: str) -> str:
    """1.50 -> 1,5."""
    return finished(numbers.format_decimal(value.normalize(), locale=locale_of(language)))


@lru_cache(maxsize=10_000)  # a page of a ranking prints hundreds of sums
def money_shown(minor: int, currency: str, language: str) -> str:
    """56684050 kopecks -> 566 840,50 ₽. A whole sum is printed without kopecks."""
    amount, locale = amount_of(minor, currency), locale_of(language)
    if amount != amount.to_integral_value():
        return finished(numbers.format_currency(amount, currency, locale=locale))
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return finished(
        numbers.format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    )


def amount_of(minor: int, currency: str) -> Decimal:
    """Minor units as whole ones and a fraction."""
    return Decimal(minor).scaleb(-numbers.get_currency_precision(currency))


def finished(text: str) -> str:
    """A true minus, and a blank between a currency's letters and the sum."""
    return re.sub(r"(?<=[A-Z]{3})(?=\d)", BLANK, text.replace("-", "−"))
