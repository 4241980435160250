"""What came to a contest: the board, the list, the journal, each as a file; drafts in numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from sinergia.applications.forms.received import FIELDS, ReceivedForm, directions_said
from sinergia.applications.models import Submission
from sinergia.applications.papers import received as papers
from sinergia.applications.queries import received as queries
from sinergia.applications.queries.board import board_of, stages_of
from sinergia.applications.queries.received import ReceivedFilter
from sinergia.applications.words.board import (
    chips_said,
    drafts_said,
    tables_said,
    tabs_said,
    tiles_said,
)
from sinergia.applications.words.confirming import entered_said
from sinergia.applications.words.screening import with_due
from sinergia.base.tables.paging import Order, Page, Row, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.calls.http import in_zone_of, our_contest
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.projects.queries.projects import projects_of

NUMBER = Column("number", "number", gettext_lazy("Number"))
TITLE = Column("title", "title_folded", gettext_lazy("Title"))
OWNER = Column("organisation", "organisation__name_folded", gettext_lazy("Organisation"))
ASKED = Column("asked", "asked_minor", gettext_lazy("Sum asked"), is_descending=True, kind="num")
MOMENT = Column("submitted", "submitted_at", gettext_lazy("Submitted"), is_descending=True)
ENTRY = Column("entry", "entry", gettext_lazy("Entry"), kind="num")


@dataclass(frozen=True)
class Listed:
    """A list of submissions: where its rows come from, how they may be sorted."""

    rows: Callable[[Contest, ReceivedFilter], QuerySet[Submission]]
    columns: tuple[Column, ...]
    name: str  # of its file


CAME_IN = Listed(queries.submissions, (MOMENT, TITLE, NUMBER, OWNER, ASKED), "came-in")
JOURNAL = Listed(queries.entries, (ENTRY, NUMBER, MOMENT, OWNER, TITLE), "journal")


@require_GET
@for_staff
def came_in(request: StaffRequest, key: UUID) -> HttpResponse:
    """How a contest stands, and what came to it."""
    contest = our_contest(request, key)
    with in_zone_of(contest):
        context = _list(request, contest, CAME_IN, every=_("All in force"))
        context["rows"] = with_due(context["rows"], contest, context["rules"])
        is_told = set(request.GET) <= {"all"}
        now = timezone.now()
        board = board_of(contest, now=now) if is_told else None
        if board is not None:  # beside rows that were asked for it would stand in the way
            context |= {"tiles": tiles_said(board, contest), "counted_at": now}
            is_whole = "all" in request.GET
            told = tables_said(board, contest, context["directions"], is_whole=is_whole)
            context |= {"tables": told, "is_whole": is_whole}
        by_stage = board.by_stage if board is not None else stages_of(contest)
        context["tabs"] = tabs_said(by_stage, context["asked"])
        return render(request, "applications/screening/came_in.html", context)


@require_GET
@for_staff
def journal(request: StaffRequest, key: UUID) -> HttpResponse:
    """The journal of registration."""
    contest = our_contest(request, key)
    with in_zone_of(contest):
        context = _list(request, contest, JOURNAL, every=_("All of them"))
        context["rows"] = entered_said(context["rows"])
        return render(request, "applications/screening/journal.html", context)


@require_GET
@for_staff
def came_in_file(request: StaffRequest, key: UUID, form: str) -> HttpResponseBase:
    """Exactly the rows of the list that the address asks for, in its order, as a file."""
    return _file(request, our_contest(request, key), CAME_IN, form)


@require_GET
@for_staff
def journal_file(request: StaffRequest, key: UUID, form: str) -> HttpResponseBase:
    """Exactly the rows of the journal of registration that the address asks for, as a file."""
    return _file(request, our_contest(request, key), JOURNAL, form)


@require_GET
@for_staff
def drafts(request: StaffRequest, key: UUID) -> HttpResponse:
    """Drafts under a number of the board: those that are shared by name, the others without."""
    contest = our_contest(request, key)
    asked = ReceivedFilter.from_query(request.GET.dict()).of_draft
    rows = queries.drafts(contest, asked).select_related("organisation")
    page = _page(request, rows, Order("id", is_descending=True))
    readable = projects_of(request.user).filter(pk__in=[one.pk for one in page.rows])
    said = drafts_said(page.rows, asked, readable=readable.values_list("pk", flat=True))
    with in_zone_of(contest):
        chips = _chips(asked, _directions(contest), sort="")
        context = {"contest": contest, "page": page, "drafts": said, "asked": asked}
        context |= {"chips": chips, "query": asked.to_query()}
        return render(request, "applications/screening/drafts.html", context)


def _list(request: StaffRequest, contest: Contest, listed: Listed, *, every: str) -> dict[str, Any]:
    """The rows of a page, what its filter offers, the addresses that change it."""
    asked = ReceivedFilter.from_query(request.GET.dict())
    sorting = sorting_of(listed.columns, request.GET.get("sort", ""))
    sort = _sort(listed, sorting)
    page = _page(request, listed.rows(contest, asked).only("key"), sorting.order)
    kept = rules_of(contest)
    rules = kept.rules if kept is not None else None
    directions = dict(directions_said(rules))
    return {
        "contest": contest,
        "asked": asked,
        "page": page,
        "rows": queries.shown(page.rows),
        "rules": rules,
        "form": ReceivedForm(asked, rules, sort=sort, every=every),
        "directions": directions,
        "chips": _chips(asked, directions, sort=sort, beside=FIELDS),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
    }


def _file(request: StaffRequest, contest: Contest, listed: Listed, form: str) -> HttpResponseBase:
    if form not in TABLES:
        raise Http404
    asked = ReceivedFilter.from_query(request.GET.dict())
    sorting = sorting_of(listed.columns, request.GET.get("sort", ""))
    rows = ordered(queries.exported(listed.rows(contest, asked)), sorting.order)
    lines = papers.lines(rows.iterator(chunk_size=500), _directions(contest))
    with in_zone_of(contest):  # a moment is told by the clock of the contest
        return table_response(
            f"{listed.name}.{form}", papers.head(), lines, sheet=_("Applications")
        )


def _page(request: StaffRequest, rows: QuerySet[Row], order: Order) -> Page[Row]:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return page_of(rows, order=order, after=after, before=before)


def _chips(
    asked: ReceivedFilter, directions: Mapping[str, str], *, sort: str, beside: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """What is asked beside the form's fields, each with the address without it."""
    told = chips_said(asked, directions, queries.municipality_asked(asked), beside=beside)
    return [
        (words, "?" + asked.with_(**{name: ""}).to_query(sort=sort)) for name, words in told.items()
    ]


def _sort(listed: Listed, sorting: Sorting) -> str:
    """What an address has to say of the order: nothing where it is the usual one."""
    return "" if sorting == sorting_of(listed.columns, "") else sorting.query


def _directions(contest: Contest) -> dict[str, str]:
    kept = rules_of(contest)
    return dict(directions_said(kept.rules if kept is not None else None))
