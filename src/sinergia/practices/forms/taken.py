"""The filter of practices taken home."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.places.models import Region
from sinergia.practices.models import Adoption
from sinergia.practices.queries.catalogue import COUNTED
from sinergia.practices.queries.taken import TakenFilter


class TakenForm(forms.Form):
    """Whose practices, and who took them home. Shown, never validated."""

    author = forms.ChoiceField(label=_("Where the practice is from"), required=False)
    home = forms.ChoiceField(label=_("Where it was taken home"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("adoption", "State"),
        required=False,
        choices=[("", _("all")), *((code, Adoption.State(code).label) for code in COUNTED)],
    )

    def __init__(self, asked: TakenFilter, regions: Sequence[Region]) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        places = [("", _("all")), *((one.code, one.name) for one in regions)]
        for name in ("author", "home"):
            self.fields[name].choices = places  # type: ignore[attr-defined]  # a choice field
