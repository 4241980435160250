"""Makes a fund's files for tests: whole rows, of which a test says only what it is about."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from sinergia.applications.actions import loads
from sinergia.applications.reading import GrantsFile, read_grants
from sinergia.base.tables.models import Load
from sinergia.engine.identifiers import complete_inn, complete_ogrn
from sinergia.people.models import Person
from sinergia.places.actions import give_spelling
from sinergia.places.models import Region
from tests.arrange import NOON, a_region, an_administrator
from tests.tables.books import csv_under, workbook_under

HEAD = {
    "number": "Номер заявки",
    "contest": "Конкурс",
    "organisation": "Организация",
    "ogrn": "ОГРН",
    "inn": "ИНН",
    "region": "Регион",
    "title": "Название проекта",
    "direction": "Грантовое направление",
    "asked": "Запрошенная сумма",
    "cost": "Общая сумма расходов",
    "starts_on": "Начало реализации",
    "ends_on": "Окончание реализации",
    "status": "Статус проекта",
    "decided_on": "Дата решения о гранте",
    "awarded": "Размер гранта",
    "result": "Оценка результатов",
    "violations": "Информация о нарушениях",
}
FUND = "FUND1"


def numbers(place: int) -> tuple[str, str]:
    """ОГРН and ИНН of an invented organisation, right by their check digits."""
    return complete_ogrn(f"12000{place:07d}"), complete_inn(f"00{place:07d}")


def a_row(place: int = 1, **given: object) -> dict[str, object]:
    """A row of a fund's table about the organisation at `place`."""
    ogrn, inn = numbers(place)
    row: dict[str, object] = {
        "number": f"24-1-{place:06d}",
        "contest": "2024, первый конкурс",
        "organisation": f"АНО «Дом {place}»",
        "ogrn": ogrn,
        "inn": inn,
        "region": "Светлоборская область",
        "title": f"Двор без углов {place}",
        "direction": "Поддержка семьи",
        "asked": "500000,00",
        "cost": "600000,00",
        "starts_on": "01.02.2024",
        "ends_on": "30.11.2024",
        "status": "победитель конкурса",
        "decided_on": "15.01.2024",
        "awarded": "480000,50",
        "result": "",
        "violations": "",
    }
    return row | given


a_csv = partial(csv_under, HEAD)
a_workbook = partial(workbook_under, HEAD)


def a_known_region() -> Region:
    """A region that files find by its name."""
    region = a_region()
    give_spelling("Светлоборская область", region, actor=an_administrator("loader"), now=NOON)
    return region


def read(path: Path, mapping: Mapping[str, str] | None = None) -> GrantsFile:
    """Read a file as the loads do."""
    return read_grants(path, mapping or {}, "RUB")


def load_file(path: Path, *, actor: Person, mapping: Mapping[str, str] | None = None) -> Load:
    """Load a file whole, as the command line does."""
    load = loads.offer_grants(
        path, FUND, file_name=path.name, mapping=mapping or {}, actor=actor, now=NOON
    )
    return loads.run_load(load, read(path, mapping).rows, actor=actor, pace=loads.ALONE)
