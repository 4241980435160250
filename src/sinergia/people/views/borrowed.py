"""Pages of django-allauth behind our doors; whatever is not opened here is not there."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from allauth.account import views as account
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app_codes
from allauth.mfa.webauthn import views as passkeys
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from sinergia.people import actions, queries
from sinergia.people.http import (
    SignedInRequest,
    before_second_factor,
    for_everyone,
    for_freshly_proven,
    for_signed_in,
    is_proven_twice,
    owes_link,
)

View = Callable[..., HttpResponseBase]
PASSWORD_DROPPED = _(
    "The password typed at sign-up works no longer: nobody had confirmed the address then. Set "
    "your own under “Password” in your account."
)


def refusing(view: View) -> View:
    """Say by the status that a form was refused: django-allauth says 200 then, too."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        is_form_again = request.method == "POST" and isinstance(response, TemplateResponse)
        if is_form_again and response.status_code == HTTPStatus.OK:  # success leads elsewhere
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answered


def opened(view: View) -> View:
    """A page on the way in."""
    return for_everyone(refusing(view))


def owned(view: View) -> View:
    """A page about one's own ways in, open before the second proof too."""
    return before_second_factor(for_signed_in(refusing(view)))


def guarded(view: View) -> View:
    """The same, after proving oneself once more."""
    return before_second_factor(for_signed_in(for_freshly_proven(refusing(view))))


def unless_owing(view: View) -> View:
    """Keep who is known by their mailbox alone from a first factor; its page says what to do."""

    @wraps(view)
    def answered(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if owes_link(request.user):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return answered


def once_proven(view: View) -> View:
    """Keep a first password, set by the mailbox, from counting as a second proof beside it."""

    @wraps(view)
    def answered(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.must_use_mfa and not is_proven_twice(request, request.user):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return answered


class SignInCode(account.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth ships no types
    """The code to sign in; it may be the first that proves the address."""

    def _verify_form_valid(self, form: forms.Form) -> HttpResponse:
        """Sign in; after the password of this very account it would prove nothing new."""
        if self._process.state["initiated_by_user"] and _is_dropped(self.request, self._process):
            messages.warning(self.request, PASSWORD_DROPPED)
        response: HttpResponse = super()._verify_form_valid(form)
        return response


class ResetCode(account.ConfirmPasswordResetCodeView):  # type: ignore[misc]  # allauth ships no types
    """The code to set another password; it may be the first that proves the address."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Go on to the new password; the one before is worthless at once."""
        _is_dropped(self.request, self._process)
        response: HttpResponse = super().form_valid(form)
        return response


def _is_dropped(request: HttpRequest, process: AbstractCodeVerificationProcess) -> bool:
    """Drop the password of whoever has typed this address at sign-up and never confirmed it."""
    person, here = process.user, request.session.session_key or ""
    return actions.drop_unproven_password(person, current=here, actor=person, now=timezone.now())


sign_in = opened(account.login)
ask_code = opened(account.request_login_code)
confirm_code = opened(SignInCode.as_view())
sign_in_by_passkey = opened(passkeys.login_webauthn)
second_proof = opened(factors.authenticate)
sign_up = opened(account.signup)
confirm_address = before_second_factor(opened(account.email_verification_sent))
reset = opened(account.password_reset)
reset_code = opened(ResetCode.as_view())
reset_password = opened(account.complete_password_reset)
reset_done = opened(account.password_reset_from_key_done)
inactive = opened(account.account_inactive)

prove_by_password = owned(account.reauthenticate)
prove_by_code = owned(factors.reauthenticate)
prove_by_passkey = owned(passkeys.reauthenticate_webauthn)

change_password = owned(account.password_change)
set_password = guarded(once_proven(account.password_set))
change_address = guarded(account.email)
add_app = guarded(unless_owing(app_codes.activate_totp))
remove_app = guarded(app_codes.deactivate_totp)
spare = guarded(spare_codes.view_recovery_codes)
new_spare = guarded(spare_codes.generate_recovery_codes)
spare_file = guarded(spare_codes.download_recovery_codes)
add_passkey = guarded(unless_owing(passkeys.add_webauthn))


@require_GET
@before_second_factor
@for_signed_in
def to_factors(request: SignedInRequest) -> HttpResponse:
    """The list of passkeys is part of the page of factors."""
    return redirect("mfa_index")


@before_second_factor
@for_signed_in
def remove_passkey(request: SignedInRequest, name: str) -> HttpResponseBase:
    """Ask, then take a passkey away; it is named by a digest, for its number stays inside."""
    found = queries.passkey_named(request.user, name)
    if found is None:
        raise Http404
    return refusing(for_freshly_proven(passkeys.remove_webauthn))(request, pk=found.pk)
