"""What is asked before a project is made of a commitment."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.exchange.models import Commitment


class GrownForm(forms.Form):
    """From whose words the centre writes; of its own people nothing is asked."""

    told_by = forms.CharField(
        label=_("From whose words you write"),
        help_text=_("Name and post of whoever tells you about the project."),
        max_length=200,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, row: Commitment, *args: Any, is_own: bool) -> None:  # noqa: ANN401  # Django's own
        delegate = row.delegate
        teller = ", ".join(one for one in (delegate.name, delegate.post) if one)
        super().__init__(*args)
        self.initial = {"key": uuid4(), "told_by": teller[:200]}
        if is_own:
            del self.fields["told_by"]
