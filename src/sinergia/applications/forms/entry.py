"""One application entered by hand."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.applications.forms.choosing import offer
from sinergia.applications.forms.loads import FIELD_NAMES
from sinergia.base.ui.fields import LinesField
from sinergia.calls.models import Fund
from sinergia.places.models import Region

WIDE = {"class": "w-24"}
SUM = {"class": "w-10", "inputmode": "decimal", "autocomplete": "off"}


class EntryForm(forms.Form):
    """The fields of a fund's table, as one would read them on paper."""

    fund = forms.ChoiceField(label=_("Fund"))
    number = forms.CharField(label=FIELD_NAMES["number"], max_length=80)
    contest = forms.CharField(
        label=FIELD_NAMES["contest"],
        help_text=_("With its year, for example: First contest 2026"),
        max_length=300,
    )
    organisation = forms.CharField(
        label=FIELD_NAMES["organisation"], max_length=500, widget=forms.TextInput(attrs=WIDE)
    )
    ogrn = forms.CharField(
        label=FIELD_NAMES["ogrn"],
        help_text=_("Without OGRN and INN the application awaits a person in the queue."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-16", "inputmode": "numeric"}),
    )
    inn = forms.CharField(
        label=FIELD_NAMES["inn"],
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-16", "inputmode": "numeric"}),
    )
    region = forms.ChoiceField(label=FIELD_NAMES["region"])
    municipality = forms.CharField(
        label=FIELD_NAMES["municipality"], required=False, max_length=150
    )
    title = LinesField(label=FIELD_NAMES["title"], max_length=2000, rows=2)
    direction = forms.CharField(
        label=FIELD_NAMES["direction"],
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=WIDE),
    )
    asked = forms.CharField(
        label=FIELD_NAMES["asked"],
        help_text=_("In whole units and hundredths, for example: 498 600,50"),
        widget=forms.TextInput(attrs=SUM),
    )
    status = forms.CharField(
        label=FIELD_NAMES["status"],
        help_text=_("The fund’s own words. A new one is asked about on the page of words."),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "statuses"}),
    )
    decided_on = forms.CharField(
        label=FIELD_NAMES["decided_on"],
        help_text=_("For example: 15.06.2026"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    awarded = forms.CharField(
        label=FIELD_NAMES["awarded"], required=False, widget=forms.TextInput(attrs=SUM)
    )

    def __init__(
        self, funds: Sequence[Fund], regions: Sequence[Region], *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        for name, choices in (
            ("fund", [(fund.code, fund.name) for fund in funds]),
            ("region", [(region.name_ru, region.name) for region in regions]),
        ):
            offer(self, name, [("", _("choose")), *choices])

    def cells(self) -> dict[str, str]:
        """Field to what was typed, as a row of a table would hold it."""
        return {name: str(text) for name, text in self.cleaned_data.items() if name != "fund"}
