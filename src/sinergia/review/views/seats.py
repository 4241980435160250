"""Inviting a member of a commission by a link, and the page on which it leads."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.actions import InvitationLetter
from sinergia.people.forms.invitations import InvitationForm
from sinergia.people.http import (
    SignedInRequest,
    for_everyone,
    for_signed_in,
    keep_off_referrers,
    reader_of,
)
from sinergia.people.models import Invitation, Person
from sinergia.people.queries import holds_address
from sinergia.people.queries.accounts import language_of
from sinergia.review.actions import commission as actions
from sinergia.review.models import Member
from sinergia.review.queries.commission import (
    bound_to,
    invitation_by,
    is_expert_of,
    member_of,
)
from sinergia.review.views.commission import form_page, kept_member
from sinergia.review.words import explain
from sinergia.review.words.commission import invited_to

LANDING = "/commission/invitation/"  # then KEY/TOKEN/


@require_http_methods(["GET", "POST"])
@for_signed_in
def invite(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Make a link for a member, and have it sent."""
    commission, found = kept_member(request, key, row)
    form, now = InvitationForm(request.POST or None), timezone.now()
    contest, made = commission.contest, list[tuple[Invitation, str]]()

    def send() -> None:
        email, ends_at = form.cleaned_data["email"], form.ends_at(now)
        given = {"email": email, "letter": _letter(contest, email)}
        made.append(
            actions.invite_member(found, ends_at=ends_at, actor=request.user, now=now, **given)
        )

    if is_done(form, send, explain):
        return _link_shown(request, contest, *made[0])
    said = {"title": _("Invite a member"), "button": _("Make the link")}
    return form_page(request, contest, form, lead=found.name, **said)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def invitation(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Who invites to which commission until when; whoever is signed in takes the seat here."""
    found, now = invitation_by(key, token), timezone.now()
    seat = member_of(found) if found else None
    if found is None or seat is None:
        return render(request, "register/invitations/over.html", status=404)
    person = reader_of(request)
    if person is not None and found.taken_by_id == person.pk:
        return redirect("commission:own")
    if found.state_at(now) != Invitation.State.OPEN or seat.person_id:
        context = {"invitation": found, "state": found.state_at(now)}
        return render(request, "register/invitations/over.html", context, status=410)
    if request.method == "POST":
        return _taken(request, found, seat, token)
    return _landing(request, found, seat)


def _taken(request: HttpRequest, invitation: Invitation, seat: Member, token: str) -> HttpResponse:
    person = reader_of(request)
    if person is None:
        return redirect_to_login(request.path)
    knows = request.POST.get("knows_recusal") == "yes"
    try:
        actions.take_seat(
            invitation.key, token, knows_recusal=knows, actor=person, now=timezone.now()
        )
    except Refused as refusal:
        told = " ".join(explain(gap) for gap in refusal.gaps)
        return _landing(request, invitation, seat, refusal=told, status=422)
    messages.success(request, _("You are in the commission. Questions to vote on come here."))
    return redirect("commission:own")


def _landing(
    request: HttpRequest,
    invitation: Invitation,
    seat: Member,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    person, contest = reader_of(request), seat.commission.contest
    context = {
        "invitation": invitation,
        "seat": seat,
        "what": invited_to(contest),
        "refusal": refusal,
        "is_other_address": person is not None and not holds_address(person, invitation),
        "is_own": person is not None and invitation.invited_by_id == person.pk,
    }
    if person is not None:
        context |= _bound(person, seat)
    return render(request, "review/commission/landing.html", context, status=status)


def _bound(person: Person, seat: Member) -> dict[str, object]:
    """Whether whoever asks scores in the contest, and how many applications are their own."""
    contest = seat.commission.contest
    trial = Member(commission=seat.commission, person=person)
    return {"is_expert": is_expert_of(contest, person), "bound": bound_to(trial).count()}


def _link_shown(
    request: HttpRequest, contest: Contest, invitation: Invitation, token: str
) -> HttpResponse:
    """Show a link the only time it is known."""
    path = reverse("commission:invitation", args=[invitation.key, token])
    context = {
        "invitation": invitation,
        "what": invited_to(contest),
        "link": request.build_absolute_uri(path),
        "back": reverse("commission:composition", args=[contest.call.key]),
    }
    return render(request, "register/invitations/made.html", context)


def _letter(contest: Contest, email: str) -> InvitationLetter:
    """The letter of an invitation, in its reader's language; of a stranger, the inviter's."""
    language = language_of(email) or get_language() or "en"
    with override(language):
        what = invited_to(contest)
    return InvitationLetter(page=settings.SITE_URL + LANDING, what=what, language=language)
