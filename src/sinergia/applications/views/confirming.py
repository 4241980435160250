"""What confirms a submission: added by those who applied, seen and marked by the organiser."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.access import may_confirm
from sinergia.applications.actions import confirming as actions
from sinergia.applications.forms.confirming import ConfirmationForm, PaperForm
from sinergia.applications.http import ours, theirs
from sinergia.applications.models import Submission
from sinergia.applications.queries.confirming import confirmation_file, confirming_of, held_paper
from sinergia.applications.views.submissions import paper_response
from sinergia.applications.words import explain
from sinergia.base.files.http import receive, respond_with
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.queries.contests import day_of
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def add(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Add a scan or a signature."""
    now = timezone.now()  # before the file is looked through: what was sent in time is in time
    found = _to_confirm(request, key)
    form = ConfirmationForm(request.POST or None, receive(request, ConfirmationForm, now=now))

    def act() -> None:
        actions.add_confirmation(found, form.cleaned_data["file"], actor=request.user, now=now)

    if is_done(form, act, lambda gap: explain(gap.code)):
        messages.success(request, _("The document is added."))
        return redirect("applications:submission", key)
    context = {"submission": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "applications/confirming/add.html", context, status=status)


@require_GET
@for_signed_in
def file(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A document that was added, for those who applied."""
    return _file(request, theirs(request, key), row)


@require_GET
@for_staff
def inside_file(request: StaffRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A document that was added, for the organiser."""
    return _file(request, ours(request, key), row)


@require_GET
@for_staff
def inside_pdf(request: StaffRequest, key: UUID, language: str) -> HttpResponse:
    """The application on paper, for the organiser: a signature is checked against it."""
    if language not in ("ru", "en"):
        raise Http404
    return paper_response(request, ours(request, key), language)


@require_http_methods(["GET", "POST"])
@for_staff
def paper(request: StaffRequest, key: UUID) -> HttpResponse:
    """Mark the signed paper as received."""
    found, now = ours(request, key), timezone.now()
    form = PaperForm(request.POST or None, initial={"received_on": day_of(now, found.contest)})

    def act() -> None:
        day = form.cleaned_data["received_on"]
        actions.mark_received(found, day, actor=request.user, now=now)

    if is_done(form, act, lambda gap: explain(gap.code)):
        messages.success(request, _("The paper is marked as received. Those who applied are told."))
        return redirect("applications:screened", key)
    with in_zone_of(found.contest):
        context = {"submission": found, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "applications/confirming/paper.html", context, status=status)


@require_POST
@for_staff
def unmark(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take the mark of the paper back."""
    there = held_paper(ours(request, key))
    if there is not None and str(there.key) == request.POST.get("mark"):
        try:
            actions.unmark_received(there, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, explain(refusal.gaps[0].code))
        else:
            messages.success(request, _("The mark is taken back. Those who applied are told."))
    return redirect("applications:screened", key)


def _to_confirm(request: SignedInRequest, key: UUID) -> Submission:
    """One to which whoever asks may add a file: asked before any is taken in."""
    found = theirs(request, key)
    if not may_confirm(request.user, found):
        raise PermissionDenied
    if not {"scan", "signature"} & set(confirming_of(found).ways):
        raise Http404
    return found


def _file(request: SignedInRequest, found: Submission, row: UUID) -> HttpResponseBase:
    kept = confirmation_file(found, row)
    if kept is None or kept.file is None:
        raise Http404
    return respond_with(kept.file, asked=request.headers)
