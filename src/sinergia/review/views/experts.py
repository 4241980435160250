"""The list of a contest's experts, for those who run it, and its files."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.review.forms.experts import ListForm
from sinergia.review.http import hidden_here, run_contest
from sinergia.review.papers import experts as papers
from sinergia.review.queries.expert_list import (
    Counted,
    ExpertFilter,
    alike_among,
    everybody,
    listed,
    page_among,
    paid,
    read_codes,
)
from sinergia.review.queries.invitations import open_links
from sinergia.review.words.experts import directions_said, rows_said

COLUMNS = (
    Column("name", "name", gettext_lazy("Name")),
    Column("most", "most", gettext_lazy("At most"), is_descending=True, kind="num"),
    Column("given", "given", gettext_lazy("Given"), is_descending=True, kind="num"),
    Column("signed", "signed", gettext_lazy("Signed"), is_descending=True, kind="num"),
)


@require_GET
@for_staff
def experts(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who reads applications of a contest, who was invited, who declined."""
    contest, now = run_contest(request, key), timezone.now()
    asked, sorting = _asked(request)
    hidden = hidden_here(request, contest)
    every = everybody(contest, hidden)
    rows = _sorted(every, asked, sorting)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page, directions = page_among(rows, after=after, before=before), directions_said(contest)
    links, alike = open_links(page.rows, now=now), alike_among(one.expert for one in every)
    there = {one.pk for one in page.rows}
    shown = [one for one in rows if one.expert.pk in there]
    said = list(rows_said(shown, directions, alike=alike, links=links))
    context = {"contest": contest, "asked": asked, "page": page, "rows": said}
    context["is_whole"] = not hidden
    context |= _around(asked, sorting, directions)
    return render(request, "review/experts/list.html", context)


@require_GET
@for_staff
def experts_file(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """Exactly the rows of the list that the address asks for, in its order, as a file."""
    contest = run_contest(request, key)
    if form not in TABLES:
        raise Http404
    rows = _sorted(everybody(contest, hidden_here(request, contest)), *_asked(request))
    head, lines = papers.list_head(), papers.list_lines(rows, directions_said(contest))
    return table_response(f"experts.{form}", head, lines)


@require_GET
@for_staff
def sheets_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """Signed sheets by expert, for whoever pays for them: whole, so for who sees all of them."""
    contest = run_contest(request, key)
    if hidden_here(request, contest):
        raise Http404
    zone = ZoneInfo(contest.time_zone)
    lines = papers.account_lines(paid(contest), read_codes(contest), zone)
    return table_response(
        "sheets-of-experts.xlsx", papers.account_head(), lines, sheet=_("Sheets of experts")
    )


def _asked(request: StaffRequest) -> tuple[ExpertFilter, Sorting]:
    asked = ExpertFilter.from_query(request.GET.dict())
    return asked, sorting_of(COLUMNS, request.GET.get("sort", ""))


def _sorted(rows: list[Counted], asked: ExpertFilter, sorting: Sorting) -> list[Counted]:
    return listed(rows, asked, sorting.asked.name, is_descending=sorting.is_descending)


def _around(asked: ExpertFilter, sorting: Sorting, directions: dict[str, str]) -> dict[str, object]:
    """The filter, and the addresses that sort."""
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    return {
        "form": ListForm(asked, directions, sort=sort),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
    }
