"""Pages of the officials to whom a region's figures are open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.organisations.actions import officials as actions
from sinergia.organisations.forms.teams import OfficialInvitationForm
from sinergia.organisations.http import for_naming
from sinergia.organisations.queries.invitations import OFFICIAL, open_invitations
from sinergia.organisations.queries.teams import ever_officials_of, officials_of, regions_to_name
from sinergia.organisations.views.inviting import letter_about, link_shown
from sinergia.people.http import SignedInRequest
from sinergia.people.queries import invitations_to
from sinergia.people.words import explain
from sinergia.places.models import Region


@require_GET
@for_naming
def officials(request: SignedInRequest) -> HttpResponse:
    """Officials region by region, and the links that are open."""
    named, now = regions_to_name(request.user), timezone.now()
    by_code = {one.code: one for one in named}
    links = open_invitations(OFFICIAL, *by_code, now=now)
    context = {
        "officials": list(officials_of(named)),
        "links": [(one, by_code[one.scope]) for one in links],
    }
    return render(request, "register/officials/list.html", context)


@require_http_methods(["GET", "POST"])
@for_naming
def invite(request: SignedInRequest) -> HttpResponse:
    """Let an official in by a link."""
    form = OfficialInvitationForm(regions_to_name(request.user), request.POST or None)
    if form.is_valid():
        return _invited(request, form)
    status = 422 if form.is_bound else 200
    return render(request, "register/officials/invite.html", {"form": form}, status=status)


@require_POST
@for_naming
def withdraw(request: SignedInRequest, code: str, invitation: UUID) -> HttpResponse:
    """Make a link worthless."""
    region = _region(request, code)
    found = get_object_or_404(invitations_to(OFFICIAL, region.code), key=invitation)
    try:
        actions.withdraw_from_region(region, found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("The link is good no longer."))
    return redirect("register:officials")


@require_http_methods(["GET", "POST"])
@for_naming
def end(request: SignedInRequest, code: str, person: UUID) -> HttpResponse:
    """Ask once more, then close a region's inner figures to somebody."""
    region = _region(request, code)
    if request.method == "GET":
        official = get_object_or_404(officials_of([region]), person__key=person)
        return render(request, "register/officials/end.html", {"official": official})
    official = get_object_or_404(ever_officials_of(region), person__key=person)
    actions.end_office(region, official.person.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Done: the role is taken away."))
    return redirect("register:officials")


def _region(request: SignedInRequest, code: str) -> Region:
    found: Region = get_object_or_404(regions_to_name(request.user), code=code)
    return found


def _invited(request: SignedInRequest, form: OfficialInvitationForm) -> HttpResponse:
    now, email, region = timezone.now(), form.cleaned_data["email"], form.chosen()
    made = actions.invite_official(
        region,
        email=email,
        ends_at=form.ends_at(now),
        actor=request.user,
        now=now,
        letter=letter_about(region, OFFICIAL, email),
    )
    return link_shown(request, *made, region, back=reverse("register:officials"))
