from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from sinergia.base.tables.reading import Limits, Unreadable, open_table
from tests.tables.books import (
    HEAD,
    ROW,
    SHEET,
    STRINGS,
    a_text,
    a_workbook,
    rewritten,
    rows_of,
    with_lying_sizes,
)

USUAL = Limits()


def refusal(path: Path, limits: Limits = USUAL) -> str:
    """The code by which a file is refused, at once or while its rows are read."""
    with pytest.raises(Unreadable) as refused:
        _read_through(path, limits)
    return refused.value.code


def _read_through(path: Path, limits: Limits) -> int:
    return sum(1 for sheet in open_table(path, limits=limits).sheets for _ in sheet.rows())


@pytest.mark.parametrize("held", [b"", b"\xef\xbb\xbf", b" \r\n\t\r\n", b"\0\0\0"])
def test_an_empty_file_is_called_empty(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(held)

    assert refusal(tmp_path / "a.xlsx") == "empty"


def test_no_file_is_said_plainly(tmp_path: Path) -> None:
    assert (refusal(tmp_path / "none.csv"), refusal(tmp_path)) == ("missing", "missing")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_a_workbook_cut_anywhere_is_called_truncated(tmp_path: Path, share: float) -> None:
    held = a_workbook(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(held[: int(len(held) * share)])

    assert refusal(tmp_path / "a.xlsx") == "truncated"


def test_a_workbook_damaged_anywhere_is_refused_in_our_words_or_read(tmp_path: Path) -> None:
    whole, chance = a_workbook(tmp_path / "a.xlsx").read_bytes(), Random(1)
    codes = set()

    for _ in range(300):
        held = bytearray(whole)
        for _ in range(3):
            held[chance.randrange(4, len(held))] = chance.randrange(256)
        (tmp_path / "b.xlsx").write_bytes(held)
        try:
            rows_of(tmp_path / "b.xlsx")
        except Unreadable as refused:
            codes.add(refused.code)

    assert codes <= {"truncated", "other_format", "old_or_locked", "bomb", "empty"}


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"])
def test_a_broken_part_is_refused_in_our_words(tmp_path: Path, part: str) -> None:
    path = rewritten(a_workbook(tmp_path / "a.xlsx"), part, lambda held: held[: len(held) // 2])

    assert refusal(path) == "truncated"


def test_a_locked_or_old_workbook_is_told_from_a_broken_one(tmp_path: Path) -> None:
    held = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
    (tmp_path / "a.xlsx").write_bytes(held + "EncryptedPackage".encode("utf-16-le") + bytes(4096))

    assert refusal(tmp_path / "a.xlsx") == "old_or_locked"


def test_random_bytes_are_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1;" + Random(1).randbytes(50_000))

    assert refusal(tmp_path / "a.csv") == "not_a_table"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("組織名;金額\n地域の高齢者を支える会;1000\n子どもの居場所づくり;2000\n", "shift-jis"),
        ("Οργανισμός;Ποσό\nΣύλλογος γονέων και κηδεμόνων;1000\n", "cp1253"),
        ("شركة;مبلغ\nجمعية رعاية كبار السن في المدينة;1000\n", "cp1256"),
    ],
)
def test_text_in_no_alphabet_of_ours_is_refused(tmp_path: Path, text: str, encoding: str) -> None:
    assert refusal(a_text(tmp_path / "a.csv", text * 3, encoding)) == "encoding"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"<html><table>", "HTML/XML"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "HTML/XML"),
        (b"Rar!\x1a\x07", "RAR"),
    ],
)
def test_files_of_other_kinds_are_named(tmp_path: Path, head: bytes, name: str) -> None:
    (tmp_path / "a.csv").write_bytes(head + b"1;2\n" * 300)

    with pytest.raises(Unreadable) as refused:
        open_table(tmp_path / "a.csv")

    assert (refused.value.code, refused.value.values) == ("other_format", {"format": name})


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("word/document.xml", "DOCX"),
        ("content.xml", "ODS"),
        ("xl/workbook.bin", "XLSB"),
        ("readme.txt", "ZIP"),
    ],
)
def test_other_zips_are_named(tmp_path: Path, part: str, name: str) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as parcel:
        parcel.writestr(part, "<a/>")

    with pytest.raises(Unreadable) as refused:
        open_table(tmp_path / "a.xlsx")

    assert (refused.value.code, refused.value.values) == ("other_format", {"format": name})


def test_a_gigabyte_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(1 << 30)

    with pytest.raises(Unreadable) as refused:
        open_table(path)

    assert refused.value.code == "too_big"
    assert refused.value.values == {"size": 1 << 30, "limit": 200_000_000}
    assert path.stat().st_blocks * 512 < 1_000_000


def test_a_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx")
    with ZipFile(path, "a", ZIP_DEFLATED) as parcel, parcel.open("xl/media/a.png", "w") as part:
        for _ in range(30):
            part.write(bytes(1_000_000))

    assert refusal(path, Limits(unpacked_bytes=20_000_000)) == "bomb"
    assert path.stat().st_size < 100_000


def test_a_bomb_that_lies_about_its_size_is_refused_by_what_it_is(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx")
    rewritten(
        path, SHEET, lambda held: held.replace(b"<sheetData>", b"<sheetData>" + b" " * 30_000_000)
    )
    with_lying_sizes(path, SHEET, 900)

    assert refusal(path, Limits(unpacked_bytes=20_000_000)) == "bomb"


def test_a_part_that_promises_too_much_is_refused_unopened(tmp_path: Path) -> None:
    path = with_lying_sizes(a_workbook(tmp_path / "a.xlsx"), SHEET, 900_000_000)

    assert refusal(path) == "bomb"


def test_countless_parts_are_a_bomb(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx")
    with ZipFile(path, "a") as parcel:
        for turn in range(120):
            parcel.writestr(f"xl/media/{turn}.txt", b"")

    assert refusal(path, Limits(parts=100)) == "bomb"


def test_xml_that_grows_is_a_bomb(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    path = a_workbook(tmp_path / "a.xlsx")
    rewritten(path, SHEET, lambda held: held.replace(b"<worksheet", laughs, 1))

    assert refusal(path) == "bomb"


def test_a_promise_of_countless_texts_is_a_bomb(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx")
    rewritten(
        path, STRINGS, lambda held: held.replace(b'uniqueCount="8"', b'uniqueCount="4000000000"')
    )

    assert refusal(path) == "bomb"


def test_a_long_text_that_every_cell_repeats_is_a_bomb(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", [["x"]] * 3_000)
    rewritten(path, STRINGS, lambda held: held.replace(b">x<", b">" + b"x" * 30_000 + b"<"))

    assert refusal(path, Limits(unpacked_bytes=50_000_000)) == "bomb"


def test_a_stray_cell_far_away_is_refused_before_room_is_made_for_it(tmp_path: Path) -> None:
    codes = []
    for place in ("XFD1", "A1048576", "SE900000", "ZZZZZZZZ1"):
        path = a_workbook(tmp_path / "a.xlsx")
        far = f'<c r="{place}" t="s"><v>0</v></c></row></sheetData>'.encode()
        rewritten(path, SHEET, lambda held, far=far: held.replace(b"</row></sheetData>", far))  # type: ignore[misc]  # bound early
        codes.append(refusal(path))

    assert codes == ["too_many_columns", "too_many_rows", "too_many_cells", "too_many_columns"]


def test_a_far_cell_in_an_unusual_spelling_is_found_too(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx")
    far = b"<c  t=\"s\" r='A1048576'><v>0</v></c></row></sheetData>"
    rewritten(path, SHEET, lambda held: held.replace(b"</row></sheetData>", far))

    assert refusal(path) == "too_many_rows"


def test_rows_columns_and_cells_over_the_limit_are_refused_in_both_forms(tmp_path: Path) -> None:
    book, text = a_workbook(tmp_path / "a.xlsx", [HEAD, ROW, ROW]), tmp_path / "a.csv"
    a_text(text, "\n".join(";".join(row) for row in (HEAD, ROW, ROW)))

    for path in (book, text):
        assert refusal(path, Limits(rows=2)) == "too_many_rows"
        assert refusal(path, Limits(columns=3)) == "too_many_columns"
        assert refusal(path, Limits(cell_characters=17)) == "cell_too_long"
        assert len(rows_of(path)) == 3


def test_a_quote_that_never_closes_is_named_by_its_row(tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", 'a;b\n1;2\n3;"4\n' + "5;6\n" * 50_000)

    with pytest.raises(Unreadable) as refused:
        rows_of(path)

    assert refused.value.code == "cell_too_long"
    assert refused.value.values["row"] == 3


def test_one_endless_line_is_refused(tmp_path: Path) -> None:
    assert refusal(a_text(tmp_path / "a.csv", "a;b\n" + "1;" * 2_500_000)) == "line_too_long"


def test_a_workbook_without_a_cell_reads_as_no_rows(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")

    assert rows_of(tmp_path / "a.xlsx") == []
