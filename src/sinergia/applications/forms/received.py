"""The filter of what came to a contest: a plain form whose address can be sent on."""

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergia.applications.models import Submission
from sinergia.applications.queries.received import NONE, TO_REGISTER, ReceivedFilter
from sinergia.base.asking import LONGEST_WORDS
from sinergia.packs.rules import Rules

# What the form has a field for; whatever else is asked came with a number's link.
FIELDS = ("q", "stage", "direction")


class ReceivedForm(forms.Form):
    """Search and filters. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=gettext_lazy("Number, title or organisation"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(
        self, asked: ReceivedFilter, rules: Rules | None, *, sort: str, every: str
    ) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        stages = [(code, str(label)) for code, label in Submission.Stage.choices]
        offered = {
            "stage": (_("State"), [("", every), (TO_REGISTER, _("Await registration")), *stages]),
            "direction": (_("Direction"), [("", _("All directions")), *directions_said(rules)]),
        }
        for name, (label, choices) in offered.items():
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)
        kept = {name: text for name, text in asked.values.items() if name not in FIELDS}
        for name, text in {**kept, "sort": sort}.items():
            if text:
                self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)


def directions_said(rules: Rules | None) -> list[tuple[str, str]]:
    """Directions of the rules by their codes, and what names none."""
    language = get_language() or "ru"
    named = [(one.code, one.name.told(language)) for one in rules.directions] if rules else []
    return [*named, (NONE, _("Direction not given"))]
