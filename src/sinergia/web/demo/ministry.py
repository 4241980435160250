"""The ministries' lists: what each region's says of its organisations, with the faults of lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import ClassVar

from sinergia.web.demo import stock
from sinergia.web.demo.identifiers import inn_of
from sinergia.web.demo.rows import Cell, MunicipalityRow, OrganisationRow

_HAS_SITE = 0.4  # of those whose name has a brand
_CLOSED = date(2026, 2, 2), 200  # first day, and how many days on; after the last contest told
_STRANGER = 990  # in the invented register: a number that nobody there has
_LATIN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", " ": "-",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListRow:
    """An organisation as a ministry's list has it; "" for what its cell does not say."""

    ogrn: str
    inn: str
    name: str
    short_name: str
    oktmo: str
    legal_form: str  # OKOPF
    status: str
    registered_on: date | None
    closed_on: date | None
    address: str
    site: str
    field: str

    # Each ministry calls its columns its own way, by which its file is known again.
    COLUMNS: ClassVar[dict[str, dict[str, str]]] = {
        "XA-SVB": {
            "ogrn": "ОГРН",
            "inn": "ИНН",
            "name": "Полное наименование",
            "short_name": "Краткое наименование",
            "oktmo": "ОКТМО",
            "legal_form": "Код ОКОПФ",
            "status": "Статус",
            "registered_on": "Дата регистрации",
            "closed_on": "Дата прекращения деятельности",
            "address": "Адрес",
            "site": "Сайт",
            "field": "Сфера деятельности",
        },
        "XB-YAR": {
            "ogrn": "ОГРН",
            "inn": "ИНН",
            "name": "Наименование НКО",
            "short_name": "Сокращённое наименование",
            "oktmo": "Код ОКТМО",
            "legal_form": "ОКОПФ код",
            "status": "Состояние",
            "registered_on": "Дата создания",
            "closed_on": "Дата исключения из реестра",
            "address": "Место нахождения",
            "site": "Официальный сайт",
            "field": "Виды деятельности",
        },
    }

    def columns(self, region: str) -> dict[str, Cell]:
        """Pair the headings of a region's list with this row's cells."""
        return {heading: getattr(self, name) for name, heading in self.COLUMNS[region].items()}


def list_of(
    region: str,
    organisations: Sequence[OrganisationRow],
    towns: Sequence[MunicipalityRow],
    *,
    seed: int,
) -> Iterator[ListRow]:
    """Write a region's list: all its organisations, then the rows that make somebody ask."""
    chance, words = Random(f"{seed}:ministry:{region}"), stock.ministry()  # noqa: S311
    seats = {town.oktmo: town.centre_ru for town in towns}
    branded = {brand_of(one.name): one for one in organisations}
    for one in organisations:
        if one.region == region:
            row = _row(one, one.oktmo, seats[one.oktmo], words, chance)
            is_alone = branded[brand_of(one.name)] is one  # a site is of one of namesakes
            yield row if is_alone else replace(row, site="")
    for number, fault in enumerate(words.faults):
        if fault.region != region:
            continue
        if fault.brand:  # it has moved here from the other region
            yield _row(branded[fault.brand], fault.oktmo, seats[fault.oktmo], words, chance)
        else:
            yield _nobody(fault, number, seats[fault.oktmo], words, chance)


def brand_of(name: str) -> str:
    """Give what stands in the last quotes of a name; "" where nothing does."""
    return name.rpartition("«")[2].partition("»")[0] if "«" in name else ""


def _row(
    one: OrganisationRow, oktmo: str, seat: str, words: stock.MinistryWords, chance: Random
) -> ListRow:
    brand = brand_of(one.name)
    standing = words.statuses[0][0]  # of those whom the stories name, and of most others
    if brand not in {known.brand for known in stock.cast().known}:
        named, shares = zip(*words.statuses, strict=True)
        (standing,) = chance.choices(named, shares)
    first, days = _CLOSED
    is_closed = standing == words.statuses[1][0]
    return ListRow(
        ogrn=one.ogrn,
        inn=one.inn,
        name=one.name,
        short_name=one.short_name,
        oktmo=oktmo,
        legal_form=next(code for start, code in words.forms if one.name.startswith(start)),
        status=standing,
        registered_on=one.registered_on,
        closed_on=first + timedelta(days=chance.randrange(days)) if is_closed else None,
        address=_address(seat, words, chance),
        site=_site(brand) if brand and chance.random() < _HAS_SITE else "",
        field=words.works[one.field],
    )


def _nobody(
    fault: stock.Fault, number: int, seat: str, words: stock.MinistryWords, chance: Random
) -> ListRow:
    """A row by which nobody can be told: no number, or one with a slip in its last digit."""
    inn = inn_of(fault.region, _STRANGER + number)
    return ListRow(
        ogrn="",
        inn=f"{inn[:-1]}{(int(inn[-1]) + 1) % 10}" if fault.is_mistyped else "",
        name=fault.name,
        short_name="",
        oktmo=fault.oktmo,
        legal_form="",
        status=words.statuses[0][0],
        registered_on=None,
        closed_on=None,
        address=_address(seat, words, chance),
        site="",
        field="",
    )


def _address(seat: str, words: stock.MinistryWords, chance: Random) -> str:
    return f"{seat}, {chance.choice(words.streets)}, д. {chance.randint(1, 90)}"


def _site(brand: str) -> str:
    return f"{transliterated(brand)}.example"


def transliterated(text: str) -> str:
    """Write Russian by the letters of an address."""
    return text.casefold().translate(_LATIN)
