"""Taking a contest away, with all that was handed in to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.applications.actions.removing import remove_contest
from sinergia.calls.http import our_contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take a contest away, after asking once more."""
    contest = our_contest(request, key)
    if request.method == "POST":
        try:
            remove_contest(contest, actor=request.user, now=timezone.now())
        except Refused:
            return redirect("calls:manage", key)
        messages.success(request, _("The contest is removed."))
        return redirect("calls:held")
    return render(request, "applications/remove_contest.html", {"contest": contest})
