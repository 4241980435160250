"""What goes to the other organisation when one is split."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.actions.splitting import Parting


class SplitForm(forms.Form):
    """The name of the other one, and a box beside every row that is its own.

    offered: table's label, its name in words, rows as (token, what is told of it).
    """

    name = forms.CharField(
        label=_("Name of the other organisation"),
        max_length=500,
        required=False,  # the action says everything that is missing at once
        widget=forms.TextInput(attrs={"required": True}),
    )

    def __init__(
        self, offered: Sequence[tuple[str, str, list[tuple[str, str]]]], *args: object
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self.labels = [label for label, _name, rows in offered if rows]
        for label, name, rows in offered:
            if rows:
                self.fields[_field(label)] = forms.MultipleChoiceField(
                    label=name, choices=rows, widget=forms.CheckboxSelectMultiple, required=False
                )

    def parting(self) -> Parting:
        """What was chosen."""
        said = self.cleaned_data
        return Parting(said["name"], {label: said[_field(label)] for label in self.labels})


def _field(label: str) -> str:
    return label.replace(".", "_")
