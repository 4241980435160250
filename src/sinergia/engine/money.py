"""Money as people write it, read into minor units (kopecks, cents) without a loss."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.numbers import get_currency_precision

from sinergia.engine.numbers import Unreadable, has_lone_mark, is_nothing, read_decimal
from sinergia.engine.text import fold

LARGEST_MINOR = 2**53 - 1

_ROUBLES = frozenset({"RUB", "BYN"})
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD"})
_MEANS: dict[str, frozenset[str]] = {
    **dict.fromkeys(["руб", "рубль", "рубля", "рублей", "р"], _ROUBLES),
    **dict.fromkeys(["₽", "rur", "rouble", "roubles", "ruble", "rubles"], frozenset({"RUB"})),
    **dict.fromkeys(["$", "us$", "долл", "доллар", "доллара", "долларов", "dollars"], _DOLLARS),
    **dict.fromkeys(["€", "евро", "euro", "euros"], frozenset({"EUR"})),
    **dict.fromkeys(["£", "pounds"], frozenset({"GBP"})),
    **dict.fromkeys(["₸", "тенге", "тг"], frozenset({"KZT"})),
    **dict.fromkeys(["¥", "юань", "юаня", "юаней"], frozenset({"CNY", "JPY"})),
}
_TIMES = {
    **dict.fromkeys(["тыс", "тысяч", "тысяча", "тысячи", "т", "thousand"], 1_000),
    **dict.fromkeys(["млн", "миллион", "миллиона", "миллионов", "mln", "million"], 1_000_000),
    **dict.fromkeys(["млрд", "миллиард", "миллиарда", "миллиардов", "bln", "billion"], 10**9),
}
_AMOUNT = re.compile(r"[-−–+]?\s?\(?\d[\d .,'’ʼ`]*(?<=\d)(?:[eе][+-]?\d+)?\)?", re.ASCII)
_WORD = re.compile(r"us\$|[^\W\d_]+|[^\w\s.,]")


@cache
def minor_digits(currency: str) -> int:
    """Say how many decimals a currency has: 2 for RUB, 0 for JPY (CLDR)."""
    return get_currency_precision(currency)


def as_typed(minor: int | None, *, currency: str = "RUB") -> str:
    """Minor units as a sum to be typed over: 24 000 000; "" for none.

    `read_money` reads it back.
    """
    if minor is None:
        return ""
    amount = Decimal(minor).scaleb(-minor_digits(currency))
    return f"{amount:,}".removesuffix(".00").replace(",", " ")


def read_money(cell: object, *, currency: str = "RUB", is_typed: bool = False) -> int | None:
    """Read a sum into minor units, rounded half up; None where the cell says nothing.

    is_typed: whoever wrote it is there and can be asked: "12,345", thousands in a table, is
    ambiguous then. Raises `Unreadable`: "number", "negative", "too_large" (2**53 and above),
    "currency" (the cell names another one), "lost" (digits fell to a scientific form),
    "ambiguous" (thousands or decimals: cannot be told).
    """
    times = 1
    if isinstance(cell, str) and not is_nothing(cell):
        cell, times = _amount_in(fold(cell), currency=currency, is_typed=is_typed)
    amount = read_decimal(cell)
    if amount is None:
        return None
    minor = (amount * times).scaleb(minor_digits(currency))
    return _whole(minor)


def _whole(minor: Decimal) -> int:
    if minor.adjusted() > 20:
        raise Unreadable("negative" if minor < 0 else "too_large")
    whole = int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if minor < 0:
        raise Unreadable("negative")
    if whole > LARGEST_MINOR:
        raise Unreadable("too_large")
    return whole


def _amount_in(text: str, *, currency: str, is_typed: bool) -> tuple[str, int]:
    """Part a sum from the words around it: the digits and what they are multiplied by."""
    found = _AMOUNT.search(text)
    if found is None:
        raise Unreadable("number")
    around = f"{text[: found.start()]} {text[found.end() :]}"
    words = _WORD.findall(around)
    if re.search(r"\d", around):
        raise Unreadable("number")
    times = _times_of(words)
    _refuse_strangers([word for word in words if word not in _TIMES], currency=currency)
    amount = found[0].strip()
    digits = minor_digits(currency)
    if has_lone_mark(amount) and (times > 1 or digits == 3 or (is_typed and digits > 0)):
        raise Unreadable("ambiguous")
    return amount, times


def _times_of(words: Sequence[str]) -> int:
    multipliers = [_TIMES[word] for word in words if word in _TIMES]
    if len(multipliers) > 1:
        raise Unreadable("number")
    return multipliers[0] if multipliers else 1


def _refuse_strangers(words: Sequence[str], *, currency: str) -> None:
    for word in words:
        if word == currency.casefold() or currency in _MEANS.get(word, ()):
            continue
        if word in {"сша", "us"} and currency == "USD":
            continue
        is_currency = word in _MEANS or re.fullmatch("[a-z]{3}", word)
        raise Unreadable("currency" if is_currency else "number")
