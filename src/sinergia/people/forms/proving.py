"""What somebody types about the ways in to their own account."""

from allauth.account.forms import (
    AddEmailForm,
    SetPasswordForm,
)
from allauth.account.forms import (
    ChangePasswordForm as OldAndNewPasswordForm,
)
from allauth.account.forms import ReauthenticateForm as ByPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BySecondForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.people.forms.entering import CODE, PASSWORD_HELP, in_our_manner


class ChangePasswordForm(OldAndNewPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The password as it is, and another."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        in_our_manner(self, oldpassword=_("Password as it is now"), password1=_("New password"))
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HELP


class FirstOwnPasswordForm(SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """A password for somebody who signed in by codes so far."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        in_our_manner(self, password1=_("New password"))
        self.fields["password1"].help_text = PASSWORD_HELP


class NewAddressForm(AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """Another address to sign in with."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_manner(self, email=_("New address"))
        self.fields["email"].help_text = _("A code will come there, to be sure it is yours.")


class PasswordAgainForm(ByPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more, before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_manner(self, password=_("Password"))
        self.fields["password"].help_text = ""


class SecondCodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second proof at the sign-in: of the app, or one of the spare codes."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_manner_of_factors(self)


class CodeAgainForm(BySecondForm):  # type: ignore[misc]  # allauth ships no types
    """The same, before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_manner_of_factors(self)


class FirstAppCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code that the app shows: proves that the app has the secret."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_manner(self, code=_("Code that the app shows"))
        self.fields["code"].help_text = _("Six digits; they change every 30 seconds.")
        self.fields["code"].widget.attrs |= CODE | {"inputmode": "numeric"}


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey: its name, and what the browser answers."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Every passkey is made to sign in without a password too: the device asks for itself.
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("To tell it from others: “Work laptop”, “My phone”.")
        self.fields["name"].max_length = 60
        self.fields["name"].required = False
        self.fields["credential"].error_messages["required"] = _(
            "The browser gave no key. Try once more, or choose the app with codes."
        )


class MailCodeForm(forms.Form):
    """The code that proves a mailbox once more."""

    code = forms.CharField(
        label=_("Code from the letter"), max_length=20, widget=forms.TextInput(attrs=CODE)
    )


def in_manner_of_factors(form: forms.Form) -> None:
    """The field of a code that an app shows."""
    in_our_manner(form, code=_("Code from the app, or a spare code"))
    form.fields["code"].help_text = _(
        "Six digits from the app of codes. Without the phone at hand: one of the spare codes."
    )
    form.fields["code"].widget.attrs |= CODE | {"inputmode": "numeric"}
