"""The report of a visit: read, printed, had as DOCX and PDF; its texts, each version kept."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, is_done
from sinergia.exchange import access
from sinergia.exchange.actions.reports import save_report
from sinergia.exchange.forms.feedback import ReportForm, report_initial
from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import ReportVersion, Visit
from sinergia.exchange.papers.report import docx_of, pdf_of
from sinergia.exchange.queries import reports as queries
from sinergia.exchange.views.reaching import (
    crumbs_of,
    prepared_visit,
    renew_clashes,
    tabs_of,
)
from sinergia.exchange.words import explain
from sinergia.exchange.words.reports import report_said, spent_typed
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries import names_of

VERSIONS_SHOWN = 50


@require_GET
@for_signed_in
def report(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The whole report, to be read and printed."""
    visit = inside_visit(request, key)
    is_ours = access.may_prepare(request.user, visit)
    context = {
        "visit": visit,
        "report": _said(visit, is_ours=is_ours),
        "may_write": is_ours,
        "crumbs": crumbs_of(visit),
        "tabs": tabs_of(request, visit, "report"),
    }
    return render(request, "exchange/report/report.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def write(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write around the facts; what stood there before is kept."""
    visit = prepared_visit(request, key)
    last = queries.latest_report(visit)
    initial = report_initial(last, spent_typed(last))
    form = ReportForm(visit, request.POST or None, initial=initial)
    if is_done(form, partial(_save, request, visit, form), explain):
        messages.success(request, _("The report is saved."))
        return redirect("commitments:report", key)
    renew_clashes(form)
    context = {"visit": visit, "versions": _versions(visit), "crumbs": crumbs_of(visit)}
    return form_page(request, "exchange/report/write.html", form, **context)


@require_GET
@for_signed_in
def version(request: SignedInRequest, key: UUID, number: str) -> HttpResponse:
    """What was written at an earlier time."""
    visit = prepared_visit(request, key)
    found = queries.report_numbered(visit, number)
    if found is None:
        raise Http404
    context = {"visit": visit, "version": found, "crumbs": crumbs_of(visit)}
    return render(request, "exchange/report/version.html", context)


@require_GET
@for_signed_in
def docx(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The report for an office program, in the reader's language, with its checksum."""
    visit, language = inside_visit(request, key), get_language() or "ru"
    said = _said(visit, is_ours=access.may_prepare(request.user, visit))
    content = docx_of(said, language=language, now=timezone.now())
    return file_response(content, "visit-report.docx")


@require_GET
@for_signed_in
def pdf(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The same as PDF, to be handed on."""
    visit, language = inside_visit(request, key), get_language() or "ru"
    said = _said(visit, is_ours=access.may_prepare(request.user, visit))
    content = pdf_of(said, language=language, now=timezone.now())
    return file_response(content, "visit-report.pdf")


def _versions(visit: Visit) -> list[tuple[ReportVersion, str]]:
    """Earlier versions, each with who wrote it."""
    rows = list(queries.reports_of(visit)[:VERSIONS_SHOWN])
    names = names_of(one.by for one in rows)
    return [(one, names.get(one.by, "")) for one in rows]


def _said(visit: Visit, *, is_ours: bool) -> queries.ReportSaid:
    facts = queries.facts_of(visit, is_ours=is_ours)
    return report_said(facts, queries.latest_report(visit))


def _save(request: SignedInRequest, visit: Visit, form: ReportForm) -> None:
    now, seen = timezone.now(), form.seen() or None
    save_report(visit, form.told(), actor=request.user, now=now, seen=seen)
