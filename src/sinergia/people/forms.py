"""What is typed about one's own account."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sinergia.people.models import Person


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
