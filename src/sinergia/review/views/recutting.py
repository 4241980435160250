"""A budget is cut to the award by its winner, and looked at by an operator."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.engine.project import Broken
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.projects.access import may_submit
from sinergia.review.actions import recutting
from sinergia.review.forms.recutting import BudgetForm, WordsForm
from sinergia.review.http import run_contest
from sinergia.review.models import Award, RevisedBudget
from sinergia.review.queries import following as queries
from sinergia.review.views.following import own_award
from sinergia.review.words import explain


@require_http_methods(["GET", "POST"])
@for_signed_in
def revised(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The winner cuts the lines to the sum of the award and sends them."""
    award = own_award(request, key)
    last, now = queries.budgets_of(award).first(), timezone.now()
    leads = may_submit(request.user, award.examination.submission.project)
    form = _form(request, award, last, leads=leads)

    def act() -> None:
        recutting.send_budget(award, form.given(), actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The budget is sent to the operator."))
        return redirect("decision:revised", key)
    context = _state(award, last) | {"form": form, "leads": leads}
    status = 422 if form.is_bound else 200
    return render(request, "review/following/revised.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def budget(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """An operator accepts a budget, or returns it with words."""
    contest = run_contest(request, key)
    found = queries.budget_keyed(contest, row)
    if found is None:
        raise Http404
    form = WordsForm(request.POST or None)
    if is_done(form, partial(_settle, request, found, form), explain):
        messages.success(request, _("Done."))
        return redirect("decision:after", key)
    context: dict[str, object] = {"contest": contest, "form": form, "budget": found}
    context |= {"told": _told(found), "submission": found.award.examination.submission}
    status = 422 if form.is_bound else 200
    return render(request, "review/following/budget.html", context, status=status)


def _form(
    request: SignedInRequest, award: Award, last: RevisedBudget | None, *, leads: bool
) -> BudgetForm:
    """The lines to type over; nobody but the leader sends them."""
    if request.method == "POST" and not leads:
        raise Http404
    lines, currency = _lines(award, last), award.examination.submission.currency
    return BudgetForm(lines, currency, request.POST or None, initial=_plan(last))


def _settle(request: StaffRequest, found: RevisedBudget, form: WordsForm) -> None:
    accepts, words = request.POST.get("act") == "accept", form.cleaned_data["words"]
    now = timezone.now()
    recutting.settle_budget(found, accepts=accepts, words=words, actor=request.user, now=now)


def _state(award: Award, last: RevisedBudget | None) -> dict[str, object]:
    """How far the winner's budget has come."""
    is_open = queries.is_due(award) and (last is None or last.stage == "returned")
    context = {"award": award, "submission": award.examination.submission, "last": last}
    return context | {"told": _told(last), "is_open": is_open}


def _lines(award: Award, last: RevisedBudget | None) -> list[dict[str, object]]:
    """Lines to type over: as they were sent last, else as the commission left them."""
    if last is not None:
        told = _told(last)
        if told is not None:
            lines: list[dict[str, object]] = told["lines"]
            return lines
    try:
        return recutting.lines_of(award)
    except Broken as broken:
        raise Http404 from broken


def _told(budget: RevisedBudget | None) -> dict[str, list[dict[str, object]]] | None:
    """What was sent; none where the kept bytes were changed."""
    try:
        return recutting.read_budget(budget) if budget is not None else None
    except ValueError:
        return None


def _plan(last: RevisedBudget | None) -> dict[str, object]:
    told = _told(last)
    return {"plan": told["plan"]} if told is not None else {}
