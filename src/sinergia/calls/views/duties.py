"""Duties in a contest: seen by the staff of its centre, given by its head."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.calls import access
from sinergia.calls.actions import duties as actions
from sinergia.calls.forms.duties import DutyForm
from sinergia.calls.http import our_contest
from sinergia.calls.models import Contest
from sinergia.calls.queries.duties import duties_of, staff_of
from sinergia.calls.words import explain
from sinergia.organisations.http import StaffRequest, for_staff


@require_http_methods(["GET", "POST"])
@for_staff
def duties(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who does what in a contest; the head of the centre gives duties."""
    contest, leads = _led(request, key)
    form = DutyForm(staff_of(contest.centre), request.POST or None)

    def act() -> None:
        person, kind = form.given()
        actions.give_duty(contest, person, kind, actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("calls:duties", key)
    context = {"contest": contest, "form": form, "leads": leads, "rows": duties_of(contest)}
    status = 422 if form.is_bound else 200
    return render(request, "calls/duties.html", context, status=status)


@require_POST
@for_staff
def end(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """End a duty."""
    duty = duties_of(our_contest(request, key)).filter(key=row).first()
    if duty is not None:
        actions.end_duty(duty, actor=request.user, now=timezone.now())
        messages.success(request, _("The duty is ended."))
    return redirect("calls:duties", key)


def _led(request: StaffRequest, key: UUID) -> tuple[Contest, bool]:
    """A contest of the centre, and whether whoever asks leads it; only they send anything."""
    contest = our_contest(request, key)
    leads = access.may_step(request.user, contest.centre)
    if request.method == "POST" and not leads:
        raise PermissionDenied
    return contest, leads
