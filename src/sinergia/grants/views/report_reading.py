"""A report to be read: plan against fact as a page, PDF, XLSX; what changed between versions."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import page_in
from sinergia.base.tables.sent import file_response, table_response
from sinergia.grants.http import seen_report
from sinergia.grants.papers.report import report_pdf
from sinergia.grants.papers.report_lists import money_head, money_lines
from sinergia.grants.queries import reports as queries
from sinergia.grants.queries.handed_in import shown_to, version_shown_to
from sinergia.grants.queries.reports import Written
from sinergia.grants.views.reports import frame_of
from sinergia.grants.words.report_fields import LABELS
from sinergia.grants.words.report_form import differs_said, planned_said
from sinergia.grants.words.report_versions import differences
from sinergia.grants.words.reports import VERDICT_KINDS
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries.naming import names_of


@require_GET
@for_signed_in
def read(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Plan against fact, to be read and printed."""
    report = seen_report(request, key, row)
    told = shown_to(report, request.user)
    context = (
        frame_of(request, report)
        | shown_of(told, request.GET)
        | {"frozen": version_shown_to(report, request.user)}
    )
    return render(request, "grants/reports/read.html", context)


@require_GET
@for_signed_in
def paper(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """The same as PDF."""
    report = seen_report(request, key, row)
    told, language = shown_to(report, request.user), get_language() or "ru"
    version = version_shown_to(report, request.user)
    content = report_pdf(told, version=version, language=language, at=timezone.now())
    return file_response(content, f"report-{report.key}.pdf")


@require_GET
@for_signed_in
def table(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Its payments as XLSX."""
    told = shown_to(seen_report(request, key, row), request.user)
    return table_response("report.xlsx", money_head(), money_lines(told), sheet=_("Payments"))


@require_GET
@for_signed_in
def versions(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """What was handed in each time, and what changed since the time before."""
    report = seen_report(request, key, row)
    rows = list(queries.versions_of(report))
    wanted = request.GET.get("version", "")
    chosen = next((one for one in rows if str(one.version) == wanted), rows[0] if rows else None)
    if chosen is None:
        raise Http404
    before = next((one for one in rows if one.version == chosen.version - 1), None)
    context = frame_of(request, report) | {
        "rows": rows,
        "chosen": chosen,
        "before": before,
        "changes": differences(before, chosen, shown_to(report, request.user)) if before else [],
        "names": names_of(one.by for one in rows),
    }
    return render(request, "grants/reports/versions.html", context)


def shown_of(told: Written, asked: Mapping[str, str]) -> dict[str, object]:
    """Plan against fact as pages show it; payments by pages. asked: of the address."""
    language = get_language() or "ru"
    names = {one.line.id: one.line.what or _("The whole sum") for one in told.compared.lines}
    return {
        "told": told,
        "events": [
            (
                one,
                planned_said(one, language),
                differs_said(one),
                told.by_path.get(f"events/{one.plan.id}", ()),
            )
            for one in told.compared.events
            if one.is_asked or one.fact.is_told
        ],
        "others": [(one, told.by_path.get(f"others/{one.id}", ())) for one in told.told.others],
        "results": [
            (one, told.by_path.get(f"results/{one.id}", ())) for one in told.compared.results
        ],
        "lines": told.compared.lines,
        **payments_shown(told, names, asked),
        "texts": [
            (name, LABELS[name], told.values.get(name, ""))
            for name in ("done", "outcome", "media", "money_note")
        ],
        "sums": _sums(told),
    }


def payments_shown(
    told: Written, names: Mapping[str, str], asked: Mapping[str, str]
) -> dict[str, object]:
    """A page of payments, each with what its line is called. names: of lines."""
    page = page_in(
        told.payments,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
        at=asked.get("at", ""),
    )
    rows = [(one, names.get(one.line, one.line), VERDICT_KINDS[one.verdict]) for one in page.rows]
    return {"payments": rows, "payments_page": page, "payments_total": len(told.payments)}


def _sums(told: Written) -> dict[str, int]:
    lines = told.compared.lines
    return {
        "agreed": sum(one.line.granted_minor for one in lines),
        "here": sum(one.here_minor for one in lines),
        "spent": sum(one.spent_minor for one in lines),
        "left": sum(one.left_minor for one in lines),
    }
