"""Pages on the way in and out: the first password, the language, leaving."""

from uuid import UUID

from allauth.account import views as allauth
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.people import actions, queries
from sinergia.people.forms.entering import FirstPasswordForm
from sinergia.people.http import (
    before_second_factor,
    for_everyone,
    keep_off_referrers,
    place_to_go,
    set_language,
)
from sinergia.people.models import ConsentText


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@before_second_factor
@for_everyone
@keep_off_referrers
def first(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Set a password by a one-time link, and be in; a used or old link says how to get another.

    Whoever has agreed to nothing yet says their name and agrees to the account with it.
    """
    person = queries.owner_of_link(key, token)
    if person is None:
        return render(request, "people/link_is_over.html", status=404)
    is_new = queries.consent_in_force(person, ConsentText.Purpose.ACCOUNT) is None
    form = FirstPasswordForm(person, request.POST or None, is_new=is_new)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "people/first.html", {"form": form, "person": person}, status=status)
    said, now = form.cleaned_data, timezone.now()
    known = actions.set_first_password(person, said["password"], name=said.get("name", ""), now=now)
    messages.success(request, _("The password is set."))
    response: HttpResponse = perform_login(request, known)
    # Noted afterwards: the link came from the command line, so no code by e-mail is asked now.
    record_authentication(request, known, method="password")
    return response


@require_POST
@before_second_factor
@for_everyone
def language(request: HttpRequest) -> HttpResponse:
    """Show pages in another language from now on."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    if request.user.is_authenticated:
        actions.choose_language(request.user, chosen, now=timezone.now())
    response = redirect(place_to_go(request))
    set_language(response, chosen)
    return response


@require_http_methods(["GET", "POST"])
@before_second_factor
@for_everyone
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Ask, then leave, taking along what pages have kept on this device.

    Where texts of others lie there, too, the page has taken along its reader's alone.
    """
    response: HttpResponseBase = allauth.logout(request)
    if request.method == "POST" and "others" not in request.POST:
        response.headers["Clear-Site-Data"] = '"storage"'
    return response
