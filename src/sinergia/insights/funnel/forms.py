"""Which part of the way a reader wants to see."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.insights.funnel.queries.counting import Funnel
from sinergia.insights.funnel.queries.rows import FunnelFilter


class CutForm(forms.Form):
    """One year or all, one contest or all; the address says which. Shown, never validated."""

    def __init__(self, asked: FunnelFilter, whole: Funnel) -> None:
        chosen = {"year": asked.year, "call": asked.call}
        super().__init__(initial=chosen, auto_id="cut_%s")
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
        strange = {"year": asked.year, "call": _("A contest not in this list")}
        for name, (label, every, choices) in offered.items():
            if chosen[name] and chosen[name] not in dict(choices):  # stays to be taken away
                choices.append((chosen[name], strange[name]))
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", every), *choices]
            )
