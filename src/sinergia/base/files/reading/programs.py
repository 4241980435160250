"""Programs, by their first bytes: whatever they are called, we do not take them."""

import re

from sinergia.engine.refusal import Gap, Refused

_STARTS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",  # Mach-O, 32 and 64 bits, in both orders; the last is also Java's
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut, which may run anything
    b"#!",
    b"<?php",
)
_DOS_HEAD = 64  # bytes; an English word may begin with MZ, but has no zeros near
_PAGE = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|svg|meta|object|embed)\b", re.I
)
_XML = re.compile(rb"<(\?xml|!--|!doctype\s+svg)", re.I)


def refuse_program(head: bytes) -> None:
    """Refuse what a system or a browser would run. Raises Refused."""
    if is_program(head) or is_page(head):
        raise Refused([Gap("file.program")])


def is_program(head: bytes) -> bool:
    """Whether bytes begin like what a system runs."""
    return head.startswith(_STARTS) or (head[:2] == b"MZ" and b"\0" in head[:_DOS_HEAD])


def is_page(head: bytes) -> bool:
    """Whether bytes begin like a page or a drawing that may carry a script."""
    text = _plain(head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith((b"#!", b"<?php")) or _PAGE.match(text):
        return True
    return bool(_XML.match(text) and _PAGE.search(text))


def _plain(head: bytes) -> bytes:
    """Give UTF-16 as a browser would read it; everything else as it is."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace").encode(errors="replace")
    return head
