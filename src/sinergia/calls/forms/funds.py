"""What is typed about themes, directions and funds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.calls.queries import MappedDirection
from sinergia.places.models import Region, Theme
from sinergia.places.queries import regions

LONGEST_THEME = 150
LONGEST_FUND = 200


class ThemeForm(forms.Form):
    """A theme's name in both languages."""

    name_ru = forms.CharField(label=_("Name"), max_length=LONGEST_THEME)
    name_en = forms.CharField(
        label=_("Name in English"),
        help_text=_("Shown to those who read in English."),
        max_length=LONGEST_THEME,
        required=False,
    )


@dataclass(frozen=True)
class DirectionField:
    """A row of the table: the fund's name and the field of its direction."""

    fund: str
    field: forms.BoundField


class DirectionsForm(forms.Form):
    """For each direction of every fund, the theme it means in a region."""

    def __init__(
        self,
        directions: Sequence[MappedDirection],
        themes: Sequence[Theme],
        *args: object,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.directions = directions
        choices = [("", _("no theme")), *((str(theme.key), theme.name) for theme in themes)]
        for mapped in directions:
            self.fields[_name(mapped)] = forms.ChoiceField(
                label=mapped.direction.name,
                choices=choices,
                initial=str(mapped.theme or ""),
                required=False,
                error_messages={"invalid_choice": _("This theme is gone: choose another one.")},
            )

    def rows(self) -> list[DirectionField]:
        """The fields in their order, each with its fund."""
        return [
            DirectionField(mapped.direction.fund.name, self[_name(mapped)])
            for mapped in self.directions
        ]

    def meanings(self) -> dict[UUID, UUID | None]:
        """What was chosen: a direction's key -> a theme's key; none for no theme."""
        chosen = {
            mapped.direction.key: self.cleaned_data[_name(mapped)] for mapped in self.directions
        }
        return {key: UUID(theme) if theme else None for key, theme in chosen.items()}


def _name(mapped: MappedDirection) -> str:
    return f"direction-{mapped.direction.key}"


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it has none when it runs
    """A region, chosen by its name."""

    def label_from_instance(self, obj: Region) -> str:
        """Name it in the reader's language."""
        return obj.name


class FundForm(forms.Form):
    """What a fund is called, in what it counts and whose it is."""

    name_ru = forms.CharField(label=_("Name"), max_length=LONGEST_FUND)
    name_en = forms.CharField(
        label=_("Name in English"),
        help_text=_("Shown to those who read in English."),
        max_length=LONGEST_FUND,
        required=False,
    )
    currency = forms.CharField(
        label=_("Currency"),
        help_text=_("Three letters, for example RUB."),
        max_length=3,
        widget=forms.TextInput(attrs={"class": "w-6", "autocapitalize": "characters"}),
    )
    region = RegionField(
        label=_("Region"),
        help_text=_("Only for a fund of one region; other regions do not see its directions."),
        queryset=regions(),
        to_field_name="code",
        empty_label=_("no region of its own"),
        required=False,
    )
