"""What is typed about a resource centre itself."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.zones import zone_choices
from sinergia.places.models import Region


class CentreForm(forms.Form):
    """Which regions a centre serves, and by which clock it works."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Its days and deadlines are counted by the clock of this city."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions it serves"),
        help_text=_("One region is served by one centre; those of other centres are not offered."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, regions: Iterable[Region], *args: object, now: datetime, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        known = str(self.initial["time_zone"])
        self.fields["time_zone"].choices = zone_choices(now, known=known)  # type: ignore[attr-defined]  # a choice field
        self.offered = {one.code: one for one in regions}
        named = [(code, one.name) for code, one in self.offered.items()]
        self.fields["regions"].choices = named  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> list[Region]:
        """The regions."""
        return [self.offered[code] for code in self.cleaned_data["regions"]]
