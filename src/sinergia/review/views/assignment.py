"""Who reads which application: asked for, looked at, accepted; how a contest stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sinergia.base.tables.cutting import cut
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.blind import is_applicant_hidden
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.review.actions import accepting, assigning
from sinergia.review.actions.beginning import begin_review
from sinergia.review.actions.comparing import start_comparing
from sinergia.review.forms.assigning import ProposeForm, ReadingFilterForm
from sinergia.review.http import hidden_here, not_seen, run_contest
from sinergia.review.models import Assignment
from sinergia.review.papers.proof import proof_zip
from sinergia.review.queries import assigning as queries
from sinergia.review.queries.betraying import betrayed_in
from sinergia.review.queries.naming import codes_of, experts_named, titles_named
from sinergia.review.queries.proposals import assignment_by, assignment_now, proposal_of
from sinergia.review.words import explain
from sinergia.review.words.assigning import betrayed_said, served_said, why_not_said

Stage = Assignment.Stage


@require_GET
@for_staff
def assignment(request: StaffRequest, key: UUID) -> HttpResponse:
    """How readings stand: what is proposed, which application needs another expert."""
    contest = run_contest(request, key)
    now = assignment_now(contest)
    if request.htmx and now is not None and now.stage == Stage.WAITING:  # type: ignore[attr-defined]  # by the middleware
        context = {"contest": contest, "assignment": now}
        return render(request, "review/assignment/_waiting.html", context)
    return render(request, "review/assignment/assignment.html", _context(request, contest, now))


@require_POST
@for_staff
def begin(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put every admitted application under review, and have conflicts looked for."""
    contest, now = run_contest(request, key), timezone.now()
    try:
        number = begin_review(contest, actor=request.user, now=now)
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("assignment:assignment", key)
    start_comparing(contest, actor=request.user, now=now)
    told = ngettext(
        "%(n)s application is put under review.", "%(n)s applications are put under review.", number
    )
    messages.success(request, told % {"n": number})
    return redirect("assignment:assignment", key)


@require_GET
@for_staff
def open_fields(request: StaffRequest, key: UUID) -> HttpResponse:
    """Applications that name their applicant where the rules hide it: before they are given."""
    contest = run_contest(request, key)
    kept = rules_of(contest)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = betrayed_in(contest, hidden_here(request, contest))
    page = cut(found, lambda one: one.examination.code, after=after, before=before)
    context = {"contest": contest, "page": page, "number": page.total}
    context["is_hidden"] = kept is not None and is_applicant_hidden(kept.rules)
    context["rows"] = [(one.examination, betrayed_said(one)) for one in page.rows]
    return render(request, "review/assignment/open_fields.html", context)


@require_POST
@for_staff
def propose(request: StaffRequest, key: UUID) -> HttpResponse:
    """Have an assignment proposed by the worker."""
    contest = run_contest(request, key)
    form = ProposeForm(request.POST)

    def act() -> None:
        assigning.propose(contest, form.given(), actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        return redirect("assignment:assignment", key)
    context = _context(request, contest, assignment_now(contest)) | {"form": form}
    return render(request, "review/assignment/assignment.html", context, status=422)


@require_POST
@for_staff
def accept(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Accept what is proposed."""
    found = _assignment(run_contest(request, key), row)
    try:
        accepting.accept(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("The assignment is accepted. Experts are being told."))
    return redirect("assignment:assignment", key)


@require_POST
@for_staff
def drop(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Drop what is proposed, or what is being made."""
    found = _assignment(run_contest(request, key), row)
    assigning.drop(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The proposal is dropped."))
    return redirect("assignment:assignment", key)


@require_GET
@for_staff
def proof(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """All by which anybody can check that nothing better exists: for who sees everything of it."""
    contest = run_contest(request, key)
    found = _assignment(contest, row)
    if not found.content or hidden_here(request, contest):
        raise Http404
    return file_response(proof_zip(proposal_of(found)), "assignment.zip")


@require_GET
@for_staff
def loads(request: StaffRequest, key: UUID) -> HttpResponse:
    """How many applications each expert has."""
    contest = run_contest(request, key)
    page = page_of(
        queries.experts_with_load(contest, hidden_here(request, contest)),
        order=Order("id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"contest": contest, "page": page}
    return render(request, "review/assignment/loads.html", context)


def _assignment(contest: Contest, row: UUID) -> Assignment:
    found = assignment_by(row, contest)
    if found is None:
        raise Http404
    return found


def _context(request: StaffRequest, contest: Contest, now: Assignment | None) -> dict[str, Any]:
    asked = queries.ReadingFilter.from_query(request.GET.dict())
    rows, hidden = queries.examinations_asked(contest, asked), hidden_here(request, contest)
    page = page_of(
        rows.exclude(pk__in=hidden),
        order=Order("id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    readings = queries.readings_of(page.rows)
    standing = queries.standing_of(contest, not_seen(request, contest))
    kept = rules_of(contest)
    return {
        "is_hidden": kept is not None and is_applicant_hidden(kept.rules),
        "contest": contest,
        "asked": asked,
        "page": page,
        "rows": [(one, readings[one.pk]) for one in page.rows],
        "standing": standing,
        "filter": ReadingFilterForm(initial=asked.values, auto_id="filter_%s"),
        "form": ProposeForm(initial=_bounds(now, standing)),
        "assignment": now,
        **_told(contest, now, codes_of(contest, hidden)),
    }


def _bounds(now: Assignment | None, standing: queries.Standing) -> dict[str, object]:
    """What the form begins with: what was asked for the last time, until that is accepted."""
    if now is None:
        return {"what": "repair" if standing.given else "whole", "least": 0}
    what = "repair" if now.is_repair else "whole"
    return {"what": what, "least": now.least, "most": now.most}


def _told(contest: Contest, now: Assignment | None, unseen: set[str]) -> dict[str, Any]:
    """A proposal, or why there is none, with names. unseen: codes that are not told."""
    if now is None:
        return {}
    if now.stage == Stage.IMPOSSIBLE:
        titles = titles_named(contest, now.why["applications"])
        names = experts_named(contest, now.why["experts"])
        return {"why_not": why_not_said(now, titles, names, unseen)}
    if now.stage == Stage.READY:
        mean = now.why["total"] // max(1, now.why["readings"])
        return {
            "worst": served_said(now, unseen),
            "proposed_mean": mean,
            "is_whole": not unseen,
        }
    return {}
