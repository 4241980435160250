"""What the pages of loads show, whatever kind of file it is: the rooms add whose and what for."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sinergia.base.tables.actions import digest_of, keep_file
from sinergia.base.tables.files import Layout, Preview, find_columns
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.tables.parts import ANY, LoadedRow, page_of_rows
from sinergia.base.tables.queries import is_at_rest, notes_of, notes_on, warnings_of
from sinergia.base.tables.results import RESULTS
from sinergia.base.tables.sent import streamed_file
from sinergia.base.tables.words import (
    SaidNote,
    Wording,
    explain_failure,
    explain_unreadable,
    notes_said,
    report_lines,
    result_word,
)

ROWS_ON_A_PAGE = 50
WORD = "word"  # asks for words of the file that mean nothing to us
Addresses: TypeAlias = Callable[[Load, Sequence[str]], Mapping[str, str]]


def nowhere(load: Load, subjects: Sequence[str]) -> dict[str, str]:
    """Rows that have no pages of their own."""
    return {}


def as_coded(subjects: Sequence[str]) -> dict[str, str]:
    """What loads are about is called by its code."""
    return {}


@dataclass(frozen=True)
class LoadPages:
    """The pages of one kind of load.

    names: of the addresses `loads`, `offer`, `template`, `load`, `start` and `report`.
    subject: what a file is about; subjects: names for the codes of such.
    found: for what rows are about, by {subject of a row: address}.
    """

    layout: Layout
    names: Mapping[str, str]
    wording: Wording
    subject: str | Promise
    subjects: Callable[[Sequence[str]], Mapping[str, str]] = as_coded
    found: Addresses = nowhere

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
        return str(self.wording.fields.get(code, code.lstrip("+")))


@dataclass(frozen=True)
class Listed:
    """A load in the list. name: what it is about; counts: numbers with the addresses of rows."""

    load: Load
    url: str
    name: str
    counts: Sequence[tuple[str, int, str]]


@dataclass(frozen=True)
class ShownRow:
    """A row of a file: what became of it, and everything that was said of it."""

    row: LoadedRow
    url: str
    result: str
    notes: Sequence[SaidNote]


def list_shown(pages: LoadPages, loads: QuerySet[Load], request: HttpRequest) -> dict[str, object]:
    """Loads, newest first."""
    page = page_of(
        loads,
        order=Order("offered_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    names = pages.subjects([load.subject for load in page.rows])
    return {
        "page": page,
        "loads": [_listed(pages, load, names) for load in page.rows],
        "addresses": pages.addresses(),
        "subject_label": pages.subject,
    }


def _listed(pages: LoadPages, load: Load, names: Mapping[str, str]) -> Listed:
    url = reverse(pages.names["load"], args=[load.key])
    columns = ((_("Rows"), ANY), (_("Await a person"), "queued"), (_("Refused"), "refused"))
    counts = [
        (label, number, f"{url}{_opening(result)}" if number else "")
        for label, result in columns
        for number in [load.counts.get(result, 0)]
    ]
    return Listed(load, url, names.get(load.subject, load.subject), counts)


def offered_shown(pages: LoadPages, load: Load, seen: Preview) -> dict[str, object]:
    """A file that waits to be loaded: its columns, its first rows, what would come of it."""
    return {
        "load": load,
        "seen": seen,
        "names": [pages.field_name(code) for code in seen.columns],
        "problem": _problem(pages, load, seen),
        "counted": [(number, words, "") for number, words, _url in _counted(seen.counts)],
        "notes": notes_said(seen.notes, pages.wording),
        "addresses": pages.addresses(load),
    }


def begun_shown(pages: LoadPages, load: Load, request: HttpRequest) -> dict[str, object]:
    """A load that was begun: how far it is; what to look at, or the rows that were asked for."""
    result = request.GET.get("result", "")
    is_known = result in (ANY, WORD, *RESULTS)
    shown = _rows_shown if result in (ANY, *RESULTS) else _notes_shown
    return (
        state_shown(pages, load)
        | shown(pages, load, request)
        | {
            "query": f"result={result}" if is_known else "",
            "row_label": pages.wording.row,
        }
    )


def _notes_shown(pages: LoadPages, load: Load, request: HttpRequest) -> dict[str, object]:
    """Words of the file, or everything that somebody should look at, a note a line."""
    is_words = request.GET.get("result") == WORD
    page = page_of(
        (notes_of(load, WORD) if is_words else warnings_of(load)).order_by(),
        order=Order("row"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=ROWS_ON_A_PAGE,
    )
    notes = [(said, result_word(said.note.result)) for said in notes_said(page.rows, pages.wording)]
    return {"page": page, "notes": notes}


def _rows_shown(pages: LoadPages, load: Load, request: HttpRequest) -> dict[str, object]:
    """Rows of one result, or all of them, each with everything that was said of it."""
    page = page_of_rows(
        load,
        request.GET["result"],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=ROWS_ON_A_PAGE,
    )
    notes = notes_on(load, [one.row for one in page.rows])
    said = {
        one.note.pk: one
        for one in notes_said([note for some in notes.values() for note in some], pages.wording)
    }
    urls = pages.found(load, [one.subject for one in page.rows if one.subject])
    rows = [
        ShownRow(
            row=one,
            url=urls.get(one.subject, ""),
            result=result_word(one.result),
            notes=[said[note.pk] for note in notes.get(one.row, [])],
        )
        for one in page.rows
    ]
    asked = request.GET["result"]
    name = "" if asked == ANY else result_word(asked, load.counts.get(asked, 0))
    return {"page": page, "rows": rows, "asked": asked, "asked_name": name}


def state_shown(pages: LoadPages, load: Load) -> dict[str, object]:
    """What the part of the page that renews itself shows."""
    is_broken = is_open(load)
    return {
        "load": load,
        "is_under_way": load.stage in (Load.Stage.RUNNING, Load.Stage.PROMISED) and not is_broken,
        "is_broken_off": is_broken,
        "problem": explain_failure(load.failure) if load.failure else "",
        "counted": _counted(load.counts),
        "addresses": pages.addresses(load),
    }


def is_open(load: Load) -> bool:
    """Whether nobody runs a load or is about to."""
    return is_at_rest(load, now=timezone.now())


def report_of(pages: LoadPages, load: Load) -> StreamingHttpResponse:
    """What was said of each row, as a file."""
    notes: Iterator[LoadNote] = notes_of(load).iterator(chunk_size=2000)
    lines = report_lines(notes, pages.wording)
    return streamed_file(lines, f"load-{load.key}.csv")


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
    if not seen.rows:
        return explain_failure("no_rows")
    return explain_failure(load.failure) if load.failure else ""


def _counted(counts: Mapping[str, int]) -> Sequence[tuple[int, str, str]]:
    """The numbers of a load, each with its words and, where there are any, its rows' address."""
    if not counts:
        return []
    words = {ANY: _("rows")} | {one: result_word(one, counts[one]) for one in RESULTS}
    return [
        (counts[one], said, _opening(one) if counts[one] else "") for one, said in words.items()
    ]


def _opening(result: str) -> str:
    return f"?result={result}#rows"
