"""What goes to the other organisation when one is split."""

from collections.abc import Sequence

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.actions.splitting import Parting
from sinergia.organisations.queries.merging import Relation
from sinergia.organisations.words import explain
from sinergia.organisations.words.merging import row_told


class SplitForm(forms.Form):
    """The name of the other one, and a box beside every row that is its own."""

    name = forms.CharField(
        label=_("Name of the other organisation"),
        max_length=500,
        required=False,  # the action says what is missing, in one place
    )

    def __init__(
        self, offered: Sequence[tuple[Relation, list[tuple[str, Model]]]], *args: object
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self.labels = [relation.label for relation, rows in offered if rows]
        for relation, rows in offered:
            if rows:
                self.fields[_field(relation.label)] = forms.MultipleChoiceField(
                    label=explain(f"table_{relation.label}"),
                    choices=[(token, row_told(row)) for token, row in rows],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )

    def parting(self) -> Parting:
        """What was chosen."""
        said = self.cleaned_data
        return Parting(said["name"], {label: said[_field(label)] for label in self.labels})


def _field(label: str) -> str:
    return label.replace(".", "_")
