"""What confirms a submission: a file, or the day on which its paper came."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import SIGNED

DATE = forms.DateInput(attrs={"type": "date", "class": "w-12"}, format="%Y-%m-%d")


class ConfirmationForm(forms.Form):
    """A scan, or a signature."""

    file = UploadField(SIGNED, label=_("Scan or electronic signature"))


class PaperForm(forms.Form):
    """The day on which the paper came."""

    received_on = forms.DateField(label=_("Day on which it came"), widget=DATE)
