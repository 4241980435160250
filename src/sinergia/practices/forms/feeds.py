"""Where a feed of practices is."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FeedForm(forms.Form):
    """The address of another installation, or of its feed."""

    address = forms.CharField(
        label=_("Address of the other site"),
        help_text=_("As its people open it, for example https://ngo.example.org."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
