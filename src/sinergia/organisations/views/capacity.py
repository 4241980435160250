"""Choosing in which capacity somebody acts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergia.organisations.http import choose_capacity
from sinergia.people.http import SignedInRequest, for_signed_in


@require_POST
@for_signed_in
def choose(request: SignedInRequest) -> HttpResponse:
    """Act in another capacity from now on, and go on where one was."""
    if choose_capacity(request, request.POST.get("capacity", "")) is None:
        messages.error(request, _("You cannot act so: this role is not yours any longer."))
    named = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(named if is_ours else "web:desk")
