"""What is typed to erase an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField, LineField
from sinergia.insights.person.models import ErasureAct

PAPER = [(ground.value, ground.label) for ground in ErasureAct.Ground if ground.value != "self"]


class SureForm(forms.Form):
    """That one has read what goes and what stays."""

    is_sure = forms.BooleanField(
        label=_("I have read what goes and what stays, and I know it cannot be undone")
    )


class PaperForm(SureForm):
    """The same for somebody who asked on paper: on which."""

    ground = forms.ChoiceField(label=_("How they asked"), choices=PAPER, widget=forms.RadioSelect)
    paper_number = LineField(
        label=_("Incoming number of the paper"),
        help_text=_("Only the number, no names: it stays in the act."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
    )
    paper_on = DayField(
        label=_("Date of the paper"),
    )
    field_order = ("ground", "paper_number", "paper_on", "is_sure")
