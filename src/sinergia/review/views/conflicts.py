"""Conflicts of a contest: found, entered, settled; who must not read, by the applicant's word."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.http import theirs
from sinergia.applications.models import Submission
from sinergia.base.tables.export import Value
from sinergia.base.tables.paging import Order, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person
from sinergia.review.access import may_object
from sinergia.review.actions import conflicts as actions
from sinergia.review.actions.comparing import start_comparing
from sinergia.review.actions.objections import raise_objection, settle_objection
from sinergia.review.forms.conflicts import (
    ConflictFilterForm,
    EnterForm,
    MatchForm,
    ObjectionForm,
    SettleForm,
)
from sinergia.review.http import not_seen, run_contest
from sinergia.review.models import Conflict, Objection
from sinergia.review.queries import conflicts as queries
from sinergia.review.queries.conflicts import ConflictFilter
from sinergia.review.words import explain
from sinergia.review.words.conflicts import evidence_said

NEWEST = Order("id", is_descending=True)
FIRST = 10  # of what applicants say: the others stand on a page of their own


@require_http_methods(["GET", "POST"])
@for_staff
def conflicts(request: StaffRequest, key: UUID) -> HttpResponse:
    """Every conflict of a contest; the operator enters one."""
    contest = run_contest(request, key)
    form = EnterForm(queries.experts_there(contest), request.POST or None)
    if is_done(form, lambda: _enter(contest, form, request.user), explain) and not form.errors:
        messages.success(request, _("The conflict is entered."))
        return redirect("assignment:conflicts", key)
    status = 422 if form.is_bound else 200
    with in_zone_of(contest):
        context = _list(request, contest) | {"form": form}
        return render(request, "review/conflicts/conflicts.html", context, status=status)


@require_POST
@for_staff
def compare(request: StaffRequest, key: UUID) -> HttpResponse:
    """Have the worker compare experts with applications."""
    contest = run_contest(request, key)
    start_comparing(contest, actor=request.user, now=timezone.now())
    messages.success(request, _("Experts are being compared with the applications."))
    return redirect("assignment:conflicts", key)


@require_GET
@for_staff
def export(request: StaffRequest, key: UUID, form: str) -> HttpResponseBase:
    """Exactly the rows of the list that the address asks for, as a file."""
    contest = run_contest(request, key)
    if form not in TABLES:
        raise Http404
    asked = ConflictFilter.from_query(request.GET.dict())
    hidden = not_seen(request, contest)
    rows = ordered(queries.conflicts_asked(contest, asked, hidden), NEWEST)
    with in_zone_of(contest):
        head, lines = _head(), list(_lines(rows.iterator(chunk_size=500)))
    return table_response(f"conflicts.{form}", head, lines)


@require_http_methods(["GET", "POST"])
@for_staff
def conflict(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """One conflict with its evidence; a person confirms or clears it."""
    contest = run_contest(request, key)
    hidden = not_seen(request, contest)
    found = queries.conflicts_of(contest, hidden).filter(key=row).first()
    if found is None:
        raise Http404
    form = SettleForm(request.POST or None)
    if is_done(form, lambda: _settle(found, form, request.user), explain):
        messages.success(request, _("Saved."))
        return redirect("assignment:conflicts", key)
    evidence = evidence_said(found)
    context = {"contest": contest, "conflict": found, "form": form, "evidence": evidence}
    status = 422 if form.is_bound else 200
    return render(request, "review/conflicts/conflict.html", context, status=status)


@require_GET
@for_staff
def objections(request: StaffRequest, key: UUID) -> HttpResponse:
    """Everything that applicants said of who must not read, and nobody has looked at yet."""
    contest = run_contest(request, key)
    rows = queries.objections_waiting(contest, not_seen(request, contest))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=Order("id"), after=after, before=before)
    context = {"contest": contest, "page": page}
    with in_zone_of(contest):
        return render(request, "review/conflicts/objections.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def named(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Whom an applicant means who must not read its application."""
    contest = run_contest(request, key)
    hidden = not_seen(request, contest)
    objection = queries.objection_of(contest, row, hidden)
    if objection is None:
        raise Http404
    form = MatchForm(queries.experts_there(contest), request.POST or None)
    if is_done(form, lambda: _match(objection, form, request.user), explain):
        messages.success(request, _("Saved."))
        return redirect("assignment:conflicts", key)
    context = {"contest": contest, "objection": objection, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "review/conflicts/named.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_signed_in
def not_to_read(request: SignedInRequest, key: UUID) -> HttpResponse:
    """An applicant says who must not read its application."""
    submission = theirs(request, key)
    if not may_object(request.user, submission):
        raise Http404
    form = ObjectionForm(request.POST or None)
    if is_done(form, lambda: _object(submission, form, request.user), explain):
        messages.success(request, _("The organisers of the contest are told."))
        return redirect("assignment:not_to_read", key)
    context = {"submission": submission, "form": form, "rows": queries.objections_of(submission)}
    status = 422 if form.is_bound else 200
    return render(request, "review/conflicts/not_to_read.html", context, status=status)


def _enter(contest: Contest, form: EnterForm, actor: Person) -> None:
    found = queries.application_by(contest, form.cleaned_data["number"])
    if not form.lacks_application(found) and found is not None:
        expert, reason = form.given()
        actions.enter_conflict(expert, found, reason, actor=actor, now=timezone.now())


def _settle(found: Conflict, form: SettleForm, actor: Person) -> None:
    told, now = form.cleaned_data, timezone.now()
    if told["what"] == "confirm":
        actions.confirm_conflict(found, actor=actor, now=now)
    else:
        actions.clear_conflict(found, told["why"], actor=actor, now=now)


def _match(objection: Objection, form: MatchForm, actor: Person) -> None:
    experts, why = form.given()
    settle_objection(objection, experts, why, actor=actor, now=timezone.now())


def _object(submission: Submission, form: ObjectionForm, actor: Person) -> None:
    told = form.cleaned_data
    raise_objection(submission, told["whom"], told["reason"], actor=actor, now=timezone.now())


def _list(request: StaffRequest, contest: Contest) -> dict[str, object]:
    asked = ConflictFilter.from_query(request.GET.dict())
    hidden = not_seen(request, contest)
    waiting = queries.objections_waiting(contest, hidden)
    page = page_of(
        queries.conflicts_asked(contest, asked, hidden),
        order=NEWEST,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return {
        "contest": contest,
        "asked": asked,
        "page": page,
        "rows": [(one, evidence_said(one)) for one in page.rows],
        "filter": ConflictFilterForm(asked),
        "query": asked.to_query(),
        "objections": waiting[:FIRST],
        "more": max(waiting.count() - FIRST, 0),
        "is_comparing": queries.is_comparing(contest),
    }


def _head() -> list[str]:
    return [
        _("Expert"), _("Code"), _("Application"), _("Organisation"), _("Conflict"), _("Source"),
        _("Evidence"), _("State"), _("Since"), _("Why it was cleared"),
    ]  # fmt: skip


def _lines(rows: Iterator[Conflict]) -> Iterator[list[Value]]:
    for one in rows:
        submission = one.submission
        yield [
            one.expert.name, one.expert.code, submission.shown_number,
            submission.organisation.name, str(one.get_kind_display()),
            str(one.get_source_display()), evidence_said(one), str(one.get_stage_display()),
            one.raised_at, one.why,
        ]  # fmt: skip
