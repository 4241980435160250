"""Pages of accounts: the first password, the language."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.people import actions, queries
from sinergia.people.forms import FirstPasswordForm
from sinergia.people.http import for_everyone


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@for_everyone
def first(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Set a password by a one-time link; a used or old link says how to get another."""
    person = queries.owner_of_link(key, token)
    if person is None:
        return render(request, "people/link_is_over.html", status=404)
    form = FirstPasswordForm(person, request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "people/first.html", {"form": form, "person": person}, status=status)
    actions.set_first_password(person, form.cleaned_data["password"], now=timezone.now())
    messages.success(request, _("The password is set. Now sign in with it."))
    return redirect("account_login")


@require_POST
@for_everyone
def language(request: HttpRequest) -> HttpResponse:
    """Show pages in another language from now on."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    if request.user.is_authenticated:
        actions.choose_language(request.user, chosen, now=timezone.now())
    response = redirect(place_to_go(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def place_to_go(request: HttpRequest) -> str:
    """Take `next` where it is an address of this site, the front page elsewhere."""
    named = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if is_ours else "/"
