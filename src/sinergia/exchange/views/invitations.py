"""Inviting a delegate by a link, and the page on which it leads."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions import own as actions
from sinergia.exchange.actions.delegation import invite_delegate
from sinergia.exchange.http import our_visit
from sinergia.exchange.models import Delegate, Visit
from sinergia.exchange.queries.delegation import (
    delegate_of,
    delegates_of,
    invitation_by,
    is_good,
)
from sinergia.exchange.words import explain
from sinergia.exchange.words.visits import invited_to
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.actions import InvitationLetter
from sinergia.people.forms.invitations import InvitationForm
from sinergia.people.http import (
    SignedInRequest,
    for_everyone,
    for_signed_in,
    keep_off_referrers,
    reader_of,
)
from sinergia.people.models import Invitation
from sinergia.people.queries import holds_address
from sinergia.people.queries.accounts import language_of

LANDING = "/visits/invitation/"  # then KEY/TOKEN/


@require_http_methods(["GET", "POST"])
@for_staff
def invite(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Make a link for a delegate, and have it sent; a further one makes those before worthless."""
    visit, now = our_visit(request, key), timezone.now()
    found: Delegate = get_object_or_404(delegates_of(visit), key=row)
    form = InvitationForm(request.POST or None, initial={"email": found.email})
    made: list[tuple[Invitation, str]] = []

    def send() -> None:
        email = form.cleaned_data["email"]
        letter = _letter(visit, email)
        act = partial(invite_delegate, found, actor=request.user, now=now)
        made.append(act(ends_at=form.ends_at(now), email=email, letter=letter))

    if is_done(form, send, explain):
        return _link_shown(request, visit, *made[0])
    return form_page(request, "exchange/invite.html", form, visit=visit, row=found)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def invitation(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Who invites to which visit until when; whoever is signed in takes it here."""
    found = invitation_by(key, token)
    delegate = delegate_of(found) if found else None
    if found is None or delegate is None:
        return render(request, "register/invitations/over.html", status=404)
    person = reader_of(request)
    if person is not None and found.taken_by_id == person.pk:
        return redirect("exchange:me", delegate.visit.key)
    if not is_good(found, now=timezone.now()):
        state = found.state_at(timezone.now())
        context = {"invitation": found, "state": state}
        return render(request, "register/invitations/over.html", context, status=410)
    if request.method == "POST":
        return _taken(request, found, delegate, token)
    return _landing(request, found, delegate)


@require_POST
@keep_off_referrers
@for_signed_in
def decline(request: SignedInRequest, key: UUID, token: str) -> HttpResponse:
    """Say that an invitation to one's own address is not wanted."""
    if invitation_by(key, token) is None:
        return render(request, "register/invitations/over.html", status=404)
    try:
        actions.decline_place(key, token, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
        return redirect("exchange:invitation", key, token)
    messages.success(request, _("The invitation is declined; whoever invited is told."))
    return redirect("web:desk")


def _taken(
    request: HttpRequest, invitation: Invitation, delegate: Delegate, token: str
) -> HttpResponse:
    """Take up the place; whoever has not signed in does that first and comes back."""
    person = reader_of(request)
    if person is None:
        return redirect_to_login(request.path)
    try:
        actions.take_up_place(invitation.key, token, actor=person, now=timezone.now())
    except Refused as refusal:
        told = " ".join(explain(gap) for gap in refusal.gaps)
        return _landing(request, invitation, delegate, refusal=told, status=422)
    messages.success(request, _("You are on the list. Say now what you want to see."))
    return redirect("exchange:me", delegate.visit.key)


def _landing(
    request: HttpRequest,
    invitation: Invitation,
    delegate: Delegate,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    person = reader_of(request)
    context = {
        "invitation": invitation,
        "delegate": delegate,
        "what": invited_to(delegate.visit),
        "refusal": refusal,
        "is_other_address": person is not None and not holds_address(person, invitation),
        "is_own": person is not None and invitation.invited_by_id == person.pk,
    }
    return render(request, "exchange/landing.html", context, status=status)


def _link_shown(
    request: StaffRequest, visit: Visit, invitation: Invitation, token: str
) -> HttpResponse:
    """Show a link the only time it is known."""
    path = reverse("exchange:invitation", args=[invitation.key, token])
    context = {
        "invitation": invitation,
        "what": invited_to(visit),
        "link": request.build_absolute_uri(path),
        "back": reverse("exchange:delegation", args=[visit.key]),
    }
    return render(request, "register/invitations/made.html", context)


def _letter(visit: Visit, email: str) -> InvitationLetter:
    """The letter of an invitation, in its reader's language; of a stranger, the inviter's."""
    language = language_of(email) or get_language() or "en"
    with override(language):
        what = invited_to(visit)
    return InvitationLetter(page=settings.SITE_URL + LANDING, what=what, language=language)
