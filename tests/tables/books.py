"""Files of tables made by code, each with its trap."""

import csv
import re
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from openpyxl import Workbook

from sinergia.base.tables.reading import Cell, open_table

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = ["Номер заявки", "Организация", "ИНН", "Статус проекта"]
ROW = ["23-1-000001", "АНО «Родник»", "0274062111", "победитель конкурса"]


def a_workbook(
    path: Path, *sheets: Sequence[Sequence[str | float]], names: Sequence[str] = ()
) -> Path:
    """A plain workbook of texts and numbers; one sheet of a heading and a row by default."""
    with xlsxwriter.Workbook(path) as workbook:
        for turn, rows in enumerate(sheets or [[HEAD, ROW]]):
            page = workbook.add_worksheet(names[turn] if names else None)
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
    return path


def csv_under(
    head: Mapping[str, str], path: Path, rows: Iterable[Mapping[str, object]], **dialect: str
) -> Path:
    """Rows by their names, under headings by the same names."""
    encoding = dialect.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=dialect.get("delimiter", ","))
        writer.writerow(head.values())
        writer.writerows([row[name] for name in head] for row in rows)
    return path


def workbook_under(
    head: Mapping[str, str], path: Path, rows: Iterable[Mapping[str, object]]
) -> Path:
    """The same as XLSX, by another program than ours."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(head.values()))
    for row in rows:
        sheet.append([row[name] for name in head])
    book.save(path)
    return path


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part changed."""
    target = BytesIO()
    with ZipFile(path) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, change(held) if name == part else held)
    path.write_bytes(target.getvalue())
    return path


def with_lying_sizes(path: Path, part: str, size: int) -> Path:
    """The same workbook whose lists say that a part unpacks to `size` bytes only."""
    held = bytearray(path.read_bytes())
    for mark, offset, name_offset in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        for found in re.finditer(re.escape(mark), bytes(held)):
            start = found.start() + name_offset
            if held[start : start + len(part)] == part.encode():
                struct.pack_into("<I", held, found.start() + offset, size)
    path.write_bytes(bytes(held))
    return path


def a_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file, its line ends as given."""
    path.write_bytes(text.encode(encoding))
    return path


def rows_of(path: Path) -> list[list[Cell]]:
    """All rows of the first sheet."""
    return list(open_table(path).sheets[0].rows())
