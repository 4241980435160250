"""The filter of the list of errands."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from sinergia.base.errands.queries import ErrandFilter
from sinergia.base.errands.words import explain

STATE_NAMES = {
    "waiting": pgettext_lazy("errands", "Waiting"),
    "running": pgettext_lazy("errands", "Under way"),
    "given_up": pgettext_lazy("errands", "Given up"),
    "done": pgettext_lazy("errands", "Done"),
    "done_lately": pgettext_lazy("errands", "Done within a day"),
}


class ErrandForm(forms.Form):
    """State and name. Shown, never validated: junk in an address was dropped before."""

    def __init__(self, asked: ErrandFilter, names: Sequence[str]) -> None:
        given = {"state": asked.state, "name": asked.name}
        super().__init__(initial=given, auto_id="filter_%s")
        states = [(code, str(name)) for code, name in STATE_NAMES.items()]
        known = sorted({*names, *([asked.name] if asked.name else [])})
        self.fields["state"] = forms.ChoiceField(
            label=_("State"),
            required=False,
            choices=[("", pgettext("errands", "All but the done")), *states],
        )
        self.fields["name"] = forms.ChoiceField(
            label=pgettext("errands", "What is done"),
            required=False,
            choices=[
                ("", pgettext("errands", "Everything")),
                *((one, explain(one)) for one in known),
            ],
        )
