"""Lists of regions."""

import re
from pathlib import Path

from sinergia.engine.spelling import full_name, kind_of
from sinergia.engine.text import fold
from sinergia.places.actions import ReadRows, RegionRow
from sinergia.places.models import Region
from sinergia.places.reading.cells import (
    Cells,
    Fault,
    digits_in,
    read_each,
    region_beginning,
    text_in,
    zone_in,
)
from sinergia.places.reading.layouts import OURS, lists_of, open_layout, texts_of

HFLABS = "regions_hflabs"

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,7}", re.ASCII)
_LONGEST = {"code": 10, "name": 120, "spellings": 2_000}


def read_regions(path: Path) -> ReadRows[RegionRow]:
    """Read a list of regions. Raises Unreadable, UnusableFile."""
    table = open_layout(path, "regions")
    return read_each(table.rows(), _ours if table.layout == OURS else _hflabs)


def _ours(number: int, cells: Cells) -> list[RegionRow]:
    name = text_in(cells, "name_ru", longest=_LONGEST["name"], is_required=True)
    spellings = text_in(cells, "spellings", longest=_LONGEST["spellings"])
    return [
        RegionRow(
            row=number,
            code=_code(cells),
            name_ru=name,
            name_en=text_in(cells, "name_en", longest=_LONGEST["name"]) or name,
            kind=_kind(text_in(cells, "kind", longest=40), name),
            oktmo=region_beginning(digits_in(cells, "oktmo")),
            time_zone=zone_in(cells, "timezone"),
            spellings=tuple(filter(None, map(str.strip, spellings.split(";")))),
        )
    ]


def _code(cells: Cells) -> str:
    code = text_in(cells, "code", longest=_LONGEST["code"], is_required=True).upper()
    if not _CODE.fullmatch(code):
        raise Fault("code_not_iso", code)
    return code


def _kind(said: str, name: str) -> str:
    """A kind as one of our codes or in Russian; where nothing is said, the name says it."""
    if not said:
        return kind_of(name)
    kind = fold(said).replace(" ", "_")
    if kind in Region.Kind.values:
        return kind
    kind = kind_of(said)
    if kind == "region" and fold(said) != "регион":
        raise Fault("kind_unknown", said)
    return kind


def _hflabs(number: int, cells: Cells) -> list[RegionRow]:
    """Chuvashia writes its name twice, «Чувашская Республика - Чувашия»: both find it."""
    code = _code(cells)
    name = text_in(cells, "name", longest=_LONGEST["name"], is_required=True)
    kind_word = text_in(cells, "type", longest=40)
    kind = kind_of(kind_word)
    written = text_in(cells, "name_with_type", longest=_LONGEST["name"])
    english = text_in(cells, "name_en", longest=_LONGEST["name"])
    name_ru = full_name(name, kind_word)
    return [
        RegionRow(
            row=number,
            code=code,
            name_ru=name_ru,
            name_en=_english(english, kind) if english else name_ru,
            kind=kind,
            oktmo=region_beginning(digits_in(cells, "oktmo")),
            time_zone=zone_in(cells, "timezone"),
            spellings=(written, *lists_of(HFLABS, "spellings").get(code, [])),
        )
    ]


def _english(name: str, kind: str) -> str:
    """Spell an English name like the others: «Voronezj», an oblast -> «Voronezh Oblast»."""
    mended = texts_of(HFLABS, "english", "mended")
    dropped = lists_of(HFLABS, "english")["dropped"]
    bare = mended.get(name) or " ".join(word for word in name.split() if word not in dropped)
    ending = texts_of(HFLABS, "english", "endings").get(kind, "{}")
    return ending.format(mended.get(bare, bare))
