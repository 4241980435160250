"""What is typed about a commission, its sessions and its votes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import SIGNED
from sinergia.base.ui.fields import DayField, LineField, MomentField
from sinergia.engine.text import clean
from sinergia.review.actions.commission import MemberGiven, OrderGiven
from sinergia.review.actions.sittings import SittingGiven
from sinergia.review.actions.voting import VoteGiven
from sinergia.review.models import Member, Sitting, Vote

SMALL = forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"})


def text(rows: int) -> forms.Textarea:
    """A box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class OrderForm(forms.Form):
    """By which order the commission sits."""

    number = LineField(
        label=_("Number of the order"),
        max_length=80,
        widget=forms.TextInput({"class": "w-12"}),
    )
    on = DayField(label=_("Date of the order"))
    quorum = forms.IntegerField(
        label=_("Quorum, members"),
        help_text=_("How many members who vote must be there for the session to decide."),
        min_value=1,
        max_value=60,
        widget=SMALL,
    )
    is_chair_decisive = forms.BooleanField(
        label=_("Between equal votes the chair’s decides"),
        help_text=_("Only where the order says so. Where the chair is not there: the deputy’s."),
        required=False,
    )
    scan = UploadField(SIGNED, label=_("Scan of the order"), required=False)

    def given(self) -> OrderGiven:
        """What was typed."""
        said = self.cleaned_data
        return OrderGiven(
            number=said["number"],
            on=said["on"],
            quorum=said["quorum"],
            is_chair_decisive=said["is_chair_decisive"],
            scan=said["scan"],
        )


class MemberForm(forms.Form):
    """A member as the order names them."""

    name = LineField(
        label=_("Name"),
        help_text=_("As in the order: surname, first name, patronymic."),
        max_length=200,
    )
    post = LineField(label=_("Post"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("In the commission"), choices=Member.Role.choices)
    is_voting = forms.BooleanField(
        label=_("Votes"),
        help_text=_("A secretary may be without a vote, if the order says so."),
        required=False,
    )
    is_namesake = forms.BooleanField(
        label=_("It is a namesake of an expert"),
        help_text=_("A member of the commission does not score in the same contest."),
        required=False,
    )

    def given(self) -> MemberGiven:
        """What was typed."""
        said = self.cleaned_data
        return MemberGiven(
            name=said["name"],
            post=said["post"],
            role=said["role"],
            is_voting=said["is_voting"],
            is_namesake=said["is_namesake"],
        )


class SittingForm(forms.Form):
    """A session: its number, when and where."""

    number = LineField(
        label=_("Number of the minutes"),
        max_length=40,
        widget=forms.TextInput({"class": "w-12"}),
    )
    form = forms.ChoiceField(
        label=pgettext_lazy("session", "How it is held"),
        choices=Sitting.Form.choices,
        widget=forms.RadioSelect,
    )
    begins_at = MomentField(label=pgettext_lazy("session", "Begins"))
    ends_at = MomentField(
        label=_("Votes by correspondence are taken until"),
        help_text=_("The last moment is in time. Leave it empty for a session in person."),
        required=False,
    )
    place = LineField(label=_("Place"), max_length=300, required=False)

    def given(self) -> SittingGiven:
        """What was typed."""
        said = self.cleaned_data
        return SittingGiven(
            number=said["number"],
            form=said["form"],
            begins_at=said["begins_at"],
            ends_at=said["ends_at"],
            place=said["place"],
        )


class ScanForm(forms.Form):
    """What members have signed, as a file."""

    scan = UploadField(SIGNED, label=_("Scan of the signed minutes"))


class PresenceForm(forms.Form):
    """Who is there."""

    members = forms.MultipleChoiceField(
        label=_("Who is there"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, members: Sequence[Member], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.key): one.pk for one in members}
        choices = [(str(one.key), f"{one.name} ({one.get_role_display()})") for one in members]
        self.fields["members"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def given(self) -> set[int]:
        """Primary keys of who is there."""
        return {self.by_key[key] for key in self.cleaned_data["members"]}


class SeenForm(forms.Form):
    """Which state of an item was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class VoteForm(forms.Form):
    """A member's own vote."""

    choice = forms.ChoiceField(
        label=_("Your vote"), choices=Vote.Choice.choices, widget=forms.RadioSelect
    )
    dissent = forms.CharField(
        label=_("Dissenting opinion"),
        help_text=_("It goes into the minutes word for word."),
        widget=text(2),
        max_length=5_000,
        required=False,
    )

    def given(self) -> VoteGiven:
        """What was chosen."""
        return VoteGiven(self.cleaned_data["choice"], clean(self.cleaned_data["dissent"]).strip())


class ReasonForm(forms.Form):
    """Why a member takes no part."""

    reason = forms.CharField(
        label=_("Reason of the recusal"),
        help_text=_("It stands in the minutes."),
        widget=text(2),
        max_length=1_000,
    )


class NotedForm(ReasonForm):
    """A recusal that the secretary notes."""

    member = forms.ChoiceField(label=_("Who takes no part"))
    field_order = ("member", "reason")

    def __init__(self, members: Sequence[Member], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.key): one for one in members}
        named = [(key, one.name) for key, one in self.by_key.items()]
        self.fields["member"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field


class VotesForm(SeenForm):
    """Votes as they stand in what was signed, a member a line."""

    def __init__(
        self,
        members: Sequence[Member],
        before: Mapping[int, Vote],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.before = list(members), before
        for one in self.members:
            vote = before.get(one.pk)
            self.fields[f"vote_{one.key}"] = forms.ChoiceField(
                label=one.name,
                choices=[("", gettext("did not vote")), *Vote.Choice.choices],
                initial=vote.choice if vote else "",
                required=False,
            )
            self.fields[f"dissent_{one.key}"] = LineField(
                label=gettext("Dissenting opinion: %(name)s") % {"name": one.name},
                initial=vote.dissent if vote else "",
                widget=forms.TextInput(),
                max_length=5_000,
                required=False,
            )

    def given(self) -> dict[int, VoteGiven | None]:
        """Votes by the primary key of the member; none where what was entered is taken out."""
        said = self.cleaned_data
        typed = {
            one.pk: VoteGiven(choice, said[f"dissent_{one.key}"]) if choice else None
            for one in self.members
            for choice in [said[f"vote_{one.key}"]]
        }
        return {pk: vote for pk, vote in typed.items() if vote or pk in self.before}
