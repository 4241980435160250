"""What a person found by a check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.applications.actions.checks import Found
from sinergia.applications.models import CheckDone
from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT
from sinergia.base.ui.fields import DayField, LinesField


class CheckForm(forms.Form):
    """One check."""

    result = forms.ChoiceField(
        label=_("What was found"),
        choices=CheckDone.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was found.")},
    )
    note = LinesField(
        label=_("Where it was looked and what stands there"),
        help_text=_(
            "With a link where there is one. Whoever admits reads it; it stands in the minutes."
        ),
        rows=3,
        max_length=5_000,
    )
    looked_on = DayField(label=_("Day on which it was looked"))
    file = UploadField(DOCUMENT, label=_("Extract or screenshot"), required=False)

    def found(self, code: str) -> Found:
        """What is noted."""
        said = self.cleaned_data
        return Found(code, said["result"], said["note"], said["looked_on"])
