"""What an expert sends beside the texts of a sheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField


class SignForm(forms.Form):
    """seen: the state of the texts that were shown."""

    seen = forms.IntegerField(min_value=0)


class RecusalForm(forms.Form):
    """Why an application is given back."""

    why = LinesField(
        label=_("Why"),
        help_text=_("For the operator of the contest; nobody else reads it."),
        required=False,  # how long it is the action counts, as the browser does
        rows=2,
    )
