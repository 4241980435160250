"""What is typed when a practice is begun, and a version of it is named."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models import Organisation
from sinergia.practices.actions.starting import Begun


class BeginForm(forms.Form):
    """Whose practice it is, and what it is called."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    title = forms.CharField(
        label=_("What the practice is called"),
        help_text=_("Short, as people call it. It can be changed later."),
        max_length=200,
    )
    told_by = forms.CharField(
        label=_("From whose words you write"),
        help_text=_("Name and post of whoever tells you about the practice."),
        max_length=200,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        organisations: Iterable[Organisation],
        *args: Any,  # noqa: ANN401  # Django's own signature
        is_own: bool,
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.key): one for one in organisations}
        named = [(key, one.name) for key, one in self.organisations.items()]
        self.fields["organisation"].choices = named  # type: ignore[attr-defined]  # a choice field
        if is_own:
            del self.fields["told_by"]
        if len(named) == 1:
            (self.fields["organisation"].initial,) = self.organisations
            self.fields["organisation"].widget = forms.HiddenInput()

    def whose(self) -> Organisation:
        """The organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]

    def given(self) -> Begun:
        """What the practice begins with."""
        said = self.cleaned_data
        return Begun(title=said["title"], key=said["key"], told_by=said.get("told_by", ""))


class NameForm(forms.Form):
    """How a version is to be called."""

    name = forms.CharField(label=_("What this version is"), max_length=200)
