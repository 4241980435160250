"""Ending the right to administer the site."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.engine.refusal import Refused
from sinergia.organisations.actions.administrators import release_administrator
from sinergia.organisations.words import explain
from sinergia.people.http import SignedInRequest, for_administrators, need_fresh_proof
from sinergia.people.queries import account_by


@require_http_methods(["GET", "POST"])
@for_administrators
def release(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask once more, then take the right away; of oneself, give it up."""
    found = account_by(key)
    if found is None:
        raise Http404
    need_fresh_proof(request)
    if request.method == "GET":
        return render(request, "register/administrators/release.html", {"person": found})
    try:
        release_administrator(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0].code))
        return redirect("people:person", key)
    messages.success(request, _("Done: they administer the site no longer."))
    return redirect("/desk/") if found == request.user else redirect("people:person", key)
