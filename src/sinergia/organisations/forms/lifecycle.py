"""What is typed about what became of an organisation."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.forms.inside import DATE
from sinergia.organisations.models import Organisation, Succession


class StatusForm(forms.Form):
    """What the state's register says."""

    status = forms.ChoiceField(label=_("Status"), choices=Organisation.Status.choices)
    closed_on = forms.DateField(label=_("Date of closing"), required=False, widget=DATE)

    def given(self) -> dict[str, object]:
        """The organisation's fields."""
        return dict(self.cleaned_data)


class SuccessionForm(forms.Form):
    """Which organisation it became, how and when."""

    successor = forms.ChoiceField(label=_("Which one it became"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("How"), choices=Succession.Kind.choices)
    on = forms.DateField(label=_("When"), required=False, widget=DATE)

    def __init__(self, found: Sequence[Organisation], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.found = {str(one.key): one for one in found}
        named = [(key, _described(one)) for key, one in self.found.items()]
        self.fields["successor"].choices = named  # type: ignore[attr-defined]  # a choice field

    def given(self) -> dict[str, object]:
        """The fields of the row."""
        said = dict(self.cleaned_data)
        return said | {"successor": self.found[said["successor"]]}


def _described(one: Organisation) -> str:
    return f"{one.name} — {one.municipality.name}" if one.municipality else one.name
