"""Pages on which a centre sets up and leads its contests."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls import access
from sinergia.calls.actions import contests as actions
from sinergia.calls.actions.contests import FROZEN
from sinergia.calls.forms.contests import ExtensionForm, NewContestForm, PlanForm
from sinergia.calls.http import in_zone_of, our_contest
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import calls_of, funds_for, rules_of
from sinergia.calls.queries.questions import asked_in
from sinergia.calls.words import explain
from sinergia.calls.words.contests import missing_said, outlined, step_said
from sinergia.engine.contest import STEPS, Step, step_from
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.forms.opened import is_kept
from sinergia.organisations.http import StaffRequest, for_staff


@require_GET
@for_staff
def held(request: StaffRequest) -> HttpResponse:
    """The centre's contests, from their first draft on."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = Order("contest_year", is_descending=True)
    page = page_of(calls_of(request.centre), order=order, after=after, before=before)
    return render(request, "calls/held.html", {"page": page, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Make a contest from rules."""
    now = timezone.now()
    year = {"year": timezone.localtime(now).year}
    typed = (request.POST or None, request.FILES or None)
    form = NewContestForm(funds_for(request.centre), *typed, initial=year)
    made: list[Contest] = []

    def make() -> None:
        given = form.given()
        made.append(actions.make_contest(request.centre, given, actor=request.user, now=now))

    if is_done(form, make, explain):
        messages.success(request, _("The contest is made. Nobody else sees it yet."))
        return redirect("calls:manage", made[0].call.key)
    status = 422 if form.is_bound else 200
    return render(request, "calls/new.html", {"form": form}, status=status)


@require_GET
@for_staff
def manage(request: StaffRequest, key: UUID) -> HttpResponse:
    """How a contest stands, and what comes next."""
    contest = our_contest(request, key)
    context = _next(contest) | {
        "contest": contest,
        "now": timezone.now(),
        "is_frozen": contest.stage in FROZEN,
        "leads": access.may_step(request.user, contest.centre),
        "may_extend": contest.stage in (Contest.Stage.ANNOUNCED, Contest.Stage.OPEN),
        "waiting": asked_in(contest, "waiting").count(),
        "may_remove": contest.is_training or contest.stage == Contest.Stage.SET_UP,
    }
    with in_zone_of(contest):
        return render(request, "calls/manage.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def plan(request: StaffRequest, key: UUID) -> HttpResponse:
    """Say when it takes place, for how much, what it is about."""
    contest = our_contest(request, key)
    with in_zone_of(contest):
        form = PlanForm(contest, request.POST or None)
        save = partial(actions.plan_contest, contest, actor=request.user, now=timezone.now())
        is_saved = is_kept(form, lambda seen: save(form.given(), seen=seen), explain)
        return _told(request, contest, form, "calls/plan.html", is_saved=is_saved)


@require_http_methods(["GET", "POST"])
@for_staff
def extend(request: StaffRequest, key: UUID) -> HttpResponse:
    """Let the intake end later, for everybody."""
    contest = our_contest(request, key)
    _need_leader(request, contest)
    with in_zone_of(contest):
        initial = {name: getattr(contest, name) for name in ("closes_at", *actions.MOVED)}
        form = ExtensionForm(request.POST or None, initial=initial)
        extend = partial(actions.extend_intake, contest, actor=request.user, now=timezone.now())
        return _form(request, contest, form, lambda: extend(**form.given()), "calls/extend.html")


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, key: UUID, name: str) -> HttpResponse:
    """Show what a step asks for and what follows from it; take it."""
    contest, now = our_contest(request, key), timezone.now()
    verb = next((one for one in STEPS if one == name), None)
    if verb is None:
        raise Http404
    missing = actions.missing(contest, verb, now=now)
    if request.method == "GET":
        return _step(request, contest, verb, missing, status=200)
    try:
        actions.take_step(contest, verb, actor=request.user, now=now)
    except Refused as refusal:
        return _step(request, contest, verb, refusal.gaps, status=422)
    messages.success(request, _("Done."))
    return redirect("calls:manage", key)


@require_POST
@for_staff
def train(request: StaffRequest) -> HttpResponse:
    """Make a contest for practice in one click: open for a month."""
    contest = actions.make_training(request.centre, actor=request.user, now=timezone.now())
    messages.success(request, _("A contest for practice is open. It can be removed any time."))
    return redirect("calls:manage", contest.call.key)


def _next(contest: Contest) -> dict[str, object]:
    """The rules as they stand, the step that comes next, and what it lacks."""
    kept, step = rules_of(contest), step_from(contest.stage)
    missing = actions.missing(contest, step, now=timezone.now()) if step else []
    return {
        "outline": outlined(kept.rules, get_language() or "ru") if kept else None,
        "step": step,
        "step_title": step_said(step)[0] if step else "",
        "missing": missing_said(missing),
    }


def _step(
    request: StaffRequest, contest: Contest, step: Step, missing: Sequence[Gap], *, status: int
) -> HttpResponse:
    title, button, follows = step_said(step)
    context = {"contest": contest, "title": title, "button": button, "follows": follows}
    context["missing"] = missing_said(missing)
    context["leads"] = access.may_step(request.user, contest.centre)
    with in_zone_of(contest):
        return render(request, "calls/step.html", context, status=status)


def _need_leader(request: StaffRequest, contest: Contest) -> None:
    """Nobody fills in a form that they may not send."""
    if not access.may_step(request.user, contest.centre):
        raise PermissionDenied


def _form(
    request: StaffRequest,
    contest: Contest,
    form: forms.Form,
    save: Callable[[], object],
    template: str,
) -> HttpResponse:
    is_saved = is_done(form, save, explain)
    return _told(request, contest, form, template, is_saved=is_saved)


def _told(
    request: StaffRequest, contest: Contest, form: forms.Form, template: str, *, is_saved: bool
) -> HttpResponse:
    if is_saved:
        messages.success(request, _("Saved."))
        return redirect("calls:manage", contest.call.key)
    context = {"contest": contest, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)
