"""The journey of an organisation, and how far the organisations of a centre have come."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.insights.organisation.forms import JourneyForm
from sinergia.insights.organisation.queries.journey import (
    STEPS,
    JourneyFilter,
    funnel,
    journey_of,
    journeys,
)
from sinergia.insights.organisation.words import journey as words
from sinergia.organisations.http import StaffRequest, capacities, for_staff, found_by
from sinergia.organisations.queries.roles import within
from sinergia.people.http import SignedInRequest, for_signed_in

COLUMNS = (
    Column("name", "name_folded", gettext_lazy("Organisation")),
    Column("steps", "steps", gettext_lazy("Steps"), kind="num", is_descending=True),
)


@require_GET
@for_signed_in
def journey(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What happened with an organisation, on one line of time: for its people and its centre."""
    organisation = found_by(within(request.user), key)
    events, kind = journey_of(organisation, request.user), request.GET.get("kind", "")
    kind = kind if kind in STEPS else ""
    shown = [one for one in events if not kind or one.step == kind]
    centres = {one.place_id for one in capacities(request) if one.is_staff}
    context = {
        "organisation": organisation,
        "years": words.years_of(shown, centres),
        "kinds": words.kinds_of(events, reverse("organisations:journey", args=[key]), kind),
        "kind": kind,
        "is_staff": bool(centres),
    }
    return render(request, "organisations/journey.html", context)


@require_GET
@for_staff
def listing(request: StaffRequest) -> HttpResponse:
    """How far each organisation of the centre has come; each number opens its rows."""
    asked, sorting = _asking(request)
    rows = journeys(request.centre, asked)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    context = _narrowed(asked, sorting) | {
        "page": page,
        "rows": [(one, words.reached(one)) for one in page.rows],
        # A number opens those that reached its step, whatever step was asked for before.
        "tiles": words.tiles_of(funnel(journeys(request.centre, asked.with_(reached=""))), asked),
    }
    return render(request, "organisations/journeys.html", context)


@require_GET
@for_staff
def export(request: StaffRequest, form: str) -> HttpResponse:
    """Exactly the rows that the address asks for, as a file."""
    if form not in TABLES:
        raise Http404
    asked, sorting = _asking(request)
    found = ordered(journeys(request.centre, asked), sorting.order).iterator(chunk_size=500)
    head, rows = words.head(), words.rows_of(found)
    return table_response(f"journeys.{form}", head, rows, sheet=_("Journeys of organisations"))


def _narrowed(asked: JourneyFilter, sorting: Sorting) -> dict[str, object]:
    """What the page says of its filter, and the addresses that change it."""
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    return {
        "asked": asked,
        "form": JourneyForm(asked, words.NAMES, sort),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
    }


def _asking(request: StaffRequest) -> tuple[JourneyFilter, Sorting]:
    asked = JourneyFilter.from_query(request.GET.dict())
    return asked, sorting_of(COLUMNS, request.GET.get("sort", ""))
