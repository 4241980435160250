"""What pages of centres, officials and teams have in common: the link that is shown once."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from sinergia.organisations.queries.invitations import Scope
from sinergia.organisations.words.roles import what_said
from sinergia.people.actions import InvitationLetter
from sinergia.people.models import Invitation
from sinergia.people.queries.accounts import language_of

LANDING = "/invitation/"  # then KEY/TOKEN/


def letter_about(scope: Scope, role: str, email: str) -> InvitationLetter:
    """The letter of an invitation, in its reader's language; of a stranger, the inviter's."""
    language = language_of(email) or get_language() or "en"
    with override(language):
        what = what_said(scope, role)
    return InvitationLetter(page=settings.SITE_URL + LANDING, what=what, language=language)


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
