"""What a visitor types to get in: the sign-in page, sign-up, codes, a new password.

Labels stand above the fields, never in them; what is asked and refused stays with django-allauth.
"""

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LineField
from sinergia.people.models import Person

CODE = {"class": "w-10", "autocomplete": "one-time-code", "autocapitalize": "characters"}
PASSWORD_HELP = _("At least 10 characters. A sentence you will remember is best.")


NAME = LineField(
    label=_("First name and surname"),
    help_text=_("So the people you work with here will see you."),
    max_length=200,
    widget=forms.TextInput(attrs={"autocomplete": "name"}),
)
AGREES = forms.BooleanField(label=_("I agree to the processing of my personal data for an account"))


def in_our_manner(form: forms.Form, **labels: object) -> None:
    """Take out what stands in the fields; name them as we do."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name, label in labels.items():
        form.fields[name].label = str(label)


def in_manner_of_codes(form: forms.Form) -> None:
    """The field of a code that came by letter."""
    in_our_manner(form, code=_("Code from the letter"))
    form.fields["code"].widget.attrs |= CODE | {"maxlength": "20"}


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """The address and the password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_manner(self, login=_("E-mail"), password=_("Password"))
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """A new account: who, in which language, and the consent without which it may not be kept."""

    field_order = ("email", "name", "language", "password1", "agrees")
    name = NAME
    language = forms.ChoiceField(label=_("Language of pages and letters"))
    agrees = AGREES

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()
        in_our_manner(self, email=_("E-mail"), password1=_("Password"))
        self.fields["email"].help_text = _("A code will come there, to be sure it is yours.")
        self.fields["password1"].help_text = _(
            "At least 10 characters; a sentence you will remember is best. Leave it empty to sign "
            "in by codes from e-mail."
        )

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Keep the account; a known address takes as long as a new one, and so tells nothing."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1") or None)  # thrown away
        saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return saved


class AskCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Where to send a code to sign in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_manner(self, email=_("E-mail"))


class SignInCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """The code to sign in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_manner_of_codes(self)


class AddressCodeForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # allauth ships no types
    """The code that proves an address."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_manner_of_codes(self)


class AskResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Where to send a code to set another password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_manner(self, email=_("E-mail"))


class ResetCodeForm(ConfirmPasswordResetCodeForm):  # type: ignore[misc]  # allauth ships no types
    """The code to set another password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_manner_of_codes(self)


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """Another password, typed once."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        in_our_manner(self, password1=_("New password"))
        self.fields["password1"].help_text = PASSWORD_HELP


class FirstPasswordForm(forms.Form):
    """The password of whoever came by a one-time link of the command line.

    is_new: the command line has made the account, so its owner has not said who they are and has
    agreed to nothing yet.
    """

    name = NAME
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    agrees = AGREES

    def __init__(self, person: Person, typed: QueryDict | None, *, is_new: bool) -> None:
        self.person = person
        is_made_up = person.name == person.email.partition("@")[0]
        super().__init__(typed, initial={"name": "" if is_made_up else person.name})
        if not is_new:
            del self.fields["name"], self.fields["agrees"]

    def clean_password(self) -> str:
        """Refuse what is easily guessed, saying why."""
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self.person)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return password
