"""Which part of a region's figures a reader wants to see."""

from django import forms
from django.utils.translation import gettext as _

from sinergia.applications.queries.filters import NONE, ApplicationFilter
from sinergia.insights.region.queries.comparison import Comparison
from sinergia.insights.region.queries.counting import funds_with
from sinergia.insights.region.queries.figures import Choices


class CutForm(forms.Form):
    """One fund or all, one year or all; the address says which. Shown, never validated."""

    def __init__(self, asked: ApplicationFilter, offered: Choices | Comparison) -> None:
        super().__init__(initial={"fund": asked.fund, "year": asked.year}, auto_id="cut_%s")
        funds = funds_with(offered.funds, asked.fund)
        years = [str(one) if one else NONE for one in offered.years]
        if asked.year and asked.year not in years:  # stays to be seen and taken away
            years.append(asked.year)
        self.fields["fund"] = forms.ChoiceField(
            label=_("Fund"),
            required=False,
            choices=[("", _("All funds")), *((one.code, one.name) for one in funds)],
        )
        self.fields["year"] = forms.ChoiceField(
            label=_("Year of the contest"),
            required=False,
            choices=[
                ("", _("All years")),
                *((one, _("Year not known") if one == NONE else one) for one in years),
            ],
        )
