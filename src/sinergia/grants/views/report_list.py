"""The list of reports for staff: due, being checked, late; as a page and as a file."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, sorting_of
from sinergia.grants.access import run_at
from sinergia.grants.forms.report_list import ReportsForm
from sinergia.grants.models import Report
from sinergia.grants.papers import report_lists as papers
from sinergia.grants.queries import report_listing as listing
from sinergia.grants.queries.report_listing import ReportFilter
from sinergia.grants.words.report_lists import tabs_said
from sinergia.grants.words.reports import kind_of, title_of
from sinergia.organisations.http import StaffRequest, for_staff

COLUMNS = (
    Column("due", "due_on", gettext_lazy("Due")),
    Column("organisation", "grant__organisation__name_folded", gettext_lazy("Organisation")),
    Column("submitted", "submitted_at", gettext_lazy("Handed in"), is_descending=True),
)


@require_GET
@for_staff
def reports(request: StaffRequest) -> HttpResponse:
    """Reports of grants that the centre sees, as the address asks."""
    asked, today = ReportFilter.from_query(request.GET.dict()), timezone.localdate()
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    rows = _found(request, asked, today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    others = _found(request, asked.with_(state=""), today)
    context = _above(asked, sort, listing.counts_of(others, today=today)) | {
        "page": page,
        "rows": _shown(page.rows, today),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
    }
    return render(request, "grants/reports/list.html", context)


@require_GET
@for_staff
def export(request: StaffRequest, form: str) -> HttpResponse:
    """Exactly the reports that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    rows = _found(request, ReportFilter.from_query(request.GET.dict()), timezone.localdate())
    order = sorting_of(COLUMNS, request.GET.get("sort", "")).order
    lines = papers.reports_lines(ordered(rows, order).iterator(chunk_size=500))
    return table_response(f"reports.{form}", papers.reports_head(), lines, sheet=_("Reports"))


def _found(request: StaffRequest, asked: ReportFilter, today: date) -> QuerySet[Report]:
    """Reports that are asked for, of those that the centre sees."""
    seen, mine = listing.reports_seen(request.centre), run_at(request.user, request.centre)
    return listing.asked_of(seen, asked, mine=mine, today=today)


def _shown(rows: Sequence[Report], today: date) -> list[tuple[Report, str, str, int | None]]:
    """Reports with what each is called, how it stands, and what its payments come to."""
    sums = listing.sums_of(rows)
    return [(one, title_of(one), kind_of(one, today=today), sums.get(one.pk)) for one in rows]


def _above(asked: ReportFilter, sort: str, counts: Mapping[str, int]) -> dict[str, object]:
    """What stands above the rows."""
    return {
        "asked": asked,
        "query": asked.to_query(sort=sort),
        "form": ReportsForm(asked, sort=sort),
        "tabs": tabs_said(counts, asked),
    }
