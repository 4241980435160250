"""What is typed about the reading of a draft."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField
from sinergia.support.actions.readings import LONGEST, WORDS, Asked
from sinergia.support.queries.readings import ReadingFilter


class AskForm(forms.Form):
    """What to look at, and by when it would help."""

    words = forms.CharField(
        label=_("What to look at above all"),
        help_text=_("What you doubt: the budget, the results, whether the problem is proved."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": WORDS}),
        required=False,
    )
    wished_on = DayField(
        label=_("By which day you need it"),
        help_text=_("Leave time to mend what is found before the intake ends."),
        required=False,
    )

    def given(self) -> Asked:
        """As the action takes it."""
        return Asked(self.cleaned_data["words"], self.cleaned_data["wished_on"])


class PromiseForm(forms.Form):
    """By when it is read."""

    promised_on = DayField(label=_("Read by"))


class GiveForm(forms.Form):
    """What the reader says of the whole."""

    summary = forms.CharField(
        label=_("Summary"),
        help_text=_(
            "What is strong, what lowers it, what to mend first. Remarks stand beside fields."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST}),
    )


class AskedForm(forms.Form):
    """Search among readings. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of the title"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, asked: ReadingFilter, states: Mapping[str, Promise], sort: str) -> None:
        initial = {"state": "open"} | asked.values | {"sort": sort}
        super().__init__(initial=initial, auto_id="filter_%s")
        self.fields["state"].choices = list(states.items())  # type: ignore[attr-defined]  # a choice field
        if not sort:
            del self.fields["sort"]
