"""Pages on which a fund's file is loaded: offered, looked at, watched, reported."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.actions.loads import KIND, RESULTS, offer_grants, start_load
from sinergia.applications.forms.loads import FIELD_NAMES, ColumnsForm, OfferForm
from sinergia.applications.reading.preview import Preview, check_table, preview_of
from sinergia.applications.words import explain, report_lines, result_word
from sinergia.base.tables.actions import digest_of, keep_file, kept_file
from sinergia.base.tables.export import xlsx_bytes
from sinergia.base.tables.models import Load
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.tables.queries import loads_of, notes_of
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.words import explain_failure, explain_unreadable
from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.models import Fund
from sinergia.calls.queries import fund_by, funds
from sinergia.people.http import SignedInRequest, for_administrators, is_fragment


@require_GET
@for_administrators
def loads(request: SignedInRequest) -> HttpResponse:
    """Every file that was loaded or waits to be."""
    page = page_of(
        loads_of(KIND),
        order=Order("offered_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "applications/loads.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_administrators
def offer(request: SignedInRequest) -> HttpResponse:
    """Take a file in and show what it holds; nothing is loaded yet."""
    form = OfferForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            load = _take_in(form.cleaned_data["file"], form.cleaned_data["fund"], request)
        except Unreadable as fault:
            form.add_error("file", explain_unreadable(fault))
        else:
            return redirect("applications:load", load.key)
    context = {"form": form, "funds": funds()}
    status = 422 if form.is_bound else 200
    return render(request, "applications/offer.html", context, status=status)


@require_GET
@for_administrators
def template(request: SignedInRequest) -> HttpResponse:
    """Our own empty table, for those who have none."""
    response = HttpResponse(
        xlsx_bytes([str(name) for name in FIELD_NAMES.values()], [], sheet=_("Applications")),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = 'attachment; filename="applications.xlsx"'
    return response


@require_GET
@for_administrators
def load(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A load as it stands: its columns before, its progress during, its report after."""
    found = get_object_or_404(loads_of(KIND), key=key)
    if is_fragment(request):
        context = _state(found) | {"is_fragment": True}
        return render(request, "applications/_load_state.html", context)
    if _is_open(found) and not found.rows_done:
        return _offered(request, found)
    return _begun(request, found)


@require_POST
@for_administrators
def start(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Look again with other columns, or begin."""
    found = get_object_or_404(loads_of(KIND), key=key)
    if found.rows_done:
        return _go_on(request, found)
    seen = preview_of(kept_file(found.file_digest), found.mapping, _fund_of(found))
    form = ColumnsForm(seen.labels, seen.mapping, request.POST)
    if not form.is_valid():
        return _offered(request, found, form=form, status=422)
    if "look" in request.POST:
        return _offered(request, found, mapping=form.mapping())
    start_load(found, form.mapping(), headings=seen.digest, actor=request.user, now=timezone.now())
    return redirect("applications:load", found.key)


@require_GET
@for_administrators
def report(request: SignedInRequest, key: UUID) -> StreamingHttpResponse:
    """What was said of each row, as a file."""
    found = get_object_or_404(loads_of(KIND), key=key)
    lines = report_lines(notes_of(found).iterator(chunk_size=2000))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="load-{found.key}.csv"'
    return response


def _take_in(file: "UploadedFile[bytes]", fund: str, request: SignedInRequest) -> Load:
    """Keep the file under its digest, looking first whether it is a table of applications."""
    name = file.name or ""
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix[:8]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        path = Path(kept.name)
        check_table(path)
        keep_file(path, digest_of(path))
        now = timezone.now()
        return offer_grants(path, fund, file_name=name, mapping={}, actor=request.user, now=now)


def _is_open(found: Load) -> bool:
    """Whether nobody runs a load or is about to."""
    return found.stage in (Load.Stage.OFFERED, Load.Stage.FAILED)


def _go_on(request: SignedInRequest, found: Load) -> HttpResponse:
    """Take a load up again where it broke off, with the columns it began with."""
    start_load(found, found.mapping, headings="", actor=request.user, now=timezone.now())
    return redirect("applications:load", found.key)


def _fund_of(found: Load) -> Fund:
    """The fund of a load; one that is not made yet stands in by its code."""
    return fund_by(found.subject) or Fund(code=found.subject, name_ru=found.subject)


def _offered(
    request: SignedInRequest,
    found: Load,
    *,
    form: ColumnsForm | None = None,
    mapping: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    fund = _fund_of(found)
    seen = preview_of(kept_file(found.file_digest), mapping or found.mapping, fund)
    context = {
        "load": found,
        "fund": fund,
        "seen": seen,
        "form": form or ColumnsForm(seen.labels, seen.mapping),
        "names": [FIELD_NAMES.get(code, code.lstrip("+")) for code in seen.columns],
        "problem": _problem(found, seen),
        "tiles": _tiles(seen.counts, is_open=False),
        "notes": [(note, explain(note.code)) for note in seen.notes],
    }
    return render(request, "applications/load_offered.html", context, status=status)


def _problem(found: Load, seen: Preview) -> str:
    if seen.failure is not None:
        return explain_unreadable(seen.failure)
    if seen.missing:
        columns = ", ".join(str(FIELD_NAMES[code]) for code in seen.missing)
        return explain_failure("columns_missing", columns=columns)
    return explain_failure(found.failure) if found.failure else ""


def _begun(request: SignedInRequest, found: Load) -> HttpResponse:
    result = request.GET.get("result", "")
    asked = (result,) if result in ("word", *RESULTS) else ("word", "queued", "refused")
    page = page_of(
        notes_of(found, *asked).order_by(),
        order=Order("row"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=50,
    )
    context = _state(found) | {
        "fund": _fund_of(found),
        "page": page,
        "notes": [(note, explain(note.code), result_word(note.result)) for note in page.rows],
        "result": result,
        "query": f"result={result}" if result else "",
    }
    return render(request, "applications/load.html", context)


def _state(found: Load) -> dict[str, object]:
    """What the part of the page that renews itself shows."""
    return {
        "load": found,
        "is_under_way": found.stage in (Load.Stage.RUNNING, Load.Stage.PROMISED),
        "is_broken_off": _is_open(found),
        "problem": explain_failure(found.failure) if found.failure else "",
        "tiles": _tiles(found.counts, is_open=True),
    }


def _tiles(counts: Mapping[str, int], *, is_open: bool) -> list[Tile]:
    """The numbers of a load; once it has begun, those that ask for something open their rows."""
    if not counts:
        return []
    opened = {"queued", "refused"}
    return [Tile(count(counts["rows"]), _("rows"))] + [
        Tile(
            count(counts[result]),
            result_word(result, counts[result]),
            f"?result={result}#rows" if is_open and result in opened and counts[result] else "",
        )
        for result in RESULTS
    ]
