"""Tell by its content what a file is, and open it."""

from collections.abc import Callable
from pathlib import Path

from sinergia.base.tables.reading.book import Book, Limits, Unreadable
from sinergia.base.tables.reading.lines import open_lines
from sinergia.base.tables.reading.workbook import open_workbook

# The first bytes of what is no table of ours, whatever its name says.
_OTHERS = {
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
}
_HEAD = 512  # bytes
_BLANK = b"\0\t\r\n \xef\xbb\xbf\xfe\xff"  # and byte order marks
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the OLE2 container: XLS before 2007, or any locked workbook
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")


def open_table(path: Path, *, limits: Limits = Limits()) -> Book:  # noqa: B008  frozen
    """Open a CSV or XLSX file by what is in it, not by its name.

    Raises Unreadable: size and kind at once; rows are looked at when they are read.
    """
    if not path.is_file():
        raise Unreadable("missing")
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Unreadable("too_big", size=size, limit=limits.file_bytes)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if size <= _HEAD and not head.strip(_BLANK):
        raise Unreadable("empty")
    return _way_in(head)(path, limits)


def _way_in(head: bytes) -> Callable[[Path, Limits], Book]:
    if head.startswith(b"PK"):
        return open_workbook
    if head.startswith(_OLD_OR_LOCKED):
        raise Unreadable("old_or_locked")
    for mark, name in _OTHERS.items():
        if head.startswith(mark):
            raise Unreadable("other_format", format=name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise Unreadable("other_format", format="HTML/XML")
    return open_lines
