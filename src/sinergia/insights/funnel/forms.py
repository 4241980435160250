"""Which part of the way a reader wants to see."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.insights.funnel.queries.counting import Funnel
from sinergia.insights.funnel.queries.rows import FunnelFilter


class CutForm(forms.Form):
    """One year or all, one contest or all; the address says which."""

    def __init__(self, asked: FunnelFilter, whole: Funnel) -> None:
        super().__init__({"year": asked.year, "call": asked.call}, auto_id="cut_%s")
        years = sorted({one.year for one in whole.contests if one.year}, reverse=True)
        offered = {
            "year": (
                _("Year of the contest"),
                _("All years"),
                [(str(one), str(one)) for one in years],
            ),
            "call": (
                pgettext("noun", "Contest"),
                _("All contests"),
                [(str(one.key), one.name) for one in whole.contests],
            ),
        }
        for name, (label, every, choices) in offered.items():
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", every), *choices]
            )
