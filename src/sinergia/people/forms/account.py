"""What somebody types about themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinergia.engine.text import clean_line


class ProfileForm(forms.Form):
    """What one is called and the language one reads in."""

    name = forms.CharField(
        label=_("First name and surname"),
        help_text=_("So the people you work with here will see you."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of pages and letters"), choices=settings.LANGUAGES
    )

    def clean_name(self) -> str:
        """Take out what no name has: line breaks, control characters."""
        return clean_line(str(self.cleaned_data["name"]))
