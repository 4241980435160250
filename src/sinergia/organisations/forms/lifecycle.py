"""What is typed about what became of an organisation."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField
from sinergia.engine.text import clean_line
from sinergia.organisations.models import Organisation, Succession
from sinergia.places.models import Municipality, Region


class RemovalForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Stands in the history. For example: the number of another organisation."),
        required=False,  # the action says what is missing, in one place
        max_length=300,
    )

    def given(self) -> dict[str, object]:
        """The reason, on one line."""
        return {"reason": clean_line(self.cleaned_data["reason"])}


class TownForm(forms.Form):
    """The municipality of a region in which an organisation is registered; it may stay open."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, places: Iterable[Municipality], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.places = {str(one.key): one for one in places}
        named = [("", "—"), *((key, one.name) for key, one in self.places.items())]
        self.fields["municipality"].choices = named  # type: ignore[attr-defined]  # a choice field

    def given(self) -> dict[str, object]:
        """The organisation's field."""
        return {"municipality": self.town()}

    def town(self) -> Municipality | None:
        """What was chosen; none where it was left open."""
        return self.places.get(self.cleaned_data["municipality"])


class MovingForm(forms.Form):
    """To which other region an organisation goes."""

    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_(
            "The centre of that region is told and keeps the organisation from now on. Your notes "
            "stay yours; municipality and themes stay behind."
        ),
    )

    def __init__(self, regions: Iterable[Region], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.regions = {one.code: one for one in regions}
        named = [("", "—"), *((code, one.name) for code, one in self.regions.items())]
        self.fields["region"].choices = named  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> Region:
        """Where it is."""
        return self.regions[self.cleaned_data["region"]]


class SuccessionForm(forms.Form):
    """Which organisation it became, how and when."""

    successor = forms.ChoiceField(label=_("Which one it became"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("How"), choices=Succession.Kind.choices)
    on = DayField(label=_("When"), required=False)

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
    place = one.municipality or one.region
    return f"{one.name} — {place.name}" if place else one.name
