"""A duty in a contest."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.calls.models import Duty
from sinergia.people.models import Person


class DutyForm(forms.Form):
    """Whom, and what."""

    person = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("What they do"), choices=Duty.Kind.choices)

    def __init__(self, staff: Iterable[Person], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.staff = {str(one.key): one for one in staff}
        choices = [(key, one.name or one.email) for key, one in self.staff.items()]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def given(self) -> tuple[Person, str]:
        """What was chosen."""
        return self.staff[self.cleaned_data["person"]], self.cleaned_data["kind"]
