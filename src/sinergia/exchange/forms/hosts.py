"""What a host answers, and to which address it is asked."""

from typing import TypeVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.exchange.actions.hosts import LONGEST_NOTE, Answered
from sinergia.exchange.models import Confirmation

Typed = TypeVar("Typed", bound=forms.Form)
ANSWERS = [
    (Confirmation.Answer.YES, _("Yes, we will receive you then")),
    (Confirmation.Answer.OTHERWISE, _("We can, but otherwise")),
    (Confirmation.Answer.NO, _("We cannot")),
]


class AskForm(forms.Form):
    """Where the letter with the link goes."""

    email = forms.EmailField(
        label=_("Address of the letter"),
        help_text=_("As the register has it; another one may be typed. Then the first link ends."),
        max_length=254,
        required=False,
    )


class AnswerForm(forms.Form):
    """Whether a host keeps a session. seen: its time and place, as they were read."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
    )
    note = LinesField(
        label=_("What would suit you, what we should know"),
        rows=3,
        max_length=LONGEST_NOTE,
        required=False,
    )
    name = forms.CharField(
        label=_("Who answers"),
        help_text=_("Name and post, so that the organisers know whom to ask."),
        max_length=200,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def given(self) -> Answered:
        """What was answered."""
        said = self.cleaned_data
        return Answered(said["answer"], said["name"], said["note"])


class PublishForm(forms.Form):
    """What is added to the letters. seen: what was previewed."""

    note = LinesField(
        label=_("A word to everybody"),
        help_text=_("Stands above the list of changes; may stay empty."),
        rows=3,
        max_length=500,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_seen(self) -> str:
        """What was previewed; of a form that was not ours, nothing."""
        seen: str = self.cleaned_data["seen"]
        if not seen.isalnum():
            raise forms.ValidationError(gettext("Open the page once more."))
        return seen


def shown_again(form: Typed, seen: str) -> Typed:
    """What stands now is on the page: pressed once more, one knows it."""
    if form.is_bound:
        form.data = {name: form.data[name] for name in form.data} | {"seen": seen}
    return form
