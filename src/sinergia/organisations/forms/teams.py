"""What is typed about the people of organisations and centres."""

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.engine.text import clean, clean_line
from sinergia.organisations.models import CentreStaff, Membership
from sinergia.people.forms import InvitationForm
from sinergia.people.models import Person
from sinergia.places.models import Region


class TeamInvitationForm(InvitationForm):
    """Whom to take into the team of an organisation, and as whom."""

    role = forms.ChoiceField(
        label=_("As whom"),
        choices=[
            (Membership.Role.EDITOR, _("Team: writes, does not sign")),
            (Membership.Role.LEADER, _("Leader: signs, submits and takes others in")),
        ],
        initial=Membership.Role.EDITOR,
        widget=forms.RadioSelect,
    )
    field_order = ("role", "email", "days")


class StaffInvitationForm(InvitationForm):
    """Whom to take into a centre, and as whom."""

    role = forms.ChoiceField(
        label=_("As whom"), choices=CentreStaff.Role.choices, widget=forms.RadioSelect
    )
    field_order = ("role", "email", "days")

    def __init__(self, *args: object, has_head: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        role = CentreStaff.Role.CONSULTANT if has_head else CentreStaff.Role.HEAD
        self.fields["role"].initial = role


class OfficialInvitationForm(InvitationForm):
    """To which region's figures somebody of its authorities is let in."""

    region = forms.ChoiceField(label=_("Region"))
    field_order = ("region", "email", "days")

    def __init__(self, regions: Iterable[Region], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.regions = {one.code: one for one in regions}
        named = [(code, one.name) for code, one in self.regions.items()]
        self.fields["region"].choices = named  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> Region:
        """The region."""
        return self.regions[self.cleaned_data["region"]]


class Parting(TypedDict):
    """What somebody who leaves says: who comes after them, or why nobody does."""

    heir: UUID | None
    reason: str


class LeavingForm(forms.Form):
    """What the last one says who leaves: who comes after, or why nobody does; else nothing."""

    heir = forms.ChoiceField(label=_("Hand over to"), required=False, widget=forms.RadioSelect)
    reason = LinesField(
        label=_("Say why nobody leads from now on"),
        max_length=2_000,
        rows=3,
    )

    def __init__(
        self,
        heirs: Iterable[tuple[str, Person]],
        *args: object,
        is_last: bool,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        named = [(key, person.name or person.email) for key, person in heirs] if is_last else []
        if named:
            self.fields["heir"].choices = [*named, ("", _("Nobody"))]  # type: ignore[attr-defined]  # a choice field
            self.fields["reason"].label = _("If nobody: say why nobody leads from now on")
            self.fields["reason"].required = False
        else:
            del self.fields["heir"]
        if not is_last:
            del self.fields["reason"]

    def given(self) -> dict[str, object]:
        """What was typed."""
        return dict(self.cleaned_data)

    def parting(self) -> Parting:
        """heir: a key, none for nobody; reason: a text or ""."""
        said = self.cleaned_data
        heir = said.get("heir", "")
        return {"heir": UUID(heir) if heir else None, "reason": clean(said.get("reason", ""))}


class TakingForm(forms.Form):
    """What somebody says of themselves who takes up a role."""

    post = forms.CharField(
        label=_("Your post"),
        help_text=_("As it stands in papers; it can stay empty."),
        required=False,
        max_length=200,
    )

    def clean_post(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["post"])
