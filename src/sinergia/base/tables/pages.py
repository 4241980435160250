"""What the pages of loads show, whatever kind of file it is: the rooms add whose and what for."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sinergia.base.tables.actions import digest_of, keep_file
from sinergia.base.tables.files import Layout, Preview, find_columns
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.tables.queries import notes_of
from sinergia.base.tables.results import RESULTS
from sinergia.base.tables.words import (
    Explain,
    explain_failure,
    explain_unreadable,
    report_lines,
    result_word,
)

SHOWN_AT_FIRST = ("word", "queued", "refused")  # results of rows that ask for something
NOTES_ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class LoadPages:
    """The pages of one kind of load.

    names: of the addresses `loads`, `offer`, `template`, `load`, `start` and `report`.
    fields: what a field of the file is called. row, subject: what a row is about, and a file.
    opened: results whose rows a tile opens.
    """

    layout: Layout
    names: Mapping[str, str]
    fields: Mapping[str, str | Promise]
    row: str | Promise
    subject: str | Promise
    explain: Explain
    opened: frozenset[str] = frozenset({"queued", "refused"})

    def addresses(self, load: Load | None = None) -> dict[str, str]:
        """Where everything is; of a load too, where one is given."""
        given = ["loads", "offer", "template"]
        found = {word: reverse(self.names[word]) for word in given}
        if load is not None:
            theirs = ("load", "start", "report")
            found |= {word: reverse(self.names[word], args=[load.key]) for word in theirs}
        return found

    def field_name(self, code: str) -> str:
        """What a column is called; one that stands for no field, by its own label."""
        return str(self.fields.get(code, code.lstrip("+")))


def list_shown(pages: LoadPages, loads: QuerySet[Load], request: HttpRequest) -> dict[str, object]:
    """Loads, newest first."""
    page = page_of(
        loads,
        order=Order("offered_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return {
        "page": page,
        "loads": [(load, reverse(pages.names["load"], args=[load.key])) for load in page.rows],
        "addresses": pages.addresses(),
        "subject_label": pages.subject,
    }


def offered_shown(pages: LoadPages, load: Load, seen: Preview) -> dict[str, object]:
    """A file that waits to be loaded: its columns, its first rows, what would come of it."""
    return {
        "load": load,
        "seen": seen,
        "names": [pages.field_name(code) for code in seen.columns],
        "problem": _problem(pages, load, seen),
        "counted": _counted(seen.counts, frozenset()),
        "notes": [(note, pages.explain(note.code)) for note in seen.notes],
        "addresses": pages.addresses(load),
    }


def begun_shown(pages: LoadPages, load: Load, request: HttpRequest) -> dict[str, object]:
    """A load that was begun: how far it is, and what was said of its rows."""
    result = request.GET.get("result", "")
    asked = (result,) if result in ("word", *RESULTS) else SHOWN_AT_FIRST
    page = page_of(
        notes_of(load, *asked).order_by(),
        order=Order("row"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=NOTES_ON_A_PAGE,
    )
    return state_shown(pages, load) | {
        "page": page,
        "notes": [(note, pages.explain(note.code), result_word(note.result)) for note in page.rows],
        "result": result,
        "query": f"result={result}" if result else "",
        "row_label": pages.row,
    }


def state_shown(pages: LoadPages, load: Load) -> dict[str, object]:
    """What the part of the page that renews itself shows."""
    return {
        "load": load,
        "is_under_way": load.stage in (Load.Stage.RUNNING, Load.Stage.PROMISED),
        "is_broken_off": is_open(load),
        "problem": explain_failure(load.failure) if load.failure else "",
        "counted": _counted(load.counts, pages.opened),
        "addresses": pages.addresses(load),
    }


def is_open(load: Load) -> bool:
    """Whether nobody runs a load or is about to."""
    return load.stage in (Load.Stage.OFFERED, Load.Stage.FAILED)


def report_of(pages: LoadPages, load: Load) -> StreamingHttpResponse:
    """What was said of each row, as a file."""
    notes: Iterator[LoadNote] = notes_of(load).iterator(chunk_size=2000)
    lines = report_lines(notes, subject=str(pages.row), explain=pages.explain)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="load-{load.key}.csv"'
    return response


def workbook_of(content: bytes, name: str) -> HttpResponse:
    """A workbook to take away."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@contextmanager
def kept_upload(file: "UploadedFile[bytes]", layout: Layout) -> Iterator[Path]:
    """Keep a file under its digest, once it is seen to be a table with headings like ours.

    Raises Unreadable.
    """
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix[:8]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        path = Path(kept.name)
        find_columns(path, layout, {})
        keep_file(path, digest_of(path))
        yield path


def _problem(pages: LoadPages, load: Load, seen: Preview) -> str:
    if seen.failure is not None:
        return explain_unreadable(seen.failure)
    if seen.missing:
        columns = ", ".join(pages.field_name(code) for code in seen.missing)
        return explain_failure("columns_missing", columns=columns)
    return explain_failure(load.failure) if load.failure else ""


def _counted(counts: Mapping[str, int], opened: frozenset[str]) -> Sequence[tuple[int, str, str]]:
    """The numbers of a load, each with its words and, where it opens rows, their address."""
    if not counts:
        return []
    return [(counts["rows"], _("rows"), "")] + [
        (
            counts[result],
            result_word(result, counts[result]),
            f"?result={result}#rows" if result in opened and counts[result] else "",
        )
        for result in RESULTS
    ]
