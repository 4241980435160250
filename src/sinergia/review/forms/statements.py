"""What is ticked and typed when a statement is signed."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from sinergia.review.queries.statements import Tied


class StatementForm(forms.Form):
    """A statement with the version of its words; of no conflict, with each applicant."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_read = forms.BooleanField(
        label=_("I have read this and sign it"),
        error_messages={"required": _("Tick that you have read it.")},
    )

    def __init__(self, tied: Sequence[Tied], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.tied = tied
        for one in tied:
            key = one.sheet.key
            label = " · ".join(filter(None, (one.name, one.town)))
            self.fields[f"tied-{key}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"why-{key}"] = forms.CharField(
                label=_("What ties you"), required=False, max_length=2_000
            )

    def applicants(self) -> Iterator[tuple[BoundField, BoundField]]:
        """For each applicant the tick and the reason."""
        for one in self.tied:
            yield self[f"tied-{one.sheet.key}"], self[f"why-{one.sheet.key}"]

    def ties(self) -> dict[UUID, str]:
        """Those that were ticked, each with its reason."""
        told = self.cleaned_data
        keys = [one.sheet.key for one in self.tied]
        return {key: told[f"why-{key}"] for key in keys if told[f"tied-{key}"]}
