"""What is asked of the list of reports."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.grants.queries.listing import MINE
from sinergia.grants.queries.report_listing import ReportFilter


class ReportsForm(forms.Form):
    """The filter of reports. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=_("Project, organisation or number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(self, asked: ReportFilter, *, sort: str = "") -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        offers = [("", gettext("all of them")), (MINE, gettext("those I run"))]
        self.fields["who"] = forms.ChoiceField(label=_("Grants"), required=False, choices=offers)
        for name, text in {"state": asked.state, "sort": sort}.items():
            if text:
                self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)
