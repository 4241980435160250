"""On real files, where they are; nothing of them is kept here."""

import json
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from sinergia.base.tables.headings import Headings, data_rows, find_headings, grants_fields
from sinergia.base.tables.matching import Field
from sinergia.base.tables.reading import Book, open_table

SHARED = Path(
    os.environ.get("SINERGIA_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data")
)


def shared(path: str) -> Path:
    """One of the shared files; the test is skipped where it is not."""
    if not (SHARED / path).is_file():
        pytest.skip(f"missed: {path} of SINERGIA_SHARED_DATA is not here")
    return SHARED / path


def headings_of(book: Book) -> Headings:
    """The headings of a fund's workbook."""
    found = find_headings(book, grants_fields())
    assert found is not None
    return found


def test_the_clean_workbook_adds_up_to_its_truth() -> None:
    book = open_table(shared("local-only/pgf_like_2000.xlsx"))
    truth = json.loads(shared("local-only/pgf_like_2000.truth.json").read_text(encoding="utf-8"))
    found = headings_of(book)

    rows = [row for _, row in data_rows(book.sheet_named(found.sheet), found)]

    awarded = sum(Decimal(str(row["awarded"])) for row in rows if row["awarded"] is not None)
    assert (found.sheet, found.row_number, len(found.columns)) == ("Заявки", 1, 17)
    assert (len(rows), len({row["ogrn"] for row in rows})) == (
        truth["total"]["applications"],
        truth["total"]["organisations"],
    )
    assert awarded == Decimal(truth["total"]["awarded"])
    assert dict(Counter(row["status"] for row in rows)) == truth["by_status"]


def test_a_dirty_workbook_gives_every_row_and_nothing_else(tmp_path: Path) -> None:
    maker, register = shared("make_pgf_xlsx.py"), shared("local-only/egrul_add_dump_2022_07.csv")
    out, truth = tmp_path / "dirty.xlsx", tmp_path / "truth.json"
    asked = ["--orgs", register, "--rows", "1500", "--seed", "7", "--out", out, "--truth", truth]
    command = [sys.executable, str(maker), *map(str, asked), "--dirty"]
    subprocess.run(command, check=True, capture_output=True)
    layout = json.loads(truth.read_text(encoding="utf-8"))["sheet"]
    book = open_table(out)

    found = headings_of(book)
    rows = list(data_rows(book.sheet_named(found.sheet), found))

    assert (found.row_number, len(found.columns)) == (layout["header_row"], 17)
    assert set(found.confidence.values()) == {1.0}
    assert len(rows) == layout["data_rows"]
    assert rows[0][0] == layout["header_row"] + 1


def test_the_register_is_read_whole_in_every_encoding(tmp_path: Path) -> None:
    source = shared("local-only/egrul_add_dump_2022_07.csv")
    fields = [Field("ogrn", ("ogrn",), is_required=True), Field("inn", ("inn",))]
    text = source.read_text(encoding="utf-8").replace("\ufeff", "")

    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"):
        (tmp_path / "a.csv").write_bytes(text.encode(encoding, "replace"))
        book = open_table(tmp_path / "a.csv")
        found = find_headings(book, fields)
        assert found is not None
        rows = [row for _, row in data_rows(book.sheets[0], found)]
        assert (book.encoding, len(rows)) == (encoding.removesuffix("-sig"), 3_999)
        assert (rows[0]["ogrn"], rows[0]["inn"]) == ("1127800004914.0", "7820290130.0")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("hflabs_region.csv", 86),
        ("hflabs_city.csv", 1_117),
        ("fns_nonprofit_registrations_2012_2019.csv", 3_474),
    ],
)
def test_lists_of_places_are_read_whole(name: str, rows: int) -> None:
    book = open_table(shared(f"open/ru-regions/{name}"))

    read = list(book.sheets[0].rows())

    assert (book.encoding, book.delimiter, len(read) - 1) == ("utf-8", ",", rows)
    assert {len(row) for row in read} == {len(read[0])}
