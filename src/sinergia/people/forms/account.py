"""What somebody types about themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LineField


class ProfileForm(forms.Form):
    """What one is called and the language one reads in."""

    name = LineField(
        label=_("First name and surname"),
        help_text=_("So the people you work with here will see you."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of pages and letters"), choices=settings.LANGUAGES
    )
