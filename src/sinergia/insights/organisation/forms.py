"""The filter of the register: a plain form whose address can be sent on."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergia.applications.queries.filters import NONE
from sinergia.insights.organisation.queries import OrganisationFilter
from sinergia.places.models import Municipality, Region

HAS_NAMES = {
    "applications": gettext_lazy("that applied for grants"),
    "grants": gettext_lazy("that won grants"),
    "none": gettext_lazy("that never applied"),
}


class FilterForm(forms.Form):
    """Search and filters. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=gettext_lazy("Words of the name, OGRN or INN"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )

    def __init__(
        self,
        asked: OrganisationFilter,
        regions: Sequence[Region],
        municipalities: Sequence[Municipality],
        *,
        sort: str,
    ) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        places = [("", _("All regions")), *((one.code, one.name) for one in regions)]
        self._offer("region", _("Region"), [*places, (NONE, _("Region not known"))])
        if municipalities:
            named = [(str(one.key), one.name) for one in municipalities]
            everywhere = ("", _("All municipalities"))
            self._offer("municipality", _("Municipality"), [everywhere, *named])
        named = [(code, str(name)) for code, name in HAS_NAMES.items()]
        self._offer("has", _("Which ones"), [("", _("all")), *named])
        filed = {name: text for name, text in asked.values.items() if name not in self.fields}
        for name, text in {**filed, "sort": sort}.items():
            if text:
                self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)

    def _offer(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        """Add a field; a value that is not among its choices stays to be seen and taken away."""
        value = str(self.initial.get(name, ""))
        known = {code for code, _label in choices}
        offered = choices if value in {"", *known} else [*choices, (value, value)]
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=offered)
