"""After the result: a grant is declined, the reserve moves up."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.asking import read_key
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.models import Contest
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.projects.access import may_submit
from sinergia.review.actions import declining
from sinergia.review.forms.decision import WhyForm
from sinergia.review.http import run_contest
from sinergia.review.models import Award
from sinergia.review.queries import following as queries
from sinergia.review.queries.decision import is_told
from sinergia.review.queries.results import ResultsFilter, award_keyed, results, shown, totals_of
from sinergia.review.words import explain

FOUND = 20  # winners that a search shows
FIRST = 10  # budgets to look at: the others stand on a page of their own
LATEST = Order("followed_at", is_descending=True)


@require_http_methods(["GET", "POST"])
@for_signed_in
def decline(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The leader of the organisation declines its grant."""
    award = own_award(request, key)
    if not may_submit(request.user, award.examination.submission.project):
        raise Http404
    form = WhyForm(request.POST or None)
    if is_done(form, _act(declining.decline_award, request, award), explain):
        messages.success(request, _("The grant is declined."))
        return redirect("applications:submission", key)
    context = {"award": award, "form": form, "is_held": queries.is_held(award)}
    status = 422 if form.is_bound else 200
    return render(request, "review/following/decline.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def decline_for(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """An operator notes by a letter that a winner declines."""
    contest = run_contest(request, key)
    award = award_keyed(contest, row)
    if award is None or not is_told(contest):
        raise Http404
    form = WhyForm(request.POST or None)
    if is_done(form, _act(declining.decline_award, request, award), explain):
        messages.success(request, _("The grant is declined."))
        return redirect("decision:after", key)
    context = {"award": award, "form": form, "is_held": queries.is_held(award), "contest": contest}
    status = 422 if form.is_bound else 200
    return render(request, "review/following/decline.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def keep(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """An operator takes back that a winner declined."""
    contest = run_contest(request, key)
    award = award_keyed(contest, row)
    if award is None or not is_told(contest):
        raise Http404
    form = WhyForm(request.POST or None)
    if is_done(form, _act(declining.take_back_declining, request, award), explain):
        messages.success(request, _("The grant stands. Its people are told."))
        return redirect("decision:after", key)
    is_revocable = queries.revocable_in(contest).filter(pk=award.pk).exists()
    context = {"award": award, "form": form, "is_revocable": is_revocable, "contest": contest}
    status = 422 if form.is_bound else 200
    return render(request, "review/following/keep.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def after(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who declined, who is next on the reserve list, whether the money suffices; move it up."""
    contest = run_contest(request, key)
    if contest.results_at is None:
        raise Http404
    form = WhyForm(request.POST or None)

    def act() -> None:
        seen, why = _seen(request, contest), form.cleaned_data["why"]
        declining.promote_next(contest, why, seen=seen, actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        messages.success(request, _("The application has moved up. Its people are told."))
        return redirect("decision:after", key)
    context = _after(request, contest) | {"contest": contest, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "review/following/after.html", context, status=status)


@require_GET
@for_staff
def budgets(request: StaffRequest, key: UUID) -> HttpResponse:
    """Every budget that waits for an operator, the oldest first."""
    contest = run_contest(request, key)
    rows, after = queries.awaiting_acceptance(contest), request.GET.get("after", "")
    before = request.GET.get("before", "")
    page = page_of(rows, order=Order("sent_at"), after=after, before=before)
    context = {"contest": contest, "page": page}
    return render(request, "review/following/budgets.html", context)


def _after(request: StaffRequest, contest: Contest) -> dict[str, Any]:
    """Who is next and whether the money suffices, who declined, what waits for an operator."""
    following = queries.next_in_reserve(contest)
    asked = ResultsFilter(outcome="won", q=ResultsFilter.from_query(request.GET.dict()).q)
    taken, budget = totals_of(contest).taken_minor, contest.budget_minor
    held = shown(results(contest, asked)).order_by("at")[:FOUND] if asked.q else []
    budgets = list(queries.awaiting_acceptance(contest)[: FIRST + 1])
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return {
        "following": following,
        "due": queries.due_minor(following) if following is not None else 0,
        "left": None if budget is None else budget - taken,
        "q": asked.q,
        "query": ResultsFilter(q=asked.q).to_query(),
        "held": list(held),
        "page": page_of(queries.followed_in(contest), order=LATEST, after=after, before=before),
        "budgets": budgets[:FIRST],
        "has_more": len(budgets) > FIRST,
    }


def _seen(request: StaffRequest, contest: Contest) -> Award:
    """The award that the page showed as the next one."""
    key = read_key(request.POST.get("seen", ""))
    found = award_keyed(contest, key) if key is not None else None
    if found is None:
        raise Http404
    return found


def own_award(request: SignedInRequest, key: UUID) -> Award:
    """What was decided and published about a submission of whoever asks."""
    rows = queries.published_awards_of(request.user)
    found = rows.filter(examination__submission__key=key).first()
    if found is None:
        raise Http404
    return found


def _act(act: Callable[..., Award], request: SignedInRequest, award: Award) -> Callable[[], Award]:
    """What is done to an award for the reason that was typed."""
    why = request.POST.get("why", "")
    return partial(act, award, why, actor=request.user, now=timezone.now())
