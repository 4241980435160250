"""What is typed at a session: who is there, a note, a picture."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import PICTURE
from sinergia.base.ui.fields import LinesField
from sinergia.exchange.actions.noting import LONGEST, Noted
from sinergia.exchange.models import Delegate, Session


class PresentForm(forms.Form):
    """Who is there; beside it, unseen, who was shown as there when the list was opened."""

    present = forms.MultipleChoiceField(required=False)
    shown = forms.MultipleChoiceField(required=False)

    def __init__(self, delegates: Sequence[Delegate], *args: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args)
        self.delegates = {str(one.key): one for one in delegates}
        for name in ("present", "shown"):
            self.fields[name].choices = [(key, key) for key in self.delegates]  # type: ignore[attr-defined]  # a choice field

    def chosen(self, name: str) -> list[Delegate]:
        """The delegates of one of the fields."""
        return [self.delegates[key] for key in self.cleaned_data[name]]


class NoteForm(forms.Form):
    """A note. key: made where it is written; base: the version that is changed."""

    text = LinesField(label=_("Note"), max_length=LONGEST, rows=6)
    key = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def noted(self, session: Session | None) -> Noted:
        """As it was typed."""
        told = self.cleaned_data
        return Noted(told["key"], told["text"], told["base"], session)


class PhotoForm(forms.Form):
    """A picture, what it shows, who agreed to be shown."""

    file = UploadField(PICTURE, label=_("A picture"))
    caption = forms.CharField(label=_("What it shows"), max_length=200, required=False)
    consent = forms.CharField(
        label=_("Who agreed to be shown"),
        help_text=_("In words: who was asked, how they answered. Nobody recognisable: say so."),
        max_length=300,
        required=False,
    )


class ShowForm(forms.Form):
    """That a second person has looked, and by whose consent it is shown."""

    consent = forms.CharField(
        label=_("Who agreed to be shown"),
        help_text=_(
            "Children, patients, whoever is looked after: their parents or the institution, too."
        ),
        max_length=300,
        required=False,
    )
