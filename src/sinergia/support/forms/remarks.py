"""What is typed beside a project."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.drafts.words import Choice
from sinergia.support.actions.remarks import LONGEST, QUOTED, Begun


class RemarkForm(forms.Form):
    """A first remark: where, about which words, what."""

    path = forms.ChoiceField(label=_("Field of the form"))
    quote = forms.CharField(
        label=_("Words it is about"),
        help_text=_("Copied from the text; leave it empty for the whole field."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": QUOTED}),
        required=False,
    )
    text = forms.CharField(
        label=_("Remark"),
        help_text=_("What is unclear or missing, and how it could be mended."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}),
    )

    def __init__(
        self,
        places: Sequence[Choice],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = places  # type: ignore[attr-defined]  # a choice field

    def given(self) -> Begun:
        """As the action takes it."""
        told = self.cleaned_data
        return Begun(told["path"], told["text"], told["quote"])


class AnswerForm(forms.Form):
    """An answer in a thread."""

    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST})
    )
