"""Pages of one's own account: the profile, second factors, sessions, proving the mailbox."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.people import queries
from sinergia.people.actions import accounts as actions
from sinergia.people.actions import sessions
from sinergia.people.actions.events import send_written
from sinergia.people.forms.account import ProfileForm
from sinergia.people.forms.proving import MailCodeForm
from sinergia.people.http import (
    AFTER_PROOF,
    MAIL_CODE,
    MailProof,
    SignedInRequest,
    before_second_factor,
    for_signed_in,
    is_proven_twice,
    owes_link,
    place_to_go,
    proofs_in,
    set_language,
)
from sinergia.people.words import letter


@require_http_methods(["GET", "POST"])
@for_signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    """What one is called and the language one reads in."""
    person = request.user
    said = {"name": person.name, "language": person.language}
    form = ProfileForm(request.POST or None, initial=said)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "people/account/profile.html", {"form": form}, status=status)
    changed = actions.change_profile(person, **form.cleaned_data, now=timezone.now())
    messages.success(request, _("Saved."))
    response = redirect("people:account")
    set_language(response, changed.language)
    return response


@require_GET
@before_second_factor
@for_signed_in
def factors(request: SignedInRequest) -> HttpResponse:
    """What one proves oneself by beside the password; where a second proof is owed, how to."""
    person = request.user
    is_owed = person.must_use_mfa and not is_proven_twice(request, person)
    found, proofs = queries.factors_of(person), proofs_in(request, person)
    has_password = person.has_usable_password()
    context = {
        "factors": found,
        "is_owed": is_owed,
        "may_confirm": found.is_set_up,
        "needs_link": owes_link(person),
        "lacks_code": has_password and MAIL_CODE not in proofs,
        "lacks_password": has_password and "password" not in proofs,
        "after": "" if is_owed else request.session.get(AFTER_PROOF, ""),
    }
    return render(request, "people/account/factors.html", context)


@require_GET
@for_signed_in
def open_sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in."""
    current = request.session.session_key or ""
    found = queries.sessions_of(request.user, current=current, now=timezone.now())
    return render(request, "people/account/sessions.html", {"sessions": found})


@require_POST
@for_signed_in
def end_session(request: SignedInRequest, name: str) -> HttpResponse:
    """Sign out on one other device."""
    found = queries.session_named(request.user, name, now=timezone.now())
    if found is None:
        raise Http404
    sessions.end_session(request.user, found, now=timezone.now())
    messages.success(request, _("Signed out on that device."))
    return redirect("usersessions_list")


@require_POST
@for_signed_in
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    me, here = request.user, request.session.session_key or ""
    count = sessions.end_other_sessions(me, current=here, actor=me, now=timezone.now())
    said = ngettext("Signed out on %d device.", "Signed out on %d devices.", count) % count
    messages.success(request, said if count else _("You were signed in nowhere else."))
    return redirect("usersessions_list")


@require_http_methods(["GET", "POST"])
@before_second_factor
@for_signed_in
def confirm_by_mail(request: SignedInRequest) -> HttpResponse:
    """Prove one's mailbox once more: ask for a code, type it. A factor goes before it."""
    if queries.has_factor(request.user):
        return _by_factor(request)
    if request.method == "POST" and "code" not in request.POST:
        return _send_proof(request)
    proof, form = MailProof(request.session), MailCodeForm(request.POST or None)
    if form.is_valid() and not proof.is_right(form.cleaned_data["code"], now=timezone.now()):
        form.add_error("code", _("The code is wrong or too old. Ask for a new one."))
    if form.is_valid():
        record_authentication(request, request.user, method=MAIL_CODE, reauthenticated=True)
        return resume_request(request) or redirect(place_to_go(request, otherwise="/account/"))
    context = {"form": form, "is_sent": proof.is_waiting, "next": place_to_go(request)}
    status = 422 if form.is_bound else 200
    return render(request, "people/account/confirm_by_mail.html", context, status=status)


def _by_factor(request: SignedInRequest) -> HttpResponse:
    query = urlencode({"next": place_to_go(request, otherwise="/account/")})
    return redirect(f"{reverse('mfa_reauthenticate')}?{query}")


def _send_proof(request: SignedInRequest) -> HttpResponse:
    person, now = request.user, timezone.now()
    is_allowed = ratelimit.consume(request, action="request_login_code", key=person.email)
    if is_allowed:
        code = MailProof.begin(request.session, now=now)
        written = letter("proof_code", person.language, {"code": code})
        send_written(written, to=person.email, is_secret=True, now=now)
    else:
        messages.error(request, _("Too often. Wait a few minutes and try again."))
    return redirect(request.get_full_path())
