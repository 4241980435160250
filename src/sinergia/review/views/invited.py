"""The page to which an invitation to be an expert leads: accept with a profile, or decline."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.people.http import for_everyone, keep_off_referrers, reader_of
from sinergia.people.models import Invitation, Person
from sinergia.people.queries import holds_address
from sinergia.review.actions import answering as actions
from sinergia.review.forms.experts import ProfileForm, ReasonForm
from sinergia.review.models import Expert
from sinergia.review.queries.invitations import expert_of, invitation_by, is_good
from sinergia.review.queries.own_organisations import own_submissions
from sinergia.review.views.own import profile_form
from sinergia.review.words import explain
from sinergia.review.words.experts import invited_to


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def invitation(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Who invites to read applications of what; whoever is signed in accepts here."""
    found = invitation_by(key, token)
    expert = expert_of(found) if found else None
    if found is None or expert is None:
        return render(request, "review/experts/over.html", status=404)
    person = reader_of(request)
    if person is not None and found.taken_by_id == person.pk == expert.person_id:
        return redirect("experts:mine")
    if not is_good(found, expert, now=timezone.now()):
        return _over(request, found, expert)
    if request.method == "POST":
        return _accepted(request, found, expert, token)
    return _landing(request, found, expert, profile_form(expert), ReasonForm())


@require_POST
@keep_off_referrers
@for_everyone
def decline(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Say no, with a reason; no account is needed for it."""
    found = invitation_by(key, token)
    expert = expert_of(found) if found else None
    if found is None or expert is None:
        return render(request, "review/experts/over.html", status=404)
    form, person, now = ReasonForm(request.POST), reader_of(request), timezone.now()

    def act() -> None:
        why = form.cleaned_data["reason"]
        actions.decline_invitation(key, token, why, actor=person, now=now)

    if is_done(form, act, explain):
        return redirect("experts:invitation", key, token)
    return _landing(request, found, expert, profile_form(expert), form, status=422)


def _accepted(
    request: HttpRequest, invitation: Invitation, expert: Expert, token: str
) -> HttpResponse:
    """Accept; whoever has not signed in does that first and comes back."""
    person = reader_of(request)
    if person is None:
        return redirect_to_login(request.path)
    form, now = profile_form(expert, request.POST), timezone.now()

    def act() -> None:
        profile = form.profile()
        actions.accept_invitation(invitation.key, token, profile, actor=person, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Thank you: you are an expert. Sign the statements now."))
        return redirect("experts:own", expert.key)
    return _landing(request, invitation, expert, form, ReasonForm(), status=422)


def _landing(
    request: HttpRequest,
    invitation: Invitation,
    expert: Expert,
    form: ProfileForm,
    refusal: ReasonForm,
    *,
    status: int = 200,
) -> HttpResponse:
    person = reader_of(request)
    here = request.resolver_match
    link = here.kwargs if here is not None else {}
    context = {
        "invitation": invitation,
        "page": reverse("experts:invitation", kwargs=link),
        "decline": reverse("experts:decline", kwargs=link),
        "expert": expert,
        "contest": expert.contest,
        "what": invited_to(expert),
        "form": form,
        "refusal_form": refusal,
        "is_other_address": person is not None and not holds_address(person, invitation),
        "is_own": person is not None and invitation.invited_by_id == person.pk,
        "own": _own(person, expert) if person is not None else [],
    }
    return render(request, "review/experts/landing.html", context, status=status)


def _own(person: Person, expert: Expert) -> list[str]:
    """Organisations of whoever asks that have applied: those they will not read."""
    rows = own_submissions(person, expert.contest, today=timezone.localdate())
    return list(dict.fromkeys(one.organisation.name for one in rows))


def _over(request: HttpRequest, invitation: Invitation, expert: Expert) -> HttpResponse:
    """Say what became of it, and whom to ask: the link is right, so that much may be told."""
    state = invitation.state_at(timezone.now())
    if expert.stage == Expert.Stage.DECLINED:
        state = "declined"
    context = {"invitation": invitation, "state": state, "contest": expert.contest}
    return render(request, "review/experts/over.html", context, status=410)
