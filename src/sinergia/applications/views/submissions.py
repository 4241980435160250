"""A project is submitted; what was submitted is seen, saved, taken back, checked by its receipt."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.applications.access import may_confirm
from sinergia.applications.actions import submitting
from sinergia.applications.actions.confirming import CONFIRMED
from sinergia.applications.forms.receipt import ReceiptForm
from sinergia.applications.http import theirs
from sinergia.applications.models import Submission
from sinergia.applications.papers.submission import paper_of, pdf_of
from sinergia.applications.queries import submissions as queries
from sinergia.applications.queries.confirming import confirmations_held
from sinergia.applications.queries.correcting import correction_of
from sinergia.applications.queries.screening import told_decisions_of
from sinergia.applications.words.confirming import confirming_said
from sinergia.applications.words.screening import decisions_said
from sinergia.applications.words.submissions import follows_said, refusal_said
from sinergia.base.tables.sent import file_response
from sinergia.calls.models import Contest
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in
from sinergia.projects.access import may_submit
from sinergia.projects.http import project_of
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written
from sinergia.projects.words.correcting import opened_said
from sinergia.projects.words.form import sums_of
from sinergia.projects.words.outline import NOW, findings_of

GONE = 410


@require_http_methods(["GET", "POST"])
@for_signed_in
def submit(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Show what is submitted and what hinders; submit it."""
    now = timezone.now()  # before anything waits: the last moment of the intake is in time
    project = project_of(request, key)
    there = queries.in_force(project)
    if there is not None and not queries.is_returned(there):
        return redirect("applications:submission", there.key)
    if request.method == "GET":
        return _submit(request, project, now=now)
    try:
        made = submitting.submit(project, actor=request.user, now=now)
    except Refused as refusal:
        return _submit(request, project, now=now, refusal=refusal)
    messages.success(request, _("The application is submitted. A letter is on its way."))
    return redirect("applications:submission", made.key)


@require_GET
@for_signed_in
def submission(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What was submitted: its state, number, receipt."""
    found = theirs(request, key)
    now, stage = timezone.now(), queries.stage_told(found)
    context = _leaving(request, found, stage, now) | {
        "submission": found,
        "stage": stage,
        "is_whole": queries.is_whole(found),
        "decisions": decisions_said(list(told_decisions_of(found)), found, get_language() or "ru"),
        "confirming": confirming_said(found, now=now),
        "may_confirm": stage in CONFIRMED and may_confirm(request.user, found),
        "is_one_of_several": queries.is_one_of_several(found),
    }
    return render(request, "applications/submissions/submission.html", context)


@require_GET
@for_signed_in
def pdf(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What was submitted, on paper, with its checksum on every page."""
    return paper_response(request, theirs(request, key), get_language() or "ru")


@require_http_methods(["GET", "POST"])
@for_signed_in
def withdraw(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take it back, after asking once more."""
    now, found = timezone.now(), theirs(request, key)
    context: dict[str, object] = {"submission": found}
    if request.method == "GET":
        return render(request, "applications/submissions/withdraw.html", context)
    try:
        submitting.withdraw(found, actor=request.user, now=now)
    except Refused as refusal:
        context["refused"] = refusal_said(refusal)
        return render(request, "applications/submissions/withdraw.html", context, status=422)
    messages.success(request, _("The application is withdrawn."))
    return redirect("applications:submission", key)


@require_http_methods(["GET", "POST"])
@for_everyone
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of an application for whoever has its number and code."""
    form = ReceiptForm(request.POST or None, initial=request.GET.dict())
    found = None
    if form.is_bound and form.is_valid():
        found = queries.by_receipt(form.cleaned_data["number"], form.cleaned_data["code"])
    context = {
        "form": form,
        "submission": found,
        "is_whole": found is not None and queries.is_whole(found),
        "stage": queries.stage_told(found) if found is not None else None,
        "confirmations": confirmations_held(found) if found is not None else [],
    }
    status = 200 if found is not None or not form.is_bound else 422
    return render(request, "applications/submissions/receipt.html", context, status=status)


def paper_response(request: HttpRequest, found: Submission, language: str) -> HttpResponse:
    """A submission as PDF; a page of its own where its bytes were changed."""
    try:
        with override(language):
            paper = paper_of(found, language=language)
    except Broken:
        return render(request, "applications/submissions/broken.html", status=GONE)
    return file_response(pdf_of(paper, at=found.submitted_at), f"{found.shown_number}.pdf")


def _leaving(
    request: SignedInRequest, found: Submission, stage: str, now: datetime
) -> dict[str, object]:
    """Whether it is withdrawn here; after the intake a statement to the centre is left."""
    contest = found.contest
    is_theirs = stage in queries.LEAVING and may_submit(request.user, found.project)
    is_past = contest.closes_at is not None and contest.closes_at < now
    is_back = stage == Submission.Stage.RETURNED
    return {
        "opened": opened_said(correction_of(found), now) if is_back else None,
        "may_withdraw": is_theirs and queries.is_taken_in(contest, now),
        "is_withdrawn_by_centre": is_theirs and is_past and contest.results_at is None,
    }


def _is_early(project: Project, now: datetime) -> bool:
    """Whether the intake has not begun."""
    contest = project.contest
    if contest is None or contest.stage != Contest.Stage.ANNOUNCED:
        return False
    return contest.closes_at is None or now <= contest.closes_at


def _submit(
    request: SignedInRequest, project: Project, *, now: datetime, refusal: Refused | None = None
) -> HttpResponse:
    told, language = written(project), get_language() or "ru"
    there = queries.in_force(project)
    back = correction_of(there) if there is not None else None
    readiness = queries.readiness_to_submit(told, now=now, opened=back)
    blocking = findings_of(readiness.blocking, told, language)
    document = told.document
    size = told.rules.category_of(
        document.asked_minor, months=document.months, direction=document.texts.get("direction", "")
    )
    context = {
        "project": project,
        "opened": opened_said(back, now) if back is not None else None,
        "is_early": _is_early(project, now),
        "first": blocking[:NOW],
        "rest": blocking[NOW:],
        "advice": findings_of(readiness.advice, told, language),
        "size": size.name.told(language) if size is not None else "—",
        "sums": sums_of(told, language)["whole"],
        "follows": follows_said(told.rules),
        "may_submit": may_submit(request.user, project),
        "refused": refusal_said(refusal, told) if refusal is not None else [],
    }
    status = 200 if refusal is None else 422
    return render(request, "applications/submissions/submit.html", context, status=status)
