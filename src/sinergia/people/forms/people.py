"""What an administrator types about somebody's account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LineField


class GroundForm(forms.Form):
    """On what ground something is done for somebody else: kept, and erased with their data."""

    ground = LineField(
        label=_("On what ground"),
        help_text=_(
            "How they asked and how you made sure it is them: “came with a passport, 3.12”."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
