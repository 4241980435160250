"""Plain text and detached signatures: files without signs of their own at the beginning."""

import base64
import binascii
import re
from pathlib import Path

from sinergia.base.files.reading.kinds import Kind
from sinergia.engine.refusal import Gap, Refused

_PIECE = 1 << 20
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# SEQUENCE { OBJECT IDENTIFIER 1.2.840.113549.1.7.2: signed data, RFC 5652.
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_SEQUENCE = 0x30
_HEAD = 24  # bytes: the length of the sequence takes at most ten
_ARMOUR = re.compile(rb"-----[A-Z0-9 ]+-----")


def open_text(path: Path, kind: Kind) -> None:
    """Refuse what is no text in UTF-8, UTF-16 or windows-1251. Raises Refused."""
    content = path.read_bytes()
    text = _decoded(content)
    if text is None or _CONTROLS.search(text):
        raise Refused([Gap("file.not_text")])


def open_signature(path: Path, kind: Kind) -> None:
    """Refuse what is no CMS signature, in its own bytes or in base64. Raises Refused."""
    content = path.read_bytes()
    if not (_is_signed_data(content) or _is_signed_data(_unarmoured(content))):
        raise Refused([Gap("file.not_signature")])


def _decoded(content: bytes) -> str | None:
    """Read a text as the one who wrote it did; None where it is none."""
    for encoding in (_MARKS.get(content[:2], "utf-8"), "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_signed_data(content: bytes) -> bool:
    return content[:1] == bytes([_SEQUENCE]) and _SIGNED_DATA in content[:_HEAD]


def _unarmoured(content: bytes) -> bytes:
    """Give the first bytes of what base64 holds; nothing where it is none."""
    bare = b"".join(_ARMOUR.sub(b"", content[:4096]).split())
    try:
        return base64.b64decode(bare[: len(bare) // 4 * 4][:64], validate=True)
    except binascii.Error:
        return b""
