"""What is typed about a programme of exchange, its places and its aims."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.models import Aim, ProgrammePlace
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.places.models import Municipality, Region


class ProgrammeForm(OpenedForm):
    """What a programme is called, what it is about, which years it takes."""

    name_ru = forms.CharField(
        label=_("Name in Russian"),
        help_text=_("“Synergy: one town — another town”"),
        max_length=200,
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    about = LinesField(
        label=_("What the programme is about"),
        rows=5,
        max_length=5_000,
        required=False,
    )
    starts_on = DayField(label=_("Begins on"), required=False)
    ends_on = DayField(
        label=_("Ends on"),
        help_text=_("The last day; open where no end is set."),
        required=False,
    )

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        return {name: _cleaned(name, value) for name, value in values.items()}


class PlaceForm(forms.Form):
    """A region, or a municipality of it, on one of the two sides."""

    side = forms.ChoiceField(
        label=_("On which side"), choices=ProgrammePlace.Side.choices, widget=forms.RadioSelect
    )
    region = forms.ChoiceField(label=_("Region"))
    municipality = forms.CharField(
        label=_("Municipality of the region"),
        help_text=_("Town or district; left open, the whole region takes part."),
        max_length=150,
        required=False,
    )

    def __init__(self, regions: Iterable[Region], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.regions = {one.code: one for one in regions}
        named = [(code, one.name) for code, one in self.regions.items()]
        self.fields["region"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def place(self) -> tuple[str, Region, str]:
        """The side, the region, the municipality as typed."""
        said = self.cleaned_data
        return said["side"], self.regions[said["region"]], clean_line(said["municipality"])

    def refuse_town(self, known: Iterable[Municipality]) -> None:
        """Say that there is no such municipality, and which there are."""
        names = ", ".join(one.name for one in known)
        told = gettext("The region has no such municipality. It has: %(names)s.")
        self.add_error("municipality", told % {"names": names})


class AimForm(OpenedForm):
    """What a programme wants to reach."""

    text = LinesField(
        label=_("Aim"),
        help_text=_("So that after a year one can say whether it was met: who, what, how many."),
        rows=3,
        max_length=500,
    )

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        return {name: clean_line(str(value)) for name, value in values.items()}


class JudgeForm(OpenedForm):
    """Whether an aim was met, and what proves it."""

    verdict = forms.ChoiceField(
        label=_("After a year"), choices=Aim.Verdict.choices, widget=forms.RadioSelect
    )
    proof = LinesField(
        label=_("What proves it"),
        help_text=_("Numbers, documents, who confirmed it and when. Everybody reads it."),
        rows=5,
        max_length=5_000,
    )

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        return {name: clean(str(value)).strip() for name, value in values.items()}


def _cleaned(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return clean(value).strip() if name == "about" else clean_line(value)
