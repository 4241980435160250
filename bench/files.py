"""Makes the files that the speed of loads is measured on: invented, the same for the same seed."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from sinergia.engine.identifiers import complete_inn, complete_ogrn

REGIONS = 80
HEAD = [
    "Номер заявки", "Конкурс", "Организация", "ОГРН", "ИНН", "Регион", "Название проекта",
    "Грантовое направление", "Запрошенная сумма", "Общая сумма расходов", "Начало реализации",
    "Окончание реализации", "Статус проекта", "Дата решения о гранте", "Размер гранта",
    "Оценка результатов", "Информация о нарушениях",
]  # fmt: skip
KINDS = ("АНО", "РОО", "Фонд", "Союз", "Ассоциация", "Центр")
ROOTS = [
    "свет",
    "добр",
    "мир",
    "дом",
    "род",
    "рост",
    "путь",
    "круг",
    "мост",
    "сад",
    "лес",
    "ключ",
    "исток",
    "берег",
    "горизонт",
]
ENDS = ["ный", "ской", "овый", "ная", "ское", "овая", "ние", "ость", "ец", "ик"]
DIRECTIONS = [f"Направление номер {number}" for number in range(1, 13)]
STATUSES = ("победитель конкурса", "проект не получил поддержку")


def numbers_of(place: int) -> tuple[str, str]:
    """ОГРН and ИНН of the organisation at `place`, with valid check digits and no real prefix."""
    ogrn = complete_ogrn(f"1{20 + place % 5:02d}00{place:07d}")
    inn = complete_inn(f"00{place:07d}")
    return ogrn, inn


def name_of(place: int) -> str:
    """A name of three words out of some thousands, as registers have them."""
    rnd = random.Random(place)
    words = [rnd.choice(ROOTS) + rnd.choice(ROOTS) + rnd.choice(ENDS) for _ in range(3)]
    return f"{rnd.choice(KINDS)} «{' '.join(words).capitalize()}» {place}"


def region_of(place: int) -> str:
    """One of the regions of the bench; the first is larger than the others."""
    return f"Стендовая{place % REGIONS if place % 7 else 0} область"


def applications(count: int, organisations: int, seed: int = 1) -> Iterator[list[object]]:
    """Rows of a fund's table: `count` applications of some of `organisations`."""
    rnd = random.Random(seed)
    for number in range(count):
        place = min(int(rnd.paretovariate(0.6) * 50), organisations - 1)
        place = rnd.randrange(organisations) if place >= organisations - 1 else place
        year = 2017 + number % 9
        ogrn, inn = numbers_of(place)
        asked = rnd.randrange(60, 3000) * 1000
        is_won = rnd.random() < 0.22
        start = date(year, 1 + number % 12, 1)
        words = [rnd.choice(ROOTS) + rnd.choice(ROOTS) + rnd.choice(ENDS) for _ in range(4)]
        yield [
            f"{year % 100}-{1 + number % 2}-{number:06d}", f"{year}, первый конкурс",
            name_of(place), ogrn, inn, region_of(place), " ".join(words).capitalize(),
            DIRECTIONS[number % 12], asked, asked * 1.3, start, start + timedelta(days=300),
            STATUSES[0 if is_won else 1], start, asked if is_won else None, None, None,
        ]  # fmt: skip


def write_workbook(path: Path, rows: Iterator[list[object]]) -> None:
    """Write a table of applications as the fund publishes it."""
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "dd.mm.yyyy"}
    )
    sheet = book.add_worksheet("Заявки")
    sheet.write_row(0, 0, HEAD)
    for line, row in enumerate(rows, start=1):
        sheet.write_row(line, 0, row)
    book.close()


def write_regions(path: Path) -> None:
    """Write the regions of the bench in our own columns."""
    lines = ["code,name_ru,name_en"]
    lines += [f"XB-{n:02d},Стендовая{n} область,Bench {n}" for n in range(REGIONS)]
    path.write_text("\n".join(lines), encoding="utf-8")


REGISTER_HEAD = [
    "name_x", "ogrn", "short_name", "full_name", "address_x", "website", "reg_date", "liq_date",
    "status_x", "inn", "region", "okato", "oktmo_code", "okved", "okved_code", "okopf",
    "okopf_code",
]  # fmt: skip
FORMS = (("71400", "АНО"), ("75500", "ЧУ"), ("70401", "БФ"), ("20200", "ОО"))


def organisations(count: int, *, seed: int = 1) -> Iterator[list[object]]:
    """Rows of an extract of the state's register, its numbers with their tails."""
    rnd = random.Random(seed)
    for place in range(count):
        ogrn, inn = numbers_of(place)
        name = name_of(place)
        code, letters = FORMS[place % len(FORMS)]
        year = 1992 + place % 34
        is_closed = place % 4 == 0
        yield [
            name, f"{ogrn}.0", f"{letters} {name[:60]}", f"ОРГАНИЗАЦИЯ {name.upper()}",
            f"{100000 + place % 900000}, г. Стендовск, ул. {rnd.choice(ROOTS).capitalize()}ная, "
            f"д. {place % 200}, кв. {place % 90}", f"http://site{place}.example/",
            f"{year}-{1 + place % 12:02d}-{1 + place % 28:02d}",
            f"{year + 5}-01-15" if is_closed else "",
            "Недействующая" if is_closed else "Действующая", f"{inn.removeprefix('0')}.0",
            region_of(place), "", f"{45000000000 + place % 999}.0", "Деятельность", "94.99",
            letters, f"{code}.0",
        ]  # fmt: skip


def write_register(path: Path, rows: Iterator[list[object]]) -> None:
    """Write a list of organisations as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REGISTER_HEAD)
        writer.writerows(rows)
