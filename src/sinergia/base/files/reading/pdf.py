"""PDF: whole from head to trailer, open to be looked into, and with nothing in it that runs.

Names may be written with #-signs (`/J#61vaScript`) and may lie in packed streams of objects; both
are read. This is no virus scanner: what it does not see is opened by nobody on the server, and is
given out only to be saved.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from sinergia.base.files.reading.kinds import Kind
from sinergia.engine.refusal import Gap, Refused

MOST_BYTES = 100 * 1024 * 1024  # unpacked, all streams of objects together
_TAIL = 2048  # bytes; the standard says 1024, scanners add to it
# The standard asks for a line's end after it; readers take a lone CR, and blanks before.
_STREAM = re.compile(rb"\bstream[ \t\f\0]*(?:\r\n|\r|\n)")
_END = b"endstream"


def _named(*names: str) -> re.Pattern[bytes]:
    """Match a name however its letters are written; a longer name is another one."""
    spelled = (
        "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)
        for name in names
    )
    return re.compile(rb"/(?:" + "|".join(spelled).encode() + rb")(?![A-Za-z0-9#_.-])")


_RUNS = _named("JavaScript", "Launch", "RichMedia", "Rendition")
_CARRIES = _named("EmbeddedFile", "EmbeddedFiles")
_ENCRYPTED = _named("Encrypt")
_OBJECTS = _named("ObjStm")
_FILTER = _named("Filter")
_FLATE = _named("FlateDecode", "Fl")
_ANY_FILTER = re.compile(rb"/[A-Za-z0-9#]*Decode\b")


def open_pdf(path: Path, kind: Kind) -> None:
    """Refuse what is cut, locked, or does something when it is opened. Raises Refused."""
    content = path.read_bytes()
    if b"%%EOF" not in content[-_TAIL:] or b"startxref" not in content[-2 * _TAIL :]:
        raise Refused([Gap("file.damaged")])
    if _ENCRYPTED.search(_without_streams(content)):
        raise Refused([Gap("file.locked")])
    for part in (content, *_object_streams(content)):
        if _RUNS.search(part):
            raise Refused([Gap("file.pdf_runs")])
        if _CARRIES.search(part):
            raise Refused([Gap("file.pdf_carries")])


def _without_streams(content: bytes) -> bytes:
    """Leave out the packed bytes: a short name stands there by chance."""
    *closed, rest = content.split(_END)
    heads = (_STREAM.search(part) for part in closed)
    kept = (
        part[: head.start()] if head else part for part, head in zip(closed, heads, strict=True)
    )
    return b"".join([*kept, rest])


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Unpack every stream that holds objects.

    What stands since the word before says what a stream is, however long it says it.
    """
    left, end, since = MOST_BYTES, 0, 0
    for found in _STREAM.finditer(content):
        before, since = since, found.end()
        if not _is_packed(content, before, found.start()):
            continue
        if found.end() < end:  # one in another
            raise Refused([Gap("file.damaged")])
        end = content.find(_END, found.end())
        unpacked = _inflated(content, found.end(), end, left)
        left -= len(unpacked)
        yield unpacked
    if _is_packed(content, since, len(content)):  # no beginning that we know
        raise Refused([Gap("file.damaged")])


def _is_packed(content: bytes, since: int, till: int) -> bool:
    """Whether a stream of objects begins at `till` that must be unpacked to be read.

    Raises Refused where it is packed as no program of ours packs, or says so elsewhere than after
    the last head of an object: in the text of a fake head, or before a beginning that we miss.
    """
    if not _OBJECTS.search(content, since, till) or not _FILTER.search(content, since, till):
        return False
    said = max(since, content.rfind(b"obj", since, till)), till
    is_plain = _OBJECTS.search(content, *said) and _FLATE.search(content, *said)
    if not is_plain or len(_ANY_FILTER.findall(content, *said)) > 1:
        raise Refused([Gap("file.damaged")])
    return True


def _inflated(content: bytes, start: int, end: int, left: int) -> bytes:
    """Unpack one stream, at most `left` bytes of it; end: -1 where it has none."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(memoryview(content)[start:end], left + 1)
    except zlib.error as fault:
        raise Refused([Gap("file.damaged")]) from fault
    if len(unpacked) > left:
        raise Refused([Gap("file.bomb")])
    if end < 0 or not unpacker.eof:  # its own bytes may spell the end, and hide what follows
        raise Refused([Gap("file.damaged")])
    return unpacked
