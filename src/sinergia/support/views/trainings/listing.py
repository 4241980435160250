"""Lists of trainings: what everybody sees, and all of a centre."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from sinergia.base.tables.paging import Order, count_up_to, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.organisations.http import StaffRequest, capacities, for_staff, found_by
from sinergia.organisations.queries.inside import inside_of
from sinergia.organisations.queries.roles import centre_of
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in
from sinergia.support.forms.trainings import AskedForm, PublicAskedForm
from sinergia.support.papers import trainings as papers
from sinergia.support.queries import trainings as queries
from sinergia.support.queries.enrolments import own_enrolments
from sinergia.support.queries.trainings import TrainingFilter
from sinergia.support.words.trainings import own_link, rooms_of

COLUMNS = (
    Column("begins", "starts_at", gettext_lazy("Date"), is_descending=True),
    Column("name", "name_folded", gettext_lazy("Training")),
    Column("enrolled", "enrolled", gettext_lazy("Have a place"), is_descending=True, kind="num"),
    Column("attended", "attended", gettext_lazy("Were there"), is_descending=True, kind="num"),
)


@require_safe
@for_everyone
def trainings(request: HttpRequest) -> HttpResponse:
    """Trainings that everybody sees: those to come, the next first, or those that are over."""
    asked, now = TrainingFilter.from_query({"when": "coming"} | request.GET.dict()), timezone.now()
    rows = queries.asked_for(queries.public_trainings(), asked, now=now)
    if asked.when == "coming":
        rows = rows.exclude(stage="cancelled")
    page = page_of(
        rows,
        order=Order("starts_at", is_descending=asked.when == "past"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "total": count_up_to(rows),
        "asked": asked,
        "is_set": bool(asked.q or asked.region or asked.when == "past"),
        "form": PublicAskedForm(asked, list(queries.regions_that_teach())),
        "tabs": rooms_of("list"),
    }
    return render(request, "trainings/list.html", context)


@require_GET
@for_staff
def ours(request: StaffRequest) -> HttpResponse:
    """All trainings of the centre, as the address asks."""
    asked, sorting = _asking(request)
    rows = queries.trainings_of(request.centre)
    found = queries.asked_for(rows, asked, now=timezone.now())
    page = page_of(
        found,
        order=sorting.order,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    sort = sorting.query if request.GET.get("sort") else ""
    choices = (queries.topics_of(request.centre), queries.sources_of(request.centre))
    addresses = {one: f"?{asked.to_query(sort=one)}" for one in sorting.sorts()}
    context = {
        "page": page,
        "total": count_up_to(found),
        "asked": asked,
        "query": asked.to_query(sort=sort),
        "heads": sorting.heads(addresses),
        "form": AskedForm(asked, *choices, queries.years_of(rows), sort),
        "tabs": rooms_of("ours"),
    }
    return render(request, "trainings/ours.html", context)


@require_GET
@for_staff
def export(request: StaffRequest, form: str) -> HttpResponse:
    """Exactly the rows that the address asks for, as a file."""
    if form not in TABLES:
        raise Http404
    asked, sorting = _asking(request)
    rows = queries.asked_for(queries.trainings_of(request.centre), asked, now=timezone.now())
    lines = papers.training_lines(ordered(rows, sorting.order).iterator(chunk_size=500))
    head = papers.trainings_head()
    return table_response(f"trainings.{form}", head, lines, sheet=_("Trainings"))


@require_GET
@for_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """In what one enrolled under one's account, the latest first."""
    rows = own_enrolments(request.user)
    page = page_of(
        rows,
        order=Order("enrolled_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"page": page, "rows": [(one, own_link(one)) for one in page.rows]}
    return render(request, "trainings/mine.html", context)


@require_GET
@for_signed_in
def of_organisation(request: SignedInRequest, key: UUID) -> HttpResponse:
    """At which trainings people of an organisation were: how many, no names.

    Its own people see those of every centre, staff those of their centres alone.
    """
    found = found_by(inside_of(request.user), key)
    known = [one for one in capacities(request) if one.is_staff]
    is_own = any(one.is_team and one.place_id == found.pk for one in capacities(request))
    centres = [] if is_own else [centre_of(one) for one in known]
    rows = queries.with_people_of(found, centres=None if is_own else centres)
    page = page_of(
        rows,
        order=Order("starts_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"organisation": found, "page": page, "is_own": is_own}
    return render(request, "trainings/of_organisation.html", context)


def _asking(request: HttpRequest) -> tuple[TrainingFilter, Sorting]:
    asked = TrainingFilter.from_query(request.GET.dict())
    return asked, sorting_of(COLUMNS, request.GET.get("sort", ""))
