"""Lists of municipalities, and of the towns that stand for them."""

from pathlib import Path

from sinergia.places.actions import MunicipalityRow, ReadRows
from sinergia.places.reading.cells import (
    Cells,
    Fault,
    degrees_in,
    digits_in,
    municipality_code,
    read_each,
    text_in,
    whole_in,
    zone_in,
)
from sinergia.places.reading.layouts import OURS, open_layout

_LONGEST_NAME = 150
_MOST_PEOPLE = 2_000_000_000
_CAPITAL = "2"  # as HFLabs marks the capital of a region; a district's is 1


def read_municipalities(path: Path) -> ReadRows[MunicipalityRow]:
    """Read a list of municipalities. Raises Unreadable, UnusableFile."""
    table = open_layout(path, "municipalities")
    if table.layout == OURS:
        return read_each(table.rows(), _ours)
    return _united(read_each(table.rows(), _town))


def _ours(number: int, cells: Cells) -> list[MunicipalityRow]:
    return [
        MunicipalityRow(
            row=number,
            oktmo=_oktmo(cells),
            region=text_in(cells, "region", longest=200),
            name_ru=text_in(cells, "name_ru", longest=_LONGEST_NAME, is_required=True),
            name_en=text_in(cells, "name_en", longest=_LONGEST_NAME),
            latitude=degrees_in(cells, "latitude", largest=90),
            longitude=degrees_in(cells, "longitude", largest=200),
            population=whole_in(cells, "population", largest=_MOST_PEOPLE),
            time_zone=zone_in(cells, "timezone"),
        )
    ]


def _oktmo(cells: Cells) -> str:
    digits = digits_in(cells, "oktmo")
    if not digits.strip("0"):
        raise Fault("cell_empty", "oktmo")
    return municipality_code(digits)


def _town(number: int, cells: Cells) -> list[tuple[bool, MunicipalityRow]]:
    """A town of HFLabs' list, and whether it is its region's capital.

    The name stands at the end of the address in every row, in the column of cities not.
    """
    address = text_in(cells, "address", longest=1_000, is_required=True)
    name = address.rsplit(",", 1)[-1].strip().removeprefix("г ")
    if len(name) > _LONGEST_NAME:
        raise Fault("cell_too_long", "address")
    region = text_in(cells, "region", longest=150, is_required=True)
    kind = text_in(cells, "region_type", longest=40)
    town = MunicipalityRow(
        row=number,
        oktmo=_oktmo(cells),
        region=f"{kind} {region}",
        name_ru=name,
        latitude=degrees_in(cells, "latitude", largest=90),
        longitude=degrees_in(cells, "longitude", largest=200),
        population=whole_in(cells, "population", largest=_MOST_PEOPLE),
        time_zone=zone_in(cells, "timezone"),
    )
    return [(text_in(cells, "capital_marker", longest=10) == _CAPITAL, town)]


def _united(towns: ReadRows[tuple[bool, MunicipalityRow]]) -> ReadRows[MunicipalityRow]:
    """One municipality for all towns of an OKTMO: the capital names it, else the largest one."""
    heads: dict[str, tuple[bool, MunicipalityRow]] = {}
    for is_capital, town in towns.rows:
        head = heads.get(town.oktmo)
        if head is None or _weight(is_capital, town) > _weight(*head):
            heads[town.oktmo] = (is_capital, town)
    kept = [town for _, town in heads.values()]
    absorbed = {town.row for _, town in towns.rows} - {town.row for town in kept}
    return ReadRows(kept, towns.refusals, frozenset(absorbed))


def _weight(is_capital: bool, town: MunicipalityRow) -> tuple[bool, int]:  # noqa: FBT001
    return is_capital, town.population or 0
