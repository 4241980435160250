"""What confirms a submission: a file, or the day on which its paper came."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import SIGNED
from sinergia.base.ui.fields import DayField


class ConfirmationForm(forms.Form):
    """A scan, or a signature."""

    file = UploadField(SIGNED, label=_("Scan or electronic signature"))


class PaperForm(forms.Form):
    """The day on which the paper came."""

    received_on = DayField(label=_("Day on which it came"))
