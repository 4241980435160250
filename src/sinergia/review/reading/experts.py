"""A list of people to invite: pasted, a CSV or a workbook; every bad row is told with its line."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email

from sinergia.base.tables.headings import text_in
from sinergia.base.tables.reading import Limits, open_table
from sinergia.engine.refusal import Gap
from sinergia.engine.text import clean_line, words_of
from sinergia.review.actions.experts import Given, Profile

MOST_ROWS = 200
LIMITS = Limits(file_bytes=2_000_000, unpacked_bytes=20_000_000, rows=2_000, columns=50)
LONGEST = (200, 254, 200, 300)  # of a name, an address, a post, a place of work
HEADS = {"name", "expert", "фио", "фамилия", "имя", "отчество", "эксперт"}  # over a first column
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class ReadList:
    """The rows that can be invited, and what is wrong with the others, line by line."""

    rows: Sequence[Given]
    gaps: Sequence[Gap]


def pasted_lines(text: str) -> list[Line]:
    """Rows of a pasted list, cut by semicolons, tabs where there are none, else commas."""
    sign = ";" if ";" in text else "\t" if "\t" in text else ","
    found = []
    for number, line in enumerate(text.splitlines(), start=1):  # a stray quote spoils its own line
        row = next(csv.reader([line], delimiter=sign, skipinitialspace=True), [])
        found.append((number, [clean_line(cell) for cell in row]))
    return found


def filed_lines(file: "UploadedFile[bytes]") -> list[Line]:
    """Rows of the first sheet of a table. Raises Unreadable."""
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix[:8]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        sheet = open_table(Path(kept.name), limits=LIMITS).sheets[0]
        rows = enumerate(sheet.rows(), start=1)
        return [(line, [text_in(cell) for cell in row]) for line, row in rows]


def read_list(lines: Iterable[Line]) -> ReadList:
    """What each row says; a first row that heads the columns is passed over, and blank ones."""
    told = [(line, cells) for line, cells in lines if any(cells)]
    if told and HEADS.issuperset(words_of(told[0][1][0]) or [""]):
        told = told[1:]
    if not told:
        return ReadList([], [Gap("list.empty", "text")])
    if len(told) > MOST_ROWS:
        return ReadList([], [Gap("list.too_long", "text", {"most": MOST_ROWS})])
    rows: list[Given] = []
    gaps: list[Gap] = []
    seen: dict[str, int] = {}
    for line, cells in told:
        faults = list(_faults(line, cells, seen))
        gaps += faults
        if not faults:
            rows.append(_given(line, cells))
    return ReadList(rows, gaps)


def _faults(line: int, cells: Sequence[str], seen: dict[str, int]) -> Iterator[Gap]:
    name, email, _post, _work, most = _five(cells)
    if not name:
        yield Gap("list.no_name", "text", {"line": line})
    if len(cells) > 5 and any(cells[5:]):
        yield Gap("list.too_wide", "text", {"line": line})
    for cell, longest in zip(cells, LONGEST, strict=False):
        if len(cell) > longest:
            yield Gap("list.long_cell", "text", {"line": line, "longest": longest})
    if email:
        yield from _faults_of_address(line, email.casefold(), seen)
    if most and not (most.isascii() and most.isdecimal() and 1 <= int(most[:6]) <= 500):
        yield Gap("list.bad_number", "text", {"line": line})


def _faults_of_address(line: int, email: str, seen: dict[str, int]) -> Iterator[Gap]:
    try:
        validate_email(email)
    except ValidationError:
        yield Gap("list.bad_address", "text", {"line": line, "typed": email[:80]})
        return
    if email in seen:
        yield Gap("list.address_twice", "text", {"line": line, "other": seen[email]})
    seen.setdefault(email, line)


def _given(line: int, cells: Sequence[str]) -> Given:
    name, email, post, work, most = _five(cells)
    profile = Profile(name=name, post=post, work=work)
    if most:
        profile = replace(profile, most=int(most))
    return Given(profile, email.casefold(), line=line)


def _five(cells: Sequence[str]) -> Sequence[str]:
    return [*cells[:5], *[""] * (5 - len(cells))]
