"""Russian numbers, nouns and sums: plurals and cases by rule."""

from decimal import Decimal

from babel.numbers import get_currency_name

from sinergia.engine.money import minor_digits
from sinergia.engine.spoken import MILLION, THOUSAND, average_of, rounded_count, rounded_millions

_SCALES = {
    MILLION: ("миллион", "миллиона", "миллионов"),
    THOUSAND: ("тысяча", "тысячи", "тысяч"),
}


def form(number: int, one: str, few: str, many: str) -> str:
    """Choose the form a number asks for: 1 проект, 2 проекта, 5 проектов."""
    if is_one(number):
        return one
    if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
        return few
    return many


def is_one(number: int) -> bool:
    """Whether a number takes the singular: 1, 21, 101, but not 11."""
    return number % 10 == 1 and number % 100 != 11


def grouped(number: int | Decimal) -> str:
    """Write a number with no-break spaces between thousands and a decimal comma."""
    return f"{number:,}".replace(",", "\u00a0").replace(".", ",")


def counted(count: int) -> str:
    """Say a count without its noun: «137», «более 580»."""
    said = rounded_count(count)
    return ("более " if said.is_more else "") + grouped(said.number)


def more_than(count: int) -> str:
    """Say a count after a preposition: «из 11», «из более чем 580»."""
    said = rounded_count(count)
    return f"более чем {grouped(said.number)}" if said.is_more else grouped(said.number)


def projects(count: int) -> str:
    """Say how many projects: «1 проект», «3 проекта», «более 580 проектов»."""
    return f"{counted(count)} {form(said_number(count), 'проект', 'проекта', 'проектов')}"


def said_number(count: int) -> int:
    """Give the number that is said for a count: nouns and verbs agree with it."""
    return rounded_count(count).number


def money(minor: int, currency: str) -> str:
    """Say a sum as what something came to: «свыше 325 миллионов рублей», «1 рубль 50 копеек»."""
    millions = rounded_millions(minor, currency)
    if millions is None:
        return _money_whole(minor, currency)
    number, names = millions.number, _SCALES[MILLION]
    if millions.is_more:
        noun = names[1] if is_one(number) else names[2]
        return f"свыше {grouped(number)} {noun} {_currency_of_many(currency)}"
    return f"{grouped(number)} {form(number, *names)} {_currency_of_many(currency)}"


def _money_whole(minor: int, currency: str) -> str:
    units, cents = divmod(minor, 10 ** minor_digits(currency))
    if currency != "RUB":
        amount = Decimal(minor).scaleb(-minor_digits(currency)) if cents else Decimal(units)
        return f"{grouped(amount)} {_currency(currency, amount)}"
    roubles = f"{grouped(units)} {form(units, 'рубль', 'рубля', 'рублей')}"
    kopecks = f"{cents} {form(cents, 'копейку', 'копейки', 'копеек')}"
    if cents and units:
        return f"{roubles} {kopecks}"
    return kopecks if cents else roubles


def _currency(currency: str, amount: Decimal) -> str:
    """Name a currency beside an amount, in the accusative: «21 доллар США», «21 крону»."""
    name = get_currency_name(currency, count=amount, locale="ru")
    if amount != amount.to_integral_value() or not is_one(int(amount)):
        return name
    endings = {"ая": "ую", "яя": "юю", "а": "у", "я": "ю"}
    words = []
    for word in name.split():
        ending = next((end for end in endings if word.endswith(end) and word[0].islower()), "")
        words.append(word[: len(word) - len(ending)] + endings[ending] if ending else word)
    return " ".join(words)


def _currency_of_many(currency: str) -> str:
    return "рублей" if currency == "RUB" else get_currency_name(currency, count=5, locale="ru")


def average(minor: int, count: int, currency: str) -> str:
    """Say a mean sum: «около 2,4 миллиона рублей», «512 тысяч рублей»."""
    mean = average_of(minor, count, currency)
    units, is_whole = int(mean.number), mean.number == mean.number.to_integral_value()
    about = "" if mean.is_exact else "около "
    if mean.scale == 1 and mean.is_exact:
        return _money_whole(minor // count, currency)
    if mean.scale == 1:
        return f"{about}{grouped(mean.number)} {_currency_of_many(currency)}"
    one, few, many = _SCALES[mean.scale]
    if not is_whole:
        noun = few
    elif mean.is_exact:
        noun = form(units, one, few, many)
    else:
        noun = few if is_one(units) else many
    return f"{about}{grouped(mean.number)} {noun} {_currency_of_many(currency)}"


def quoted(name: str) -> str:
    """Put a name in quotes, the ones within it in the quotes of the second kind."""
    return f"«{inner_quotes(name)}»"


def inner_quotes(name: str) -> str:
    """Turn the quotes within a name into those of the second kind: it will stand in the first."""
    return name.replace("«", "„").replace("»", "“")
