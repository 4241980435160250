"""What is typed about a practice that is taken home."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.calls.models import Contest
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality
from sinergia.practices.actions.adopting import LONGEST, Intent, Proof
from sinergia.practices.actions.letters import LONGEST as LONGEST_LETTER
from sinergia.practices.models import Adoption, Letter

PARTS = {  # what is asked of each part that may be otherwise
    "scale": _("How many people, how often, how long: as with the authors, or otherwise."),
    "audience": _("Whom you help, if others than the authors."),
    "place": _("What is otherwise where you are: distances, rooms, partners."),
    "budget": _("What is dearer or cheaper with you, what you have already."),
}


def _area(rows: int, longest: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": longest})


class IntentForm(forms.Form):
    """In which way, where, and what is done otherwise."""

    way = forms.ChoiceField(
        label=_("With the authors or alone"),
        choices=Adoption.Way.choices,
        initial=Adoption.Way.ALONE,
        widget=forms.RadioSelect,
        help_text=_("The authors are told, and answer what they can give."),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(
        self,
        municipalities: Iterable[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.municipalities = {str(one.key): one for one in municipalities}
        named = [(key, one.name) for key, one in self.municipalities.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        for name, label in Adoption.Part.choices:
            self.fields[name] = forms.CharField(
                label=label,
                help_text=PARTS[name],
                widget=_area(2, LONGEST),
                required=False,
            )

    def leave_alone(self) -> None:
        """Do not ask for the authors: they are at another site and promise nothing here."""
        del self.fields["way"]

    def intent(self) -> Intent:
        """How it is to be taken home."""
        return self.read_as_intent(self.cleaned_data)

    def read_as_intent(self, said: Mapping[str, Any]) -> Intent:
        """The same of any clean values."""
        return Intent(
            way=said.get("way", Adoption.Way.ALONE),
            changes={name: said[name] for name in Adoption.Part.values},
            municipality=self.municipalities.get(said["municipality"]),
            told_by=said.get("told_by", ""),
        )


class ChangeForm(OpenedForm, IntentForm):
    """The same once it is under way: what stood there when it was opened is remembered."""

    def seen_intent(self, seen: Mapping[str, object] | None) -> Intent | None:
        """How it was to be taken home when the form was opened."""
        return self.read_as_intent(seen) if seen is not None else None


class ApplyForm(IntentForm):
    """The same when it begins: whose it is, and whether a project begins with it."""

    begins_project = forms.BooleanField(
        label=_("Begin a project with the texts of the practice"),
        help_text=_(
            "Each text that is taken is marked; all can be changed. It can be done later, too."
        ),
        initial=True,
        required=False,
    )
    contest = forms.ChoiceField(label=_("For the contest"), required=False)
    told_by = forms.CharField(
        label=_("From whose words you write"),
        help_text=_("Name and post of whoever tells you about it."),
        max_length=200,
    )
    organisation = forms.ChoiceField(label=_("Organisation"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("organisation", "told_by", "way", "municipality", *PARTS, "begins_project")

    def __init__(
        self,
        organisations: Iterable[Organisation],
        contests: Iterable[Contest],
        municipalities: Iterable[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        is_own: bool,
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(municipalities, *args, **kwargs)
        self.organisations = {str(one.key): one for one in organisations}
        self.contests = {str(one.call.key): one for one in contests}
        named = [(key, one.name) for key, one in self.organisations.items()]
        self.fields["organisation"].choices = named  # type: ignore[attr-defined]  # a choice field
        called = [(key, one.call.name) for key, one in self.contests.items()]
        self.fields["contest"].choices = [("", _("none yet")), *called]  # type: ignore[attr-defined]  # the same
        if len(named) == 1:
            self.fields["organisation"].initial = named[0][0]
            self.fields["organisation"].widget = forms.HiddenInput()
        if is_own:
            del self.fields["told_by"]
        self.order_fields([*self.field_order])

    def whose(self) -> Organisation:
        """The organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]

    def chosen_contest(self) -> Contest | None:
        """The contest for which the project is; none."""
        return self.contests.get(self.cleaned_data["contest"])


class LetterForm(forms.Form):
    """A letter to the other side; of the authors, with what they offer."""

    offer = forms.ChoiceField(
        label=_("What you offer"),
        choices=[("", _("nothing now, only words")), *Letter.Offer.choices],
        required=False,
    )
    text = forms.CharField(label=_("Letter"), widget=_area(4, LONGEST_LETTER), required=False)

    def __init__(self, *args: Any, may_offer: bool, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        if not may_offer:
            del self.fields["offer"]
            self.fields["text"].required = True


class ProofForm(OpenedForm):
    """What came of it."""

    result = forms.CharField(label=_("What came of it"), widget=_area(4, LONGEST), required=False)
    number = forms.CharField(
        label=_("The number"),
        help_text=_("With what it counts: 46 families."),
        max_length=40,
        required=False,
    )
    measured = forms.CharField(
        label=_("How it was measured"),
        help_text=_("Who was asked or counted, when, with what it is compared."),
        max_length=500,
        required=False,
    )

    def proof(self) -> Proof:
        """As the action takes it."""
        said = self.cleaned_data
        return Proof(said["result"], said["number"], said["measured"])


class DropForm(OpenedForm):
    """Why it did not go."""

    why = forms.CharField(
        label=_("Why it did not go"),
        help_text=_("The authors and the centres read it; the public does not."),
        max_length=300,
        required=False,
    )


class BareForm(OpenedForm):
    """A step that asks nothing but to be pressed."""
