"""Rows of a list of organisations as typed rows, each cell that could not be read named."""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

from sinergia import __version__
from sinergia.base.tables.reading import Cell
from sinergia.base.tables.results import Note
from sinergia.engine.identifiers import Identifier, read_inn, read_ogrn
from sinergia.engine.numbers import Unreadable, is_nothing, read_date
from sinergia.engine.sites import read_link, read_site
from sinergia.engine.text import clean_line
from sinergia.engine.uniting import Pair
from sinergia.organisations.actions.loads.rows import BETWEEN, PERSONAL, Glance, RegisterRow

LONGEST = {"name": 500, "short_name": 300, "address": 500, "field": 200}
LONGEST_NOTHING = 20  # «нет сведений» and the like
SHOWN = 100  # characters of a cell that a note tells

_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}", re.ASCII)
_TAIL = re.compile(r"[.,]0+$")
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_FORM_DIGITS, _KPP_DIGITS = 5, 9
_OKTMO_DIGITS = (8, 11)  # of a municipality, of a place in it
_WORDS = ("region", "municipality", "status", "legal_form")
_READERS = (("ogrn", read_ogrn), ("inn", read_inn))
_DATES = ("registered_on", "closed_on")


def register_row(
    number: int, cells: Mapping[str, Cell], *, verified: Pair | None = None
) -> RegisterRow:
    """Read one row. A cell that cannot be read is noted and left out; the rest goes on.

    verified: its OGRN and INN, where both were found to be right before.
    """
    row = RegisterRow(number, {})
    if verified is not None and all(verified):
        row.texts["ogrn"], row.texts["inn"] = verified
    else:
        _read_numbers(row, cells)
    _read_kpp(row, cells.get("kpp"))
    for name in _WORDS:
        _put(row, name, word_of(cells.get(name)))
    _put(row, "address", text_of(cells.get("address")))
    _put(row, "name", text_of(cells.get("name")))
    _put(row, "short_name", _first(text_of(cells.get("short_name"))))
    _put(row, "field", fields_of(cells.get("field")))
    for name, read in _CODES:
        _read_code(row, name, cells.get(name), read(cells.get(name)))
    for name in _DATES:
        _read_date(row, name, cells.get(name))
    _read_addresses(row, cells)
    if not row.texts.keys() & {"ogrn", "inn", "name", "short_name"}:
        row.refusal = Note("nobody_named")
    return row


def glance_at(number: int, cells: Mapping[str, Cell], digest: bytes = b"") -> Glance:
    """Look at what must be known of every row before the first one is taken.

    digest: of its cells, where somebody asks.
    """
    ogrn, inn = _valid(read_ogrn(cells.get("ogrn"))), _valid(read_inn(cells.get("inn")))
    return Glance(
        row=number,
        ogrn=ogrn,
        inn=inn,
        identity="" if ogrn or inn else register_row(number, cells).identity,
        region=word_of(cells.get("region")),
        municipality=word_of(cells.get("municipality")),
        oktmo=oktmo_of(cells.get("oktmo")),
        status=word_of(cells.get("status")),
        legal_form_code=form_code_of(cells.get("legal_form_code")),
        legal_form=word_of(cells.get("legal_form")),
        field=fields_of(cells.get("field")),
        cells=digest,
    )


def digest_of_cells(cells: Mapping[str, Cell]) -> bytes:
    """The same where every cell is, to the letter, and is read by the same rules."""
    return blake2b(f"{__version__}{cells!r}".encode(), digest_size=12).digest()


def text_of(cell: Cell) -> str:
    """One line of text; "" where the cell says nothing, which only a short one can."""
    if isinstance(cell, str):
        return "" if len(cell) <= LONGEST_NOTHING and is_nothing(cell) else clean_line(cell)
    if is_nothing(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@lru_cache(maxsize=20_000)
def oktmo_of(cell: Cell) -> str:
    """An OKTMO of eight or eleven digits, its lost zero given back; "" where it is none."""
    digits = _TAIL.sub("", text_of(cell)).replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return ""
    for whole in _OKTMO_DIGITS:
        if len(digits) in (whole - 1, whole):
            return digits.zfill(whole)
    return ""


@lru_cache(maxsize=1_000)
def form_code_of(cell: Cell) -> str:
    """A code of the classifier of legal forms: five digits, however they are parted."""
    digits = _TAIL.sub("", text_of(cell)).replace(" ", "")
    is_code = digits.isascii() and digits.isdigit() and len(digits) == _FORM_DIGITS
    return digits if is_code else ""


_CODES = (("oktmo", oktmo_of), ("legal_form_code", form_code_of))


@lru_cache(maxsize=1_000)
def fields_of(cell: Cell) -> str:
    """Fields of work; several are parted by semicolons, bars or lines, a comma parts none."""
    if cell is None:
        return ""
    told = (text_of(part)[: LONGEST["field"]] for part in _SEVERAL.split(str(cell)))
    return BETWEEN.join(dict.fromkeys(filter(None, told)))


@lru_cache(maxsize=20_000)
def word_of(cell: Cell) -> str:
    """The same for a text that stands in many rows: cleaned, and kept in memory, once."""
    return text_of(cell)


def _put(row: RegisterRow, name: str, text: str) -> None:
    """Keep a text of a row, cut to what is kept of it."""
    if not text:
        return
    longest = LONGEST.get(name, LONGEST["name"])
    if len(text) > longest and name != "field":
        code = "name_cut" if name == "name" else "text_cut"
        row.notes.append(Note(code, str(len(text)), name))
        text = text[: longest - 1].rstrip() + "…"
    row.texts[name] = text


def _first(text: str) -> str:
    """A short name may be two, parted by a semicolon: the first is the one in use."""
    return _SEVERAL.split(text)[0] if ";" in text else text


def _valid(found: Identifier | None) -> str:
    return found.value if found is not None and found.is_valid else ""


def _read_numbers(row: RegisterRow, cells: Mapping[str, Cell]) -> None:
    for name, read in _READERS:
        found = read(cells.get(name))
        if found is None:
            continue
        if found.is_valid:
            row.texts[name] = found.value
            continue
        row.texts[f"+{name}"] = found.value[:SHOWN]
        is_shown = len(found.value) != PERSONAL[name]  # it may be a person's
        row.notes.append(Note(f"id_{found.note}", found.value[:SHOWN] if is_shown else "", name))


def _read_kpp(row: RegisterRow, cell: Cell) -> None:
    kpp = text_of(cell).upper().removesuffix(".0")
    if not kpp:
        return
    if kpp.isdigit() and len(kpp) == _KPP_DIGITS - 1:  # a table took it for a number
        kpp = f"0{kpp}"
    if _KPP.fullmatch(kpp):
        row.texts["kpp"] = kpp
    else:
        row.notes.append(Note("kpp_unreadable", kpp[:SHOWN], "kpp"))


def _read_code(row: RegisterRow, name: str, cell: Cell, code: str) -> None:
    if code:
        row.texts[name] = code
    elif cell is not None and (written := text_of(cell)):
        row.notes.append(Note("code_unreadable", written[:SHOWN], name))


def _read_date(row: RegisterRow, name: str, cell: Cell) -> None:
    if cell is None:
        return
    try:
        if day := day_of(cell):
            row.texts[name] = day
    except Unreadable:
        row.notes.append(Note("date_unreadable", str(cell)[:SHOWN], name))


@lru_cache(maxsize=20_000)
def day_of(cell: Cell) -> str:
    """A date as 2014-06-17; "" where the cell says nothing. Raises Unreadable."""
    day = read_date(cell)
    return "" if day is None else day.isoformat()


def _read_addresses(row: RegisterRow, cells: Mapping[str, Cell]) -> None:
    for name, read in (("site", read_site), ("link", read_link)):
        cell = cells.get(name)
        found = read(cell)[:300]
        if found:
            row.texts[name] = found
        elif not is_nothing(cell):
            row.notes.append(Note("site_unreadable", str(cell)[:SHOWN], name))
