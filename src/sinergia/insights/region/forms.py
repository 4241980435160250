"""Which part of a region's figures a reader wants to see."""

from django import forms
from django.utils.translation import gettext as _

from sinergia.applications.queries.filters import NONE, ApplicationFilter
from sinergia.insights.region.queries.comparison import Comparison
from sinergia.insights.region.queries.figures import Choices


class CutForm(forms.Form):
    """One fund or all, one year or all; the address says which."""

    def __init__(self, asked: ApplicationFilter, offered: Choices | Comparison) -> None:
        super().__init__({"fund": asked.fund, "year": asked.year}, auto_id="cut_%s")
        self.fields["fund"] = forms.ChoiceField(
            label=_("Fund"),
            required=False,
            choices=[("", _("All funds")), *((one.code, one.name) for one in offered.funds)],
        )
        self.fields["year"] = forms.ChoiceField(
            label=_("Year of the contest"),
            required=False,
            choices=[
                ("", _("All years")),
                *(
                    (str(one), str(one)) if one else (NONE, _("Year not known"))
                    for one in offered.years
                ),
            ],
        )
