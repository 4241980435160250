"""How django-allauth meets our accounts, our journal and our letters."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.people import words
from sinergia.people.actions.accounts import sign_up
from sinergia.people.actions.events import note_change, send_written
from sinergia.people.actions.factors import mark_reset
from sinergia.people.actions.sessions import end_other_sessions
from sinergia.people.http import MAIL_CODE, client_address, set_language
from sinergia.people.models import Person
from sinergia.people.queries.accounts import has_factor, has_one_factor, language_of

# What allauth tells of, and how the journal calls it; of most a letter goes to the owner too.
EVENTS = {
    "password_changed": ("person.password_changed", {}),
    "password_set": ("person.password_set", {}),
    "password_reset": ("person.password_reset", {}),
    "email_changed": ("person.address_changed", {}),
    "totp_activated": ("person.factor_added", {"factor": "totp"}),
    "totp_deactivated": ("person.factor_removed", {"factor": "totp"}),
    "webauthn_added": ("person.factor_added", {"factor": "webauthn"}),
    "webauthn_removed": ("person.factor_removed", {"factor": "webauthn"}),
    "recovery_codes_generated": ("person.factor_added", {"factor": "recovery_codes"}),
}
PROOFS = {"totp_activated": "totp", "webauthn_added": "webauthn"}  # setting one up proves it
CODES = {"login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts: anybody may make one; what changes is journalled, letters are ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is the address you have now."),
        "email_password_mismatch": _("The address or the password is wrong."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_code": _("The code is wrong. Look again; an older letter’s code is no good."),
        "incorrect_password": _("The password is wrong."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes and try again."),
        "rate_limited": _("Too often. Wait a few minutes and try again."),
    }

    def new_user(self, request: HttpRequest) -> Person:
        """Begin an account."""
        return Person(made_at=timezone.now())

    def save_user(
        self, request: HttpRequest, user: Person, form: forms.Form, *_unused: object
    ) -> Person:
        """Keep what was typed at sign-up, with the consent it stands on."""
        said = form.cleaned_data
        return sign_up(
            user,
            email=said["email"],
            name=said["name"],
            language=said["language"],
            password=said.get("password1") or "",
            now=timezone.now(),
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Promise a letter of our own words in its reader's language."""
        name = template_prefix.rpartition("/")[2]
        site = settings.SITE_URL
        known = {
            "code": context.get("code", ""),
            "sign_up_url": site + reverse("account_signup"),
            "sign_in_url": site + reverse("account_login"),
            "reset_url": site + reverse("account_reset_password"),
            "sessions_url": site + reverse("usersessions_list"),
            "from_email": context.get("from_email", ""),
            "to_email": context.get("to_email", ""),
        }
        language = language_of(email) or self._asked_language()
        letter = words.letter(name, language, known)
        send_written(letter, to=email, is_secret=name in CODES, now=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Journal a change of the ways in, and tell the owner by letter."""
        name = template_prefix.rpartition("/")[2]
        if name in EVENTS:
            verb, codes = EVENTS[name]
            former = (context or {}).get("from_email", "")  # till erasure: letters there go with it
            detail = {"from": former.casefold()} if former else None
            note_change(user, verb, codes=codes, now=timezone.now(), detail=detail)
        if name == "password_reset":
            mark_reset(user)
        if name in PROOFS:
            self._end_others(user)
            record_authentication(
                self.request, user, method="mfa", type=PROOFS[name], reauthenticated=True
            )
        super().send_notification_mail(template_prefix, user, context, email)

    def _end_others(self, user: Person) -> None:
        """The first factor ends other sessions: they were opened by less."""
        if has_one_factor(user):
            here = self.request.session.session_key or ""
            end_other_sessions(user, current=here, actor=user, now=timezone.now())

    def is_login_by_code_required(self, login: Login) -> bool:
        """Ask those who decide for a code by e-mail beside the password, if they have no better.

        A code after a code would be one mailbox twice, so it is not asked then.
        """
        records = get_authentication_records(self.request, login.user)
        by_password = bool(records) and records[-1]["method"] == "password"
        return by_password and login.user.must_use_mfa and not has_factor(login.user)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, str]]:
        """List the ways to prove oneself once more: a factor goes before the password.

        Who has neither gets a code by e-mail.
        """
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_factor(user):
            methods = [one for one in methods if one["id"] != "reauthenticate"]
        names = {
            "reauthenticate": gettext("By password"),
            "mfa_reauthenticate": gettext("By a code of the app, or a spare code"),
            "mfa_reauthenticate:webauthn": gettext("By a passkey"),
        }
        for method in methods:
            method["description"] = names.get(method["id"], method["description"])
        if user.is_authenticated and not methods:
            address = reverse("people:confirm_by_mail")
            methods = [
                {"id": MAIL_CODE, "description": gettext("By a code from e-mail"), "url": address}
            ]
        return methods

    def post_login(self, request: HttpRequest, user: Person, **given: Any) -> HttpResponse:  # noqa: ANN401  # allauth's own keywords
        """Show pages in the language that the person chose."""
        response: HttpResponse = super().post_login(request, user, **given)
        set_language(response, user.language)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        """Say whose attempts are counted together."""
        return client_address(request)

    def _asked_language(self) -> str:
        return str(getattr(self.request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))[:2]


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Second factors: what apps and keys call the site, and the picture for the camera."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is wrong. Wait for the next one in the app and type it."),
    }

    def get_totp_issuer(self) -> str:
        """Name the site in the app, so that two installations are told apart."""
        return f"{_('Sinergia')} ({self._host()})"

    def build_totp_svg(self, url: str) -> str:
        """Draw the picture inline: the content policy lets in no picture from an address."""
        return words.square_code(url)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say for which site a passkey is."""
        return {"id": self._host(), "name": str(_("Sinergia"))}

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's own
        """Propose a name for a passkey."""
        return words.passkey_name(timezone.now())

    def _host(self) -> str:
        context = AccountAdapter()
        return str(context.request.get_host()).partition(":")[0]
