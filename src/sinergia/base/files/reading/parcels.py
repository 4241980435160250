"""Office documents are zips of XML: unpacked once, piece by piece, before anybody opens them.

Sizes in a zip are what somebody wrote there; here they are counted from what really unpacks.
"""

import re
import struct
import zlib
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from sinergia.base.files.reading.kinds import Kind
from sinergia.base.files.reading.programs import is_program
from sinergia.engine.refusal import Gap, Refused

MOST_PARTS = 5_000
MOST_BYTES = 200 * 1024 * 1024  # unpacked, all together
MOST_RATIO = 200  # of unpacked to packed, once it matters
RATIO_MATTERS = 10 * 1024 * 1024  # bytes
MOST_DEPTH = 2  # a table inside a text inside a parcel is enough
MOST_HELD = 32 * 1024 * 1024  # bytes of a part that is a parcel itself
_PIECE = 1 << 20
_SHOWN = 100  # bytes of each part
_LISTED = b"PK\x01\x02"
_ENCRYPTED = 0x1
_ENDLESS = 1 << 60
_RUNS = re.compile(
    r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|jar|lnk|sh|app|apk|docm|xlsm)$"
    # Of Basic, an empty library is in many an innocent text.
    r"|(^|/)vbaproject\.bin$|^scripts/.|^basic/(?!.*(script|dialog)-l[bc]\.xml$).*\.xml$",
    re.IGNORECASE,
)
# A parcel of anything inside an old-style object; its name is written two bytes a sign.
_PACKED_OBJECT = "Ole10Native".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = (BadZipFile, LargeZipFile, EOFError, OSError, zlib.error, struct.error)
# What zipfile itself raises of places, names and ways of packing that make no sense.
_SENSELESS = (ValueError, RuntimeError, NotImplementedError)


@dataclass
class Budget:
    """How much may still be unpacked, over all parcels inside one another."""

    parts: int = MOST_PARTS
    size: int = MOST_BYTES

    def take(self, size: int) -> None:
        """Count what has been unpacked."""
        self.size -= size
        if self.size < 0:
            raise Refused([Gap("file.bomb")])


def open_parcel(path: Path, kind: Kind) -> None:
    """Refuse what is broken, locked, too much, not of its kind, or carries something that runs."""
    _refuse_countless(path)
    with path.open("rb") as file:
        heads = _open_one(file, Budget(), depth=1)
    named = heads.get("mimetype", kind.media.encode())  # the open formats say what they are
    if kind.part not in heads or named != kind.media.encode():
        raise Refused([Gap("file.disguised", values={"extension": kind.extension})])


def _refuse_countless(path: Path) -> None:
    """Refuse a zip of countless parts before its list of them is held in memory."""
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found += piece.count(_LISTED)
    if found > MOST_PARTS:
        raise Refused([Gap("file.bomb")])


def _open_one(file: IO[bytes], budget: Budget, *, depth: int) -> dict[str, bytes]:
    """Go through one parcel; give its parts by name, each with its first bytes."""
    try:
        with ZipFile(file) as parcel:
            parts = parcel.infolist()
            budget.parts -= len(parts)
            if budget.parts < 0:
                raise Refused([Gap("file.bomb")])
            for part in parts:
                _refuse_name(part)
            return {part.filename: _open_part(parcel, part, budget, depth=depth) for part in parts}
    except (*_BROKEN, *_SENSELESS) as fault:
        raise Refused([Gap("file.damaged")]) from fault


def _refuse_name(part: ZipInfo) -> None:
    """Refuse a part by its name and marks."""
    if part.flag_bits & _ENCRYPTED:
        raise Refused([Gap("file.locked")])
    path = PurePosixPath(part.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in part.filename:
        raise Refused([Gap("file.damaged")])
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused([Gap("file.damaged")])
    if _RUNS.search(path.as_posix()):
        raise Refused([Gap("file.macros")])


def _open_part(parcel: ZipFile, part: ZipInfo, budget: Budget, *, depth: int) -> bytes:
    """Unpack one part to its real end and look at what it is; give its first bytes."""
    honest = copy(part)
    honest.file_size = _ENDLESS  # a lie about its size ends nothing early
    size, kept = 0, bytearray()
    with parcel.open(honest) as stream:
        head = stream.read(_PIECE)
        is_held = head.startswith((b"PK\x03\x04", _OLE)) or part.filename == "[Content_Types].xml"
        piece = head
        while piece:
            size += len(piece)
            budget.take(len(piece))
            kept += piece if is_held else b""
            is_blown_up = size > RATIO_MATTERS and size > MOST_RATIO * max(part.compress_size, 1)
            if is_blown_up or len(kept) > MOST_HELD:
                raise Refused([Gap("file.bomb")])
            piece = stream.read(_PIECE)
    _refuse_content(head, bytes(kept), budget, depth=depth)
    return head[:_SHOWN]


def _refuse_content(head: bytes, kept: bytes, budget: Budget, *, depth: int) -> None:
    """Refuse a part that runs, or that packs something that does."""
    is_packed_object = kept.startswith(_OLE) and _PACKED_OBJECT in kept
    if is_program(head) or is_packed_object or b"macroEnabled" in kept:
        raise Refused([Gap("file.macros")])
    if kept.startswith(b"PK\x03\x04"):
        if depth >= MOST_DEPTH:
            raise Refused([Gap("file.bomb")])
        _open_one(BytesIO(kept), budget, depth=depth + 1)
