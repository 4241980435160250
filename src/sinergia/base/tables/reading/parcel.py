"""What a workbook would unpack to, measured before the reader is let in.

A workbook is a zip of XML parts. The reader behind us holds a sheet as one block from its first
cell to its last and aborts the process where memory ends; so sizes are never believed here, they
are counted from what really unpacks.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sinergia.base.tables.reading.book import Limits, Unreadable
from sinergia.base.tables.reading.survey import Survey, add_up, survey_exactly, survey_piece

_PIECE = 1 << 20  # bytes unpacked at once
_ENDLESS = 1 << 60
_LONGEST_PIECE = 8 * _PIECE
# What zipfile itself raises of places, names and ways of packing that make no sense.
_OWN = (ValueError, RuntimeError)
_ENTRY_MARK = b"PK\x01\x02"
_ENCRYPTED = 0x1
_KINDS = {
    "xl/workbook.xml": "",
    "xl/workbook.bin": "XLSB",
    "word/document.xml": "DOCX",
    "ppt/presentation.xml": "PPTX",
    "content.xml": "ODS",
}


@dataclass(frozen=True)
class Parcel:
    """A workbook's parts, measured and found fit to be read."""

    unfilled: int


def inspect_parcel(path: Path, limits: Limits) -> Parcel:
    """Unpack every part once, piece by piece, and refuse what is too much or broken."""
    _count_entries(path, limits)
    try:
        with ZipFile(path) as parcel:
            parts = _parts_of(parcel, limits)
            surveys, left = [], limits.unpacked_bytes
            for part in parts:
                survey, size = _survey_part(parcel, part, left, limits)
                surveys.append(survey)
                left -= size
            _refuse_repeated_text(parcel, parts, surveys, limits)
    except (BadZipFile, EOFError, OSError, zlib.error, struct.error, *_OWN) as error:
        raise Unreadable("truncated") from error
    return Parcel(unfilled=sum(survey.unfilled for survey in surveys))


def _count_entries(path: Path, limits: Limits) -> None:
    """Refuse a zip of countless parts before its list of them is held in memory."""
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found += piece.count(_ENTRY_MARK)
    if found > limits.parts:
        raise Unreadable("bomb")


def _parts_of(parcel: ZipFile, limits: Limits) -> list[ZipInfo]:
    parts = parcel.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unreadable("old_or_locked")
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise Unreadable("bomb", limit=limits.unpacked_bytes)
    names = {part.filename.lower().replace("\\", "/").lstrip("/") for part in parts}
    kind = next((kind for name, kind in _KINDS.items() if name in names), "ZIP")
    if kind or any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Unreadable("other_format", format=kind or "ZIP")
    return parts


def _survey_part(parcel: ZipFile, part: ZipInfo, left: int, limits: Limits) -> tuple[Survey, int]:
    """Measure one part; also how many bytes it unpacks to, at most `left`."""
    size, survey = 0, Survey()
    with _unpacked(parcel, part) as stream:
        for piece in _pieces(stream):
            size += len(piece)
            if size > left:
                raise Unreadable("bomb", limit=limits.unpacked_bytes)
            survey = add_up(survey, survey_piece(piece))
    if not survey.has_content:
        return Survey(), size
    if not survey.is_plain or _excess(survey, limits):
        with _unpacked(parcel, part) as stream:
            survey = survey_exactly(stream)
    if excess := _excess(survey, limits):
        raise excess
    return survey, size


def _unpacked(parcel: ZipFile, part: ZipInfo) -> IO[bytes]:
    """Open a part to be read to its real end: a lie about its size ends nothing early."""
    honest = copy(part)
    honest.file_size = _ENDLESS
    return parcel.open(honest)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Cut a part between its cells or strings, so that no tag is torn."""
    held = b""
    while read := stream.read(_PIECE):
        held += read
        cut = max(held.rfind(b"<c "), held.rfind(b"<si"))
        cut = cut if cut > 0 else held.rfind(b"<")
        if cut > 0 or len(held) > _LONGEST_PIECE:
            cut = cut if cut > 0 else len(held)
            yield held[:cut]
            held = held[cut:]
    if held:
        yield held


def _excess(survey: Survey, limits: Limits) -> Unreadable | None:
    cells = survey.rows * survey.columns
    if survey.columns > limits.columns:
        return Unreadable("too_many_columns", limit=limits.columns, found=survey.columns)
    if survey.rows > limits.rows:
        return Unreadable("too_many_rows", limit=limits.rows, found=survey.rows)
    if cells > limits.cells:
        return Unreadable("too_many_cells", limit=limits.cells, found=cells)
    return None


def _refuse_repeated_text(
    parcel: ZipFile, parts: list[ZipInfo], surveys: list[Survey], limits: Limits
) -> None:
    """Refuse a long text that a million cells refer to: each would get a copy of its own."""
    longest = max(survey.longest for survey in surveys)
    if longest * sum(survey.shared for survey in surveys) <= limits.unpacked_bytes:
        return
    lengths: list[int] = []
    references: list[Mapping[int, int]] = []
    for part, survey in zip(parts, surveys, strict=True):
        if survey.has_content:
            with _unpacked(parcel, part) as stream:
                exact = survey_exactly(stream)
            lengths.extend(exact.lengths)
            references.append(exact.references)
    total = sum(
        count * lengths[index]
        for counted in references
        for index, count in counted.items()
        if index < len(lengths)
    )
    if total > limits.unpacked_bytes:
        raise Unreadable("bomb", limit=limits.unpacked_bytes)
