"""What is typed when a budget is cut to an award, and when it is looked at."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.engine.money import as_typed
from sinergia.review.actions.recutting import Given
from sinergia.review.forms.sums import asked_said, read_sums


class BudgetForm(forms.Form):
    """What the grant pays of each line; an empty box leaves a line whole."""

    plan = LinesField(
        label=_("What changes in the plan"),
        help_text=_("Which events go, which become smaller. Empty: nothing changes."),
        rows=5,
        max_length=5_000,
        required=False,
    )

    def __init__(
        self,
        lines: Sequence[dict[str, Any]],
        currency: str,
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency, self.names = currency, [str(one["id"]) for one in lines]
        for one in lines:
            self.fields[str(one["id"])] = forms.CharField(
                label=one["what"] or gettext("The whole sum"),
                help_text=asked_said(one["asked_minor"], currency),
                initial=as_typed(one["granted_minor"], currency=currency),
                max_length=40,
                required=False,
                widget=forms.TextInput(attrs={"class": "w-12", "inputmode": "decimal"}),
            )
        self.order_fields([*self.names, "plan"])

    def clean(self) -> dict[str, Any]:
        """Sums in minor units."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.left = read_sums(self, self.names, self.currency)
        return said

    def given(self) -> Given:
        """What is sent."""
        return Given(self.left, self.cleaned_data["plan"])


class WordsForm(forms.Form):
    """Why a budget is returned."""

    words = LinesField(
        label=_("What has to be mended"),
        help_text=_("The winner reads it."),
        rows=3,
        max_length=2_000,
        required=False,
    )
