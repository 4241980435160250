"""What is typed to invite somebody."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

USUAL_DAYS = 14
MOST_DAYS = 60


class InvitationForm(forms.Form):
    """Whom to invite, and for how long the link is good."""

    email = forms.EmailField(
        label=_("E-mail of whom you invite"),
        help_text=_(
            "The letter goes there, and only an account with this address can accept. "
            "Leave it empty to get a link for whoever holds it."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=_("The link is good for, days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )

    def ends_at(self, now: datetime) -> datetime:
        """The last moment at which the link is good."""
        return now + timedelta(days=int(self.cleaned_data["days"]))
