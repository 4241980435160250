"""Files of a report: put at a place, given out, taken out, all of them in one archive."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.http import receive, respond_with
from sinergia.base.files.models import StoredFile
from sinergia.base.tables.sent import streamed_file
from sinergia.base.ui.acting import is_done
from sinergia.grants.actions import reporting as actions
from sinergia.grants.actions.checking import SPENDINGS, is_place
from sinergia.grants.forms.reports import ReportFileForm
from sinergia.grants.http import kept_report, seen_report
from sinergia.grants.models import Report, ReportFile
from sinergia.grants.papers.report_archive import archive_of
from sinergia.grants.queries import reports as queries
from sinergia.grants.queries.handed_in import files_shown_to, shown_to, version_shown_to
from sinergia.grants.queries.lost import is_there
from sinergia.grants.views.reports import frame_of
from sinergia.grants.words import explain
from sinergia.grants.words.reports import names_in, place_said, place_url
from sinergia.people.http import SignedInRequest, for_signed_in

SPARE = 503  # it may be back: a restored disk, a bucket that answers again


@require_http_methods(["GET", "POST"])
@for_signed_in
def add(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put a file at the place that the address names."""
    report, now = kept_report(request, key, row), timezone.now()
    at = request.GET.get("at", "")
    if not at or at.startswith(SPENDINGS) or not is_place(report, at):
        raise Http404
    form = ReportFileForm(request.POST or None, receive(request, ReportFileForm, now=now))
    attach = partial(actions.attach, report, at, actor=request.user, now=now)
    if is_done(
        form, lambda: attach(form.cleaned_data["file"], form.cleaned_data["caption"]), explain
    ):
        messages.success(request, _("The file is added."))
        again = f"{request.path}?at={at}" if "again" in request.POST else ""
        return redirect(again or place_url(at, report))
    return _form_page(request, report, at, form)


@require_GET
@for_signed_in
def file(request: SignedInRequest, key: UUID, row: UUID, attached: UUID) -> HttpResponseBase:
    """A file of a report, for who sees it; a picture is shown."""
    report = seen_report(request, key, row)
    return given_out(
        request, report, _attached(files_shown_to(report, request.user), attached).file
    )


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID, row: UUID, attached: UUID) -> HttpResponse:
    """Take a file out, after asking once more."""
    report = kept_report(request, key, row)
    if not queries.is_open(report):
        raise Http404
    found = _attached(queries.files_of(report).select_related("report__grant"), attached)
    back = place_url(found.path, report)
    if request.method == "GET":
        context = frame_of(request, report) | {"attached": found, "back": back}
        return render(request, "grants/reports/remove_file.html", context)
    actions.take_off(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The file is taken out."))
    return redirect(back)


@require_GET
@for_signed_in
def archive(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """The whole report with its files, piece by piece: however much it is, little is held."""
    report = seen_report(request, key, row)
    told, version = shown_to(report, request.user), version_shown_to(report, request.user)
    pieces = archive_of(told, version=version, at=timezone.now())
    response = streamed_file(pieces, f"report-{report.key}.zip")
    response["Content-Encoding"] = "identity"  # it is packed already
    return response


def given_out(request: SignedInRequest, report: Report, kept: StoredFile) -> HttpResponseBase:
    """Give a file out; of one whose bytes are gone say so, and who can mend it."""
    if not is_there(kept):
        context = frame_of(request, report) | {"file": kept}
        return render(request, "grants/reports/lost.html", context, status=SPARE)
    return respond_with(kept, is_inline=True, asked=request.headers)


def _form_page(
    request: SignedInRequest, report: Report, at: str, form: ReportFileForm
) -> HttpResponse:
    told = queries.written(report)
    context = frame_of(request, report) | {
        "form": form,
        "place": place_said(at, names_in(told)),
        "back": place_url(at, report),
        "files": told.by_path.get(at, ()),
        "least": told.bounds.photos if at.startswith("events/") else 0,
    }
    status = 422 if form.is_bound else 200
    return render(request, "grants/reports/file.html", context, status=status)


def _attached(rows: Iterable[ReportFile], key: UUID) -> ReportFile:
    found = next((one for one in rows if one.key == key), None)
    if found is None:
        raise Http404
    return found
