"""Rows of a fund's file as typed rows, each cell that could not be read named."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

from sinergia.applications.actions.rows import FiledRow, Note
from sinergia.base.tables.reading import Cell
from sinergia.engine.identifiers import Identifier, read_inn, read_ogrn
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable, is_nothing, read_date, read_moment
from sinergia.engine.spelling import spelling_key
from sinergia.engine.text import clean_line, words_of

LONGEST_NUMBER = 80  # characters
LONGEST_TITLE = 300  # characters of the title that lists show; the record keeps every one
LONGEST_NAME = 500
LONGEST_NOTHING = 20  # «нет сведений» and the like

_DASHES = re.compile(r"\s*[-‐‑‒–—―−]\s*")
_YEAR = re.compile(r"(?<!\d)(20\d{2}|199\d)(?!\d)")
_YEAR_OF_NUMBER = re.compile(r"^(?:(20\d{2})|(\d{2}))-")
_TEXTS = ("contest", "organisation", "region", "municipality", "title", "direction", "status")


def filed_rows(rows: Iterable[tuple[int, Mapping[str, Cell]]], currency: str) -> Iterator[FiledRow]:
    """Read each row by itself; a row that cannot be taken carries its refusal."""
    for number, cells in rows:
        yield filed_row(number, cells, currency)


def filed_row(number: int, cells: Mapping[str, Cell], currency: str) -> FiledRow:
    """Read one row. Money and the number must be readable; other cells are noted and go on."""
    filed = FiledRow(row=number, number=number_of(cells.get("number")), cells=cells)
    for name in _TEXTS:
        setattr(filed, name, _text(cells.get(name)))
    _read_ids(filed, cells)
    days = _read_dates(filed, cells)
    _read_year(filed)
    sums = _read_sums(filed, cells, currency)
    words = [_text(cells.get(name)) for name in ("result", "violations")]
    _read_submitted(filed, cells)
    filed.digest = _digest(filed, [*days, *sums, *map(comparable, words)])
    _read_lengths(filed)
    if not filed.number:
        filed.refusal = Note("number_missing", field="number")
    elif len(filed.number) > LONGEST_NUMBER:
        filed.refusal = Note("number_too_long", filed.number[:60], "number")
    return filed


def number_of(cell: Cell) -> str:
    """An application's number, however its dashes and blanks are written."""
    if is_nothing(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _DASHES.sub("-", clean_line(str(cell))).replace(" ", "")


@lru_cache(maxsize=20_000)
def comparable(text: str) -> str:
    """The words of a text alone: neither case, quotes nor blanks make two texts differ."""
    return " ".join(words_of(text))


@lru_cache(maxsize=2_000)
def contest_key(name: str, year: int) -> str:
    """«2023, первый конкурс» and «Первый конкурс 2023» are one contest."""
    words = [word for word in words_of(name) if word not in (str(year), "год", "года", "г")]
    return " ".join(sorted(words))[:300]


def _text(cell: Cell) -> str:
    """One line of text; "" where the cell says nothing, which only a short one can."""
    if isinstance(cell, str):
        return "" if len(cell) <= LONGEST_NOTHING and is_nothing(cell) else _line(cell)
    if is_nothing(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@lru_cache(maxsize=50_000)
def _line(text: str) -> str:
    """Clean a text; those that stand in many rows are cleaned, and kept in memory, once."""
    return clean_line(text)


def _read_ids(filed: FiledRow, cells: Mapping[str, Cell]) -> None:
    for name, read in (("ogrn", read_ogrn), ("inn", read_inn)):
        found: Identifier | None = read(cells.get(name))
        if found is None:
            continue
        if found.is_valid:
            setattr(filed, name, found.value)
        else:
            filed.notes.append(Note(f"id_{found.note}", found.value[:100], name))


def _read_dates(filed: FiledRow, cells: Mapping[str, Cell]) -> list[str]:
    """Note what is no date; give all three as text, unreadable ones as they stand."""
    days = []
    for name in ("decided_on", "starts_on", "ends_on"):
        try:
            day = read_date(cells.get(name))
        except Unreadable:
            written = str(cells.get(name))[:100]
            filed.notes.append(Note("date_unreadable", written, name))
            days.append(written)
            continue
        days.append(str(day))
        if name == "decided_on":
            filed.decided_on = day
    return days


def _read_submitted(filed: FiledRow, cells: Mapping[str, Cell]) -> None:
    """When it was handed in, of a list; the order of applications may hang on it."""
    try:
        filed.submitted = read_moment(cells.get("submitted"))
    except Unreadable:
        filed.refusal = Note("date_unreadable", str(cells.get("submitted"))[:100], "submitted")


def _read_year(filed: FiledRow) -> None:
    """Find the contest's year: in its name, then the number, then the decision."""
    in_name = _YEAR.findall(filed.contest)
    in_number = _YEAR_OF_NUMBER.match(filed.number)
    if len(set(in_name)) == 1:
        filed.year, filed.year_source = int(in_name[0]), "name"
    elif in_number:
        filed.year = int(in_number[1] or "20" + in_number[2])
        filed.year_source = "number"
    elif filed.decided_on:
        filed.year, filed.year_source = filed.decided_on.year, "decision"
    filed.contest_key = contest_key(filed.contest, filed.year)


def _read_sums(filed: FiledRow, cells: Mapping[str, Cell], currency: str) -> list[str]:
    """Refuse a row whose sums cannot be read: figures hang on them. Give all three as text."""
    sums = []
    for name in ("asked", "awarded", "cost"):
        try:
            minor = read_money(cells.get(name), currency=currency) or 0
        except Unreadable as fault:
            note = Note(f"money_{fault.code}", str(cells.get(name))[:100], name)
            sums.append(note.value)
            if name == "cost" or filed.refusal is not None:  # no figure hangs on the cost
                filed.notes.append(note)
            else:
                filed.refusal = note
            continue
        sums.append(str(minor))
        if name != "cost":
            setattr(filed, f"{name}_minor", minor)
    return sums


def _read_lengths(filed: FiledRow) -> None:
    """Cut what lists cannot show; the record keeps the whole text."""
    for name, longest, code in (
        ("title", LONGEST_TITLE, "title_cut"),
        ("organisation", LONGEST_NAME, "name_cut"),
        ("contest", LONGEST_TITLE, "contest_cut"),
        ("direction", LONGEST_TITLE, "direction_cut"),
        ("status", 200, "status_cut"),
    ):
        text: str = getattr(filed, name)
        if len(text) > longest:
            setattr(filed, name, text[: longest - 1].rstrip() + "…")
            filed.notes.append(Note(code, str(len(text))))


def _digest(filed: FiledRow, values: list[str]) -> str:
    """What must agree for two rows to say the same; whose the row is, is compared apart."""
    texts = (filed.organisation, filed.municipality, filed.direction, filed.status)
    parts = [*map(comparable, texts), " ".join(words_of(filed.title))]
    parts += [spelling_key(filed.region), filed.contest_key, str(filed.year), *values]
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
