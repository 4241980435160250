"""A sum written out in words, as agreements have it: «Сто рублей 05 копеек»."""

from babel.numbers import get_currency_name

from sinergia.engine.money import minor_digits
from sinergia.engine.words_ru import form


def _words(text: str) -> list[str]:
    return text.split()


_ONES = _words("ноль один два три четыре пять шесть семь восемь девять")
_TEENS = _words(
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
    "восемнадцать девятнадцать"
)
_TENS = _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_HUNDREDS = _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_SCALES = (
    (10**12, ("триллион", "триллиона", "триллионов")),
    (10**9, ("миллиард", "миллиарда", "миллиардов")),
    (10**6, ("миллион", "миллиона", "миллионов")),
    (10**3, ("тысяча", "тысячи", "тысяч")),
)
_EN_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def sum_in_words(minor: int, currency: str, language: str) -> str:
    """A sum of minor units, whole ones in words, the rest in digits; begins with a capital."""
    digits = minor_digits(currency)
    whole, rest = divmod(minor, 10**digits)
    told = number_en(whole) if language == "en" else number_ru(whole)
    told = f"{told[0].upper()}{told[1:]} {_currency(whole, currency, language)}"
    if not digits:
        return told
    if currency == "RUB" and language != "en":
        return f"{told} {rest:0{digits}d} {form(rest, 'копейка', 'копейки', 'копеек')}"
    if currency == "RUB":
        return f"{told} {rest:0{digits}d} {'kopeck' if rest == 1 else 'kopecks'}"
    return f"{told} {rest:0{digits}d}/{10**digits}"


def number_ru(number: int) -> str:
    """A whole number from nought on in Russian words, of the masculine gender."""
    if number == 0:
        return _ONES[0]
    words: list[str] = []
    for scale, names in _SCALES:
        count, number = divmod(number, scale)
        if count:
            words += [*_below_thousand(count, is_feminine=scale == 10**3), form(count, *names)]
    return " ".join([*words, *_below_thousand(number, is_feminine=False)])


def number_en(number: int) -> str:
    """The same in English words."""
    if number == 0:
        return _EN_ONES[0]
    words: list[str] = []
    for scale, name in _EN_SCALES:
        count, number = divmod(number, scale)
        if count:
            words += [*_en_below_thousand(count), name]
    return " ".join([*words, *_en_below_thousand(number)])


def _below_thousand(number: int, *, is_feminine: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if 10 <= rest < 20:
        return [*words, _TEENS[rest - 10]]
    tens, ones = divmod(rest, 10)
    words += [_TENS[tens - 2]] if tens else []
    if ones:
        feminine = {1: "одна", 2: "две"} if is_feminine else {}
        words.append(feminine.get(ones, _ONES[ones]))
    return words


def _en_below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(_EN_TENS[tens - 2] + (f"-{_EN_ONES[ones]}" if ones else ""))
    elif rest:
        words.append(_EN_ONES[rest])
    return words


def _currency(whole: int, currency: str, language: str) -> str:
    if currency == "RUB" and language != "en":
        return form(whole, "рубль", "рубля", "рублей")
    told: str = get_currency_name(currency, count=whole, locale=language)
    return told
