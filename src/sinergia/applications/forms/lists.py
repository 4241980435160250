"""The filter of the list of applications: a plain form whose address can be sent on."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergia.applications.queries.filters import NONE, SIZES, ApplicationFilter
from sinergia.applications.queries.lists import Choices
from sinergia.applications.queries.naming import LABELS, OUTCOME_NAMES, size_name

# What the form has a field for; whatever else is asked came with a figure's link.
FIELDS = ("q", "region", "fund", "year", "outcome", "size", "awaiting", "grown")


class FilterForm(forms.Form):
    """Search and filters. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=gettext_lazy("Words of the title, number or organisation"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )

    def __init__(self, asked: ApplicationFilter, offered: Choices, *, sort: str) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        for name, choices in _choices(offered).items():
            value = getattr(asked, name)
            known = {code for code, _label in choices}
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                required=False,
                choices=choices if value in {"", *known} else [*choices, (value, value)],
            )
        for name in ("awaiting", "grown"):
            self.fields[name] = forms.BooleanField(
                label=LABELS[name],
                required=False,
                widget=forms.CheckboxInput(attrs={"value": "yes"}, check_test=bool),
            )
        kept = {name: text for name, text in asked.values.items() if name not in FIELDS}
        for name, text in {**kept, "sort": sort}.items():
            if not text:
                continue
            self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)


def _choices(offered: Choices) -> dict[str, list[tuple[str, str]]]:
    return {
        "region": [
            ("", _("All regions")),
            *((one.code, one.name) for one in offered.regions),
            (NONE, _("Region not known")),
        ],
        "fund": [("", _("All funds")), *((one.code, one.name) for one in offered.funds)],
        "year": [
            ("", _("All years")),
            *((str(year), str(year)) for year in offered.years),
            (NONE, _("Year not known")),
        ],
        "outcome": [
            ("", _("Any outcome")),
            *((code, str(label)) for code, label in OUTCOME_NAMES.items()),
        ],
        "size": [("", _("Any sum")), *((size, size_name(size)) for size in SIZES)],
    }
