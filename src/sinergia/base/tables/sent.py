"""What somebody saves or prints: its kind is told by the ending of its name."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from sinergia.base.tables.export import Value, csv_lines, xlsx_bytes

_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": _OFFICE + "wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "zip": "application/zip",
}
TABLES = ("csv", "xlsx")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def file_response(content: bytes, name: str, *, is_inline: bool = False) -> HttpResponse:
    """A file to be saved, or to be looked at first."""
    return _named(HttpResponse(content), name, is_inline=is_inline)


def streamed_file(pieces: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """A file sent piece by piece: however long it is, little is held."""
    return _named(StreamingHttpResponse(pieces), name)


def table_response(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = ""
) -> HttpResponse:
    """A table to be saved, CSV or XLSX; made here and now, in the language and zone of the moment.

    sheet: what the sheet of a workbook is called.
    """
    if name.endswith(".csv"):
        return file_response(b"".join(csv_lines(head, rows)), name)
    return file_response(xlsx_bytes(head, rows, sheet=sheet), name)


def streamed_table(
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    sheet: str = "",
    about: Iterable[Sequence[Value]] = (),
) -> HttpResponseBase:
    """The same for a long table: CSV goes out line by line.

    about: what the last sheet of a workbook says of it.
    """
    if name.endswith(".csv"):
        return streamed_file(csv_lines(head, rows), name)
    return file_response(xlsx_bytes(head, rows, sheet=sheet, about=about), name)


def _named(response: Answer, name: str, *, is_inline: bool = False) -> Answer:
    response["Content-Type"] = KINDS[name.rpartition(".")[2]]
    response["Content-Disposition"] = (
        content_disposition_header(not is_inline, name) or "attachment"
    )
    return response
