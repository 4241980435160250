"""What pages of centres, officials and teams have in common: the link that is shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from sinergia.organisations.queries.invitations import Scope
from sinergia.organisations.words.roles import what_said
from sinergia.people.actions import InvitationLetter
from sinergia.people.models import Invitation

LANDING = "/invitation/"  # then KEY/TOKEN/


def letter_about(request: HttpRequest, scope: Scope, role: str) -> InvitationLetter:
    """The letter of an invitation, in the language of whoever invites."""
    page = request.build_absolute_uri(LANDING)
    return InvitationLetter(page=page, what=what_said(scope, role), language=get_language() or "en")


def link_shown(
    request: HttpRequest, invitation: Invitation, token: str, scope: Scope, *, back: str
) -> HttpResponse:
    """Show a link the only time it is known; going back to the page asks to send again."""
    path = reverse("register:invitation", args=[invitation.key, token])
    context = {
        "invitation": invitation,
        "what": what_said(scope, invitation.role),
        "link": request.build_absolute_uri(path),
        "back": back,
    }
    return render(request, "register/invitations/made.html", context)
