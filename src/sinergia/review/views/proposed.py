"""A proposed assignment, looked at before it is accepted: who would read what, and how much."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sinergia.base.tables.cutting import cut
from sinergia.calls.models import Contest
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.review.forms.assigning import PairFilterForm
from sinergia.review.http import hidden_here, run_contest
from sinergia.review.models import Assignment
from sinergia.review.queries.assigning import ReadingFilter
from sinergia.review.queries.naming import codes_of
from sinergia.review.queries.proposals import assignment_by
from sinergia.review.queries.proposed import loads_of, pairs_of
from sinergia.review.words.assigning import parts_said


@require_GET
@for_staff
def pairs(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Who would read what, and of what their affinity is made up."""
    contest = run_contest(request, key)
    found, asked = _ready(contest, row), ReadingFilter.from_query(request.GET.dict())
    rows = pairs_of(found, asked.q, codes_of(contest, hidden_here(request, contest)))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = cut(rows, lambda one: one.key, after=after, before=before)
    context = {"contest": contest, "assignment": found, "asked": asked, "page": page}
    context["rows"] = [(one, parts_said(one.parts)) for one in page.rows]
    context["filter"] = PairFilterForm(initial=asked.values)
    return render(request, "review/assignment/proposed_pairs.html", context)


@require_GET
@for_staff
def loads(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """How many applications each expert would have."""
    contest = run_contest(request, key)
    found, hidden = _ready(contest, row), hidden_here(request, contest)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = cut(loads_of(found, hidden), lambda one: one.expert.code, after=after, before=before)
    context = {"contest": contest, "assignment": found, "page": page}
    return render(request, "review/assignment/proposed_loads.html", context)


def _ready(contest: Contest, row: UUID) -> Assignment:
    """A proposal that waits to be accepted."""
    found = assignment_by(row, contest)
    if found is None or found.stage != Assignment.Stage.READY:
        raise Http404
    return found
