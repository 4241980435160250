"""Lists of figures about regions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sinergia.engine.text import fold
from sinergia.places.actions import IndicatorRow, ReadRows
from sinergia.places.reading.cells import Cells, Fault, date_in, decimal_in, read_each, text_in
from sinergia.places.reading.layouts import OURS, open_layout, tables_in, texts_of

FNS = "indicators_fns"

_LARGEST = 10**14 - 1  # what 18 digits with four after the point hold
_PLACES = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def read_indicators(path: Path) -> ReadRows[IndicatorRow]:
    """Read a list of figures. Raises Unreadable, UnusableFile."""
    table = open_layout(path, "indicators")
    return read_each(table.rows(), _ours if table.layout == OURS else _registrations)


def _ours(number: int, cells: Cells) -> list[IndicatorRow]:
    value = decimal_in(cells, "value", places=_PLACES, largest=_LARGEST, is_required=True)
    if value is None:
        raise Fault("cell_empty", "value")
    margin = decimal_in(cells, "margin", places=_PLACES, largest=_LARGEST)
    if margin is not None and margin < 0:
        raise Fault("cell_negative", "margin")
    return [
        IndicatorRow(
            row=number,
            region=text_in(cells, "region", longest=200, is_required=True),
            code=text_in(cells, "code", longest=80, is_required=True),
            on=date_in(cells, "date"),
            value=value,
            unit=text_in(cells, "unit", longest=40, is_required=True),
            source=text_in(cells, "source", longest=300, is_required=True),
            margin=margin,
            name_ru=text_in(cells, "name_ru", longest=200),
            name_en=text_in(cells, "name_en", longest=200),
        )
    ]


def _registrations(number: int, cells: Cells) -> list[IndicatorRow]:
    """Entered, created and ended in a year are three figures of a region and a form."""
    region = text_in(cells, "region", longest=200, is_required=True)
    both = {fold(name): meant for name, meant in texts_of(FNS, "regions").items()}
    form = text_in(cells, "form", longest=40, is_required=True)
    if form not in tables_in(FNS, "forms"):
        raise Fault("form_unknown", form)
    year = decimal_in(cells, "year", places=0, largest=_LAST_YEAR, is_required=True)
    if year is None or year < _FIRST_YEAR:
        raise Fault("cell_not_date", "year")
    source = texts_of(FNS)["source"]
    row = IndicatorRow(
        row=number,
        region=both.get(fold(region), region),
        code=form,
        on=date(int(year), 12, 31),
        value=Decimal(0),
        unit=texts_of(FNS)["unit"],
        source=f"{source}; {region}" if fold(region) in both else source,
    )
    return [_registered(row, cells, figure) for figure in tables_in(FNS, "figures")]


def _registered(row: IndicatorRow, cells: Cells, figure: str) -> IndicatorRow:
    """One figure of a row whose code is still its form alone."""
    value = decimal_in(cells, figure, places=0, largest=_LARGEST, is_required=True)
    if value is None:
        raise Fault("cell_empty", figure)
    what, whose = texts_of(FNS, "figures", figure), texts_of(FNS, "forms", row.code)
    return replace(
        row,
        code=f"{what['code']}.{row.code}",
        value=value,
        name_ru=f"{what['name_ru']}: {whose['name_ru']}",
        name_en=f"{what['name_en']}: {whose['name_en']}",
    )
