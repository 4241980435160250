"""Pages of the people of an organisation."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.ui.acting import tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.organisations import access
from sinergia.organisations.actions import teams as actions
from sinergia.organisations.forms.teams import LeavingForm, TeamInvitationForm
from sinergia.organisations.http import StaffRequest, for_staff, other_capacity
from sinergia.organisations.models import Membership, Organisation
from sinergia.organisations.queries import teams as queries
from sinergia.organisations.queries.claims import claims_to_organisation
from sinergia.organisations.queries.invitations import ORGANISATION, keys_of, open_invitations
from sinergia.organisations.views.inside.page import organisation_of
from sinergia.organisations.views.inviting import letter_about, link_shown
from sinergia.organisations.views.saving import is_saved
from sinergia.organisations.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries import invitations_to
from sinergia.people.words import explain as explain_invitation


@require_GET
@for_signed_in
def team(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Who acts for an organisation, who asks to, whom a link invites."""
    organisation = organisation_of(request, key)
    return render(request, "register/team/team.html", _known(request, organisation))


@require_http_methods(["GET", "POST"])
@for_signed_in
def invite(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take somebody in by a link."""
    organisation = _led(request, key)
    form = TeamInvitationForm(request.POST or None)
    if form.is_valid():
        return _invited(request, organisation, form)
    context = {"organisation": organisation, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "register/team/invite.html", context, status=status)


@require_POST
@for_signed_in
def withdraw(request: SignedInRequest, key: UUID, invitation: UUID) -> HttpResponse:
    """Make a link worthless."""
    organisation = _led(request, key)
    found = get_object_or_404(invitations_to(ORGANISATION, *keys_of(organisation)), key=invitation)
    try:
        actions.withdraw_from_team(organisation, found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain_invitation)
    else:
        messages.success(request, _("The link is good no longer."))
    return redirect("register:team", key)


@require_POST
@for_signed_in
def role(request: SignedInRequest, key: UUID, member: UUID) -> HttpResponse:
    """Give somebody another role."""
    place, wanted = _place(request, key, member), request.POST.get("role", "")
    if wanted not in Membership.Role.values:
        messages.error(request, _("Choose one of the roles."))
        return redirect("register:team", key)
    try:
        actions.change_role(place.key, wanted, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code))
    else:
        messages.success(request, _("The role is changed."))
    return redirect("register:team", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def end(request: SignedInRequest, key: UUID, member: UUID) -> HttpResponse:
    """Ask once more, then let somebody go; of oneself, leave."""
    place = (
        _place(request, key, member) if request.method == "GET" else _ended(request, key, member)
    )
    form = _leaving_form(request, place)
    if form.is_valid():
        leave = partial(actions.end_membership, place.key, actor=request.user, now=timezone.now())
        if is_saved(form, lambda given: leave(**form.parting())):
            messages.success(request, _("Done: the place in the team is given up."))
            return redirect(_after_leaving(request, place.organisation))
    context = {"place": place, "form": form, "is_own": place.person == request.user}
    status = 422 if form.is_bound else 200
    return render(request, "register/team/end.html", context, status=status)


@require_GET
@for_staff
def without_leader(request: StaffRequest) -> HttpResponse:
    """Organisations that had people of their own and that nobody leads now."""
    found = queries.without_leader(request.centre)
    page = page_of(
        found,
        order=Order("name_folded"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    partings = queries.partings_of(page.rows)
    rows = [(one, partings.get(one.pk)) for one in page.rows]
    context = {"page": page, "rows": rows, "total": count_up_to(found)}
    return render(request, "register/team/without_leader.html", context)


def _known(request: SignedInRequest, organisation: Organisation) -> dict[str, object]:
    person, now = request.user, timezone.now()
    sees_former = access.may_see_former_people(person, organisation)
    leads = sees_former or access.may_lead_team(person, organisation)
    return {
        "organisation": organisation,
        "places": list(queries.memberships_of(organisation)),
        "leads": leads,
        "claims": list(claims_to_organisation(organisation, but=person)) if leads else [],
        "links": open_invitations(ORGANISATION, *keys_of(organisation), now=now) if leads else [],
        "former": list(queries.former_memberships(organisation)) if sees_former else [],
        "offer": other_capacity(request, organisation),
        "back": request.get_full_path(),
    }


def _invited(
    request: SignedInRequest, organisation: Organisation, form: TeamInvitationForm
) -> HttpResponse:
    now, email, role = timezone.now(), form.cleaned_data["email"], form.cleaned_data["role"]
    made = actions.invite_to_team(
        organisation,
        role,
        email=email,
        ends_at=form.ends_at(now),
        actor=request.user,
        now=now,
        letter=letter_about(organisation, role, email),
    )
    back = reverse("register:team", args=[organisation.key])
    return link_shown(request, *made, organisation, back=back)


def _led(request: SignedInRequest, key: UUID) -> Organisation:
    """An organisation into whose team the person may take others."""
    organisation = organisation_of(request, key)
    if not access.may_lead_team(request.user, organisation):
        raise PermissionDenied
    return organisation


def _place(request: SignedInRequest, key: UUID, member: UUID) -> Membership:
    organisation = organisation_of(request, key)
    found: Membership = get_object_or_404(queries.memberships_of(organisation), key=member)
    return found


def _ended(request: SignedInRequest, key: UUID, member: UUID) -> Membership:
    """A place that the first press may have ended, by which the team closed to whoever left."""
    own = queries.ever_in_teams(request.user).filter(organisation__key=key, key=member).first()
    if own is not None:
        return own
    there = queries.ever_in_team(organisation_of(request, key))
    found: Membership = get_object_or_404(there, key=member)
    return found


def _leaving_form(request: SignedInRequest, place: Membership) -> LeavingForm:
    is_own = place.person == request.user
    if not (is_own or access.may_lead_team(request.user, place.organisation)):
        raise PermissionDenied
    serves = access.may_serve(request.user, place.organisation)
    is_last = queries.is_last_leader(place) and (is_own or not serves)
    heirs = [(str(one.key), one.person) for one in queries.heirs_of(place)]
    typed = request.POST if request.method == "POST" else None
    return LeavingForm(heirs, typed, is_last=is_last)


def _after_leaving(request: SignedInRequest, organisation: Organisation) -> str:
    """Back to the team, for whom it is still open."""
    if access.may_look_inside(request.user, organisation):
        return reverse("register:team", args=[organisation.key])
    return reverse("web:desk")
