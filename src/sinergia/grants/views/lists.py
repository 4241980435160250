"""Grants of a centre and of an organisation; awards that wait to be begun."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, sorting_of
from sinergia.base.ui.acting import is_done
from sinergia.engine.money import as_typed
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import may_begin, run_at
from sinergia.grants.actions import beginning
from sinergia.grants.forms.money import GrantsForm
from sinergia.grants.forms.signing import WonForm
from sinergia.grants.models import Grant
from sinergia.grants.papers import lists as papers
from sinergia.grants.queries import awaiting as waiting
from sinergia.grants.queries import grants as queries
from sinergia.grants.queries import listing
from sinergia.grants.queries.listing import GrantFilter
from sinergia.grants.words import explain
from sinergia.grants.words.grant import KINDS
from sinergia.grants.words.lists import chips_said, tabs_said
from sinergia.organisations.http import (
    StaffRequest,
    capacities,
    chosen_capacity,
    for_staff,
    found_by,
)
from sinergia.organisations.queries.roles import within
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.models import Award

COLUMNS = (
    Column("made", "id", gettext_lazy("Project"), is_descending=True),
    Column("organisation", "organisation__name_folded", gettext_lazy("Organisation")),
    Column("sum", "sum_minor", gettext_lazy("Sum"), is_descending=True, kind="num"),
    Column("sign_by", "sign_by", gettext_lazy("To be signed by")),
    Column("ends", "ends_on", gettext_lazy("Ends")),
)


@require_GET
@for_staff
def grants(request: StaffRequest) -> HttpResponse:
    """Grants that the centre sees, as the address asks."""
    asked = GrantFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    seen, today = queries.grants_of(request.centre), timezone.localdate()
    mine = run_at(request.user, request.centre)
    rows = listing.asked_of(seen, asked, mine=mine, today=today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(listing.with_paid(rows), order=sorting.order, after=after, before=before)
    others = listing.asked_of(seen, asked.with_(stage="", term=""), mine=mine, today=today)
    context = _list(asked, sort, seen, listing.counts_of(others, today=today)) | {
        "page": page,
        "rows": [(one, KINDS[one.stage]) for one in page.rows],  # type: ignore[index]  # its values
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
    }
    return render(request, "grants/list.html", context)


@require_GET
@for_staff
def export(request: StaffRequest, form: str) -> HttpResponse:
    """Exactly the grants that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    asked = GrantFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    seen = queries.grants_of(request.centre)
    mine = run_at(request.user, request.centre)
    rows = listing.asked_of(seen, asked, mine=mine, today=timezone.localdate())
    return _file(rows, sorting.order, form)


@require_http_methods(["GET", "POST"])
@for_staff
def awaiting(request: StaffRequest) -> HttpResponse:
    """Grants that were won and are not begun: one by one, or all of them."""
    if request.method == "POST":
        return _begun(request, list(waiting.awaiting(request.centre, request.user)))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = waiting.awaiting(request.centre, request.user)
    order = sorting_of(COLUMNS, "").order
    page = page_of(rows, order=order, after=after, before=before)
    return render(request, "grants/awaiting.html", {"page": page, "rows": page.rows})


@require_GET
@for_signed_in
def ours(request: SignedInRequest) -> HttpResponse:
    """The way from the menu to the grants of the organisation for which one acts."""
    chosen = chosen_capacity(request)
    mine = [one for one in (chosen, *capacities(request)) if one is not None and one.is_team]
    if not mine:
        raise Http404
    return redirect("grants:own", mine[0].key)


@require_GET
@for_signed_in
def own(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Grants of an organisation, for its people and its centre; wins elsewhere to be begun."""
    organisation = found_by(within(request.user), key)
    seen = queries.grants_for(request.user).filter(organisation=organisation)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = sorting_of(COLUMNS, "").order
    page = page_of(listing.with_paid(seen), order=order, after=after, before=before)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [(one, KINDS[one.stage]) for one in page.rows],  # type: ignore[index]  # its values
        "wins": list(waiting.won_elsewhere(organisation)[:50]),
    }
    return render(request, "grants/own.html", context)


@require_GET
@for_signed_in
def own_export(request: SignedInRequest, key: UUID, form: str) -> HttpResponse:
    """The same grants as a file."""
    if form not in TABLES:
        raise Http404
    organisation = found_by(within(request.user), key)
    seen = queries.grants_for(request.user).filter(organisation=organisation)
    return _file(seen, sorting_of(COLUMNS, "").order, form)


@require_http_methods(["GET", "POST"])
@for_signed_in
def begin(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Begin a grant that was won elsewhere."""
    won = waiting.application_keyed(key)
    if won is None or not may_begin(request.user, won):
        raise Http404
    initial = (
        {"sum": as_typed(won.awarded_minor, currency=won.currency)} if won.awarded_minor else {}
    )
    form = WonForm(won.currency, request.POST or None, initial=initial)
    act = partial(beginning.begin_elsewhere, won, actor=request.user, now=timezone.now())
    made: list[Any] = []
    if is_done(form, lambda: made.append(act(form.won())), explain):
        messages.success(request, _("The grant is begun."))
        return redirect("grants:grant", made[0].key)
    context = {"application": won, "form": form}
    return render(request, "grants/begin.html", context, status=422 if form.is_bound else 200)


def _list(
    asked: GrantFilter,
    sort: str,
    seen: Any,  # noqa: ANN401  # a QuerySet
    counts: Mapping[str, int],
) -> dict[str, object]:
    chips = chips_said(asked)
    return {
        "asked": asked,
        "tabs": tabs_said(counts, asked),
        "form": GrantsForm(asked, listing.choices_of(seen), sort=sort),
        "chips": [
            (said, "?" + asked.with_(**{name: ""}).to_query(sort=sort)) for name, said in chips
        ],
        "query": asked.to_query(sort=sort),
    }


def _file(rows: QuerySet[Grant], order: Order, form: str) -> HttpResponse:
    told = ordered(listing.with_paid(rows), order).iterator(chunk_size=500)
    head, lines = papers.grants_head(), papers.grants_lines(told)
    return table_response(f"grants.{form}", head, lines, sheet=_("Grants"))


def _begun(request: StaffRequest, rows: list[Award]) -> HttpResponse:
    """Begin those that were chosen; what keeps one from it is told of that one."""
    wanted = request.POST.get("award", "")
    made, left = 0, []
    for one in rows if not wanted else [one for one in rows if str(one.key) == wanted]:
        try:
            beginning.begin_grant(one, actor=request.user, now=timezone.now())
            made += 1
        except Refused as refusal:
            left.append((one, refusal.gaps))
    if made:
        words = ngettext("%(number)s grant is begun.", "%(number)s grants are begun.", made)
        messages.success(request, words % {"number": made})
    for one, gaps in left[:20]:
        messages.error(request, _refusal_said(one, gaps))
    return redirect("grants:awaiting" if left or not made else "grants:list")


def _refusal_said(award: Award, gaps: list[Gap]) -> str:
    told = " ".join(explain(gap) for gap in gaps)
    return f"{award.examination.submission.shown_number}: {told}"
