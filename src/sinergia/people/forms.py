"""What is typed about one's own account."""

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sinergia.people.models import Person


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """The sign-in form, whose labels stand above the fields and not in them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""  # a way to reset it comes with letters


class FirstPasswordForm(forms.Form):
    """A password, once: it can be seen by whoever types it and changed later."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A sentence you will remember is best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, person: Person, *args: object, **kwargs: object) -> None:
        self.person = person
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def clean_password(self) -> str:
        """Refuse what is easily guessed, saying why."""
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self.person)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return password
