"""Commitments side by side: of one visit on a board, of everything one may read in a list."""

from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import Order, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.exchange import access
from sinergia.exchange.forms.commitments import FIELDS, AskedForm
from sinergia.exchange.models import Commitment, Visit
from sinergia.exchange.papers.commitments import head, lines
from sinergia.exchange.queries import commitments as queries
from sinergia.exchange.queries.commitments import CommitmentFilter
from sinergia.exchange.queries.following import counts_of
from sinergia.exchange.views.reaching import committing_visit, crumbs_of, tabs_of, takers
from sinergia.exchange.words.commitments import card_of, columns_of, tabs_said
from sinergia.exchange.words.following import counts_said
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person

ORDER = Order("due_on")


@require_GET
@for_signed_in
def board(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The board of a delegation and of its home centre."""
    visit, today = committing_visit(request, key), timezone.localdate()
    rows = queries.board_of(visit)
    movable = _changeable(request.user, visit, rows) - queries.held_by_projects(visit)
    context = {
        "visit": visit,
        "columns": columns_of(rows, today=today, movable=movable),
        "number": len(rows),
        "is_cut": len(rows) == queries.MOST_ON_BOARD,
        "asked": counts_said(visit, counts_of(visit)),
        "may_take": bool(takers(visit, request.user)),
        "crumbs": crumbs_of(visit),
        "tabs": tabs_of(request, visit, "board"),
    }
    return render(request, "exchange/commitments/board.html", context)


@require_GET
@for_signed_in
def commitments(request: SignedInRequest) -> HttpResponse:
    """Everything that was taken home and that one may read, as the address asks."""
    asked, today = CommitmentFilter.from_query(request.GET.dict()), timezone.localdate()
    seen = queries.commitments_for(request.user)
    rows = queries.asked_for(seen, asked, reader=request.user, today=today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=ORDER, after=after, before=before)
    context = {
        "page": page,
        "cards": [card_of(one, today=today, may_change=False) for one in page.rows],
        "tabs": _tabs(request, seen, asked),
        "form": _form(seen, asked),
        "asked": asked,
        "is_set": any(name in asked.values for name in (*FIELDS, "mine")),
        "query": asked.to_query(),
    }
    return render(request, "exchange/commitments/list.html", context)


@require_GET
@for_signed_in
def export(request: SignedInRequest, form: str) -> HttpResponse:
    """Exactly the rows of the list that the address asks for, as a file."""
    if form not in TABLES:
        raise Http404
    asked, today = CommitmentFilter.from_query(request.GET.dict()), timezone.localdate()
    seen = queries.commitments_for(request.user)
    rows = ordered(queries.asked_for(seen, asked, reader=request.user, today=today), ORDER)
    told = lines(rows.iterator(chunk_size=500), today=today)
    return table_response(f"commitments.{form}", head(), told, sheet=_("Commitments"))


def _form(seen: QuerySet[Commitment], asked: CommitmentFilter) -> AskedForm:
    visits, owners = queries.visits_among(seen), queries.owners_among(seen)
    return AskedForm(asked, visits, owners, queries.organisations_among(seen))


def _tabs(
    request: SignedInRequest, seen: QuerySet[Commitment], asked: CommitmentFilter
) -> list[tuple[str, str, bool]]:
    """Each state with how many fit all that is asked beside it."""
    today = timezone.localdate()
    bare = asked.with_(state="", overdue="")
    beside = queries.asked_for(seen, bare, reader=request.user, today=today)
    counted = beside.order_by().values_list("state").annotate(number=Count("pk"))
    late = beside.filter(queries.overdue(today)).count()
    return tabs_said(asked, dict(counted), late)


def _changeable(person: Person, visit: Visit, rows: list[Commitment]) -> set[int]:
    """Which of a visit's rows a person may change, in a few questions for all of them."""
    if access.is_lead(person, visit) or access.is_home(person, visit):
        return {one.pk for one in rows}
    teams = queries.teams_of(person)
    return {
        one.pk
        for one in rows
        if one.delegate.person_id == person.pk or one.organisation_id in teams
    }
