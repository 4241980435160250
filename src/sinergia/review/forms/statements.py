"""What is typed where an expert signs, or says of what was given to them whether they are tied."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _


class TiesForm(forms.Form):
    """A tick and a reason for each application, by the key of its sheet, as it is named."""

    def __init__(self, named: Mapping[UUID, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.named = named
        for key, label in named.items():
            self.fields[f"tied-{key}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"why-{key}"] = forms.CharField(
                label=_("What ties you"), required=False, max_length=2_000
            )

    def applicants(self) -> Iterator[tuple[BoundField, BoundField]]:
        """For each application the tick and the reason."""
        for key in self.named:
            yield self[f"tied-{key}"], self[f"why-{key}"]

    def ties(self) -> dict[UUID, str]:
        """Those that were ticked, each with its reason."""
        told = self.cleaned_data
        return {key: told[f"why-{key}"] for key in self.named if told[f"tied-{key}"]}

    def seen(self) -> list[UUID]:
        """Those that stood on the page that was sent; what came meanwhile was not seen."""
        return [key for key in self.named if f"why-{key}" in self.data]


class StatementForm(TiesForm):
    """A statement with the version of its words; of no conflict, with each applicant."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_read = forms.BooleanField(
        label=_("I have read this and sign it"),
        error_messages={"required": _("Tick that you have read it.")},
    )
