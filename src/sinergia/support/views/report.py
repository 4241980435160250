"""What a centre did in a period: a page, XLSX, DOCX; the rows under each number."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_GET

from sinergia.base.tables.export import xlsx_bytes
from sinergia.base.tables.sent import file_response
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.support.forms.dictionaries import PeriodForm
from sinergia.support.papers import help as papers
from sinergia.support.papers import report as paper
from sinergia.support.queries.dictionaries import sources_of
from sinergia.support.queries.report import Report, ReportFilter, behind, page_of_rows, report_of
from sinergia.support.words.help import (
    behind_said,
    kept_said,
    numbers_said,
    period_said,
    periods_said,
    tables_said,
)

FILES = ("docx", "xlsx")


@require_GET
@for_staff
def report(request: StaffRequest) -> HttpResponse:
    """Contacts, minutes, different organisations and people; what was promised."""
    asked, sources = _asked(request), list(sources_of(request.centre))
    found = report_of(request.centre, sources, asked)
    context = {
        "asked": asked,
        "period": period_said(asked.since, asked.until),
        "tabs": periods_said(asked, today=timezone.localdate()),
        "form": PeriodForm(asked, sources),
        "numbers": numbers_said(found),
        "tables": tables_said(found) if found.whole.contacts else [],
        "kept": kept_said(found),
        "query": asked.to_query(),
    }
    return render(request, "support/help/report.html", context)


@require_GET
@for_staff
def report_file(request: StaffRequest, form: str) -> HttpResponse:
    """The same as a file."""
    if form not in FILES:
        raise Http404
    sources, now = list(sources_of(request.centre)), timezone.now()
    found = report_of(request.centre, sources, _asked(request))
    if form == "xlsx":
        rows = papers.report_lines(found, tables_said(found), kept_said(found))
        content = xlsx_bytes(papers.report_head(), rows, sheet=pgettext("help", "Report"))
    else:
        said = _said(request, found)
        content = paper.docx_of(said, language=get_language() or "ru", now=now)
    return file_response(content, f"help-report.{form}")


@require_GET
@for_staff
def behind_page(request: StaffRequest, of: str) -> HttpResponse:
    """The different organisations, people, groups, municipalities under a number."""
    asked, said = _asked(request), behind_said()
    if of not in said:
        raise Http404
    rows, at = behind(request.centre, asked, of), request.GET
    page = page_of_rows(rows, after=at.get("after", ""), before=at.get("before", ""))
    context = {
        "of": of,
        "title": said[of],
        "rows": [(one, asked.rows(**_row_filter(of, one.key)).to_query()) for one in page.rows],
        "page": page,
        "number": len(rows),
        "period": period_said(asked.since, asked.until),
        "query": asked.to_query(),
    }
    return render(request, "support/help/behind.html", context)


def _said(request: StaffRequest, found: Report) -> paper.ReportSaid:
    period = period_said(found.asked.since, found.asked.until)
    figures, tables, kept = numbers_said(found), tables_said(found), kept_said(found)
    return paper.ReportSaid(request.centre.organisation.name, period, figures, tables, kept)


def _asked(request: StaffRequest) -> ReportFilter:
    return ReportFilter.from_query(request.GET.dict(), today=timezone.localdate())


def _row_filter(of: str, key: str) -> dict[str, str]:
    columns = {"organisations": "organisation", "municipalities": "municipality"}
    return {columns.get(of, "client"): key} if of != "trainings" else {}
