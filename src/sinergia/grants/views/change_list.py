"""The list of requests for changes for staff, as a page and as a file."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, sorting_of
from sinergia.grants.access import run_at
from sinergia.grants.forms.changes import ChangesForm
from sinergia.grants.models import Change
from sinergia.grants.papers import lists as papers
from sinergia.grants.queries.changes import changes_seen
from sinergia.grants.queries.changing import ChangeFilter, asked_of, counts_of
from sinergia.grants.words.changes import KINDS
from sinergia.grants.words.lists import change_tabs_said
from sinergia.organisations.http import StaffRequest, for_staff

COLUMNS = (
    Column("sent", "sent_at", gettext_lazy("Sent"), is_descending=True),
    Column("project", "grant__application__title_folded", gettext_lazy("Project")),
)


@require_GET
@for_staff
def all_changes(request: StaffRequest) -> HttpResponse:
    """Requests about grants that the centre sees, as the address asks."""
    asked = ChangeFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    seen = changes_seen(request.centre)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    mine = run_at(request.user, request.centre)
    rows = asked_of(seen, asked, mine=mine)
    page = page_of(rows, order=sorting.order, after=after, before=before)
    context = _list(asked, sort, counts_of(asked_of(seen, asked.with_(stage=""), mine=mine))) | {
        "page": page,
        "rows": [(one, KINDS[Change.Stage(one.stage)]) for one in page.rows],
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
    }
    return render(request, "grants/changes/all.html", context)


@require_GET
@for_staff
def export_changes(request: StaffRequest, form: str) -> HttpResponse:
    """Exactly the requests that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    asked = ChangeFilter.from_query(request.GET.dict())
    mine = run_at(request.user, request.centre)
    rows = asked_of(changes_seen(request.centre), asked, mine=mine)
    order = sorting_of(COLUMNS, request.GET.get("sort", "")).order
    lines = papers.changes_lines(ordered(rows, order).iterator(chunk_size=500))
    return table_response(
        f"changes.{form}", papers.changes_head(), lines, sheet=_("Changes of plans")
    )


def _list(asked: ChangeFilter, sort: str, counts: Mapping[str, int]) -> dict[str, object]:
    return {
        "asked": asked,
        "form": ChangesForm(asked, sort=sort),
        "tabs": change_tabs_said(counts, asked),
        "query": asked.to_query(sort=sort),
    }
