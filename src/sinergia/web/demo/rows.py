"""Rows of the demo, shaped as the loaders read them from files. All in them is invented."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import ClassVar

Cell = str | int | float | bool | Decimal | date | None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region: what it is called and how registers spell it."""

    code: str  # ISO 3166-2, user-assigned
    name_ru: str
    name_en: str
    kind: str  # oblast, krai
    oktmo: str
    timezone: str
    spellings: tuple[str, ...]
    stem: str  # of its adjective: «Светлоборск» before -ая


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality with its seat."""

    oktmo: str
    region: str
    name_ru: str
    name_en: str
    kind: str  # город, район, округ
    centre_ru: str
    centre_en: str
    population: int
    latitude: float
    longitude: float
    centre_of: str  # the seat in the genitive
    centre_at: str  # the seat after «в»
    stem: str  # of the adjective: «Журавлинск» before -ая
    x: float  # kilometres east of the drawing's corner
    y: float  # kilometres north of it
    weight: float  # how much ground it takes, square kilometres against its neighbours

    @property
    def name_of(self) -> str:
        """Give the name in the genitive: «города Кленовска», «Журавлинского округа»."""
        if self.kind == "город":
            return f"города {self.centre_of}"
        return f"{self.stem}ого {self.kind}а"

    @property
    def adjective(self) -> str:
        """Give what a society of this place is: «Журавлинская окружная»."""
        kinds = {"город": "городская", "район": "районная", "округ": "окружная"}
        return f"{self.stem}ая {kinds[self.kind]}"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One measured value of a region on a day."""

    region: str
    code: str
    date: str  # ISO
    value: str  # decimal point
    unit: str
    source: str
    margin: str  # of error, in the same unit; empty where none is known
    name_ru: str
    name_en: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A region's own theme."""

    region: str
    code: str
    name_ru: str
    name_en: str


@dataclass(frozen=True, slots=True)
class ThemeMappingRow:
    """Under which of a region's themes a fund's direction falls."""

    region: str
    fund: str
    direction: str  # as the fund writes it
    theme: str  # code


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What a fund's word for the end of an application means, where a fund has its own."""

    fund: str
    status: str
    outcome: str


@dataclass(frozen=True, slots=True)
class FundRow:
    """A source of grants."""

    code: str
    name_ru: str
    name_en: str
    region: str  # empty for a national one


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A non-profit as the register knows it."""

    ogrn: str
    inn: str
    name: str
    short_name: str
    region: str
    oktmo: str
    registered_on: date
    field: str  # what it does: a section of the word lists
    is_host: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Whom one may enter the demo as."""

    email: str
    name: str
    role: str  # administrator, official; head, consultant of a centre; leader, editor; person
    region: str  # of a centre's people and of officials
    note: str  # who this is, in one line
    note_en: str
    of: str = ""  # brand of the organisation a leader or an editor belongs to, or is asked about
    post: str = ""  # of whoever asks to act for it
    asks: str = ""  # why they may, in their words


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A resource centre: an organisation, and the region it serves."""

    region: str
    oktmo: str
    name: str
    short_name: str
    number: int  # in the invented register, beside all others
    time_zone: str


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One application, as a fund publishes it, with the town and what it is in one line."""

    number: str
    contest: str
    organisation: str
    ogrn: str
    inn: str
    region: str  # name, as filed
    title: str
    direction: str
    asked: Decimal  # roubles with kopecks, as every sum here
    cost: Decimal
    starts_on: date
    ends_on: date
    status: str
    decided_on: date | None
    awarded: Decimal | None
    result: str | None
    violations: str | None
    municipality: str
    essence: str
    fund: str
    region_code: str
    contest_year: int
    oktmo: str

    COLUMNS: ClassVar[dict[str, str]] = {
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
        "municipality": "Муниципалитет",
    }

    def columns(self) -> dict[str, Cell]:
        """Pair the headings of the fund's file, and of the town, with this row's cells."""
        return {heading: getattr(self, name) for name, heading in self.COLUMNS.items()}


Row = (
    RegionRow
    | MunicipalityRow
    | IndicatorRow
    | ThemeRow
    | ThemeMappingRow
    | StatusRow
    | FundRow
    | OrganisationRow
    | PersonRow
    | CentreRow
)


def columns_of(row: Row) -> dict[str, Cell]:
    """Pair our documented column names with a row's cells; several spellings stand in one."""
    return dict(_cells(row))


def _cells(row: Row) -> Iterator[tuple[str, Cell]]:
    for field in fields(row):
        value = getattr(row, field.name)
        yield field.name, "; ".join(value) if isinstance(value, tuple) else value
