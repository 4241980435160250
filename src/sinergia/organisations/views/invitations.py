"""The page on which a link to a role leads."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.engine.refusal import Refused
from sinergia.organisations.actions import invitations as actions
from sinergia.organisations.forms.teams import TakingForm
from sinergia.organisations.queries.invitations import (
    CENTRE,
    Scope,
    invitation_by,
    is_good,
    scope_of,
)
from sinergia.organisations.words import explain
from sinergia.organisations.words.roles import place_said, what_said
from sinergia.people.http import (
    SignedInRequest,
    for_everyone,
    for_signed_in,
    keep_off_referrers,
    reader_of,
)
from sinergia.people.models import Invitation
from sinergia.people.queries import holds_address


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def invitation(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Who invites to what until when; whoever is signed in takes it here."""
    found = invitation_by(key, token)
    scope = scope_of(found) if found else None
    if found is None or scope is None:
        return render(request, "register/invitations/over.html", status=404)
    person = reader_of(request)
    if person is not None and found.taken_by_id == person.pk:
        return redirect(actions.door_of(scope))
    if not is_good(found, now=timezone.now()):
        return _over(request, found)
    if request.method == "POST":
        return _taken(request, found, scope, token)
    return _landing(request, found, scope, TakingForm())


@require_POST
@keep_off_referrers
@for_signed_in
def decline(request: SignedInRequest, key: UUID, token: str) -> HttpResponse:
    """Say that an invitation to one's own address is not wanted."""
    if invitation_by(key, token) is None:
        return render(request, "register/invitations/over.html", status=404)
    try:
        actions.decline_role(key, token, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code))
        return redirect("register:invitation", key, token)
    messages.success(request, _("The invitation is declined; whoever invited is told."))
    return redirect("web:desk")


def _taken(request: HttpRequest, invitation: Invitation, scope: Scope, token: str) -> HttpResponse:
    """Take up the role; whoever has not signed in does that first and comes back."""
    person = reader_of(request)
    if person is None:
        return redirect_to_login(request.path)
    form = TakingForm(request.POST)
    if not form.is_valid():
        return _landing(request, invitation, scope, form, status=422)
    post = form.cleaned_data["post"]
    try:
        actions.take_role(invitation.key, token, actor=person, now=timezone.now(), post=post)
    except Refused as refusal:
        told = " ".join(explain(gap.code.replace(".", "_")) for gap in refusal.gaps)
        return _landing(request, invitation, scope, form, refusal=told, status=422)
    messages.success(request, _("Welcome: you are in."))
    return redirect(actions.door_of(scope))


def _landing(
    request: HttpRequest,
    invitation: Invitation,
    scope: Scope,
    form: TakingForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    person = reader_of(request)
    is_theirs = person is None or holds_address(person, invitation)
    context = {
        "invitation": invitation,
        "what": what_said(scope, invitation.role),
        "place": place_said(scope),
        "form": None if invitation.kind == CENTRE else form,
        "refusal": refusal,
        "is_other_address": not is_theirs,
        "is_own": person is not None and invitation.invited_by_id == person.pk,
    }
    return render(request, "register/invitations/landing.html", context, status=status)


def _over(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Say what became of it, and whom to ask: the link is right, so that much may be told."""
    state = invitation.state_at(timezone.now())
    context = {"invitation": invitation, "state": state}
    return render(request, "register/invitations/over.html", context, status=410)
