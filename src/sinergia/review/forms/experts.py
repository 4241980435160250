"""What is typed about an expert: by the centre that invites, and by themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.ui.fields import LineField, LinesField
from sinergia.engine.text import clean
from sinergia.exchange.queries.bodies import Meant
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.forms.invitations import InvitationForm
from sinergia.review.actions.experts import Given, Profile
from sinergia.review.models import Expert
from sinergia.review.queries.expert_list import ExpertFilter

Find = Callable[[str], Meant]
Pairs = Sequence[tuple[str, str]]
MOST_TO_READ = 500  # applications of one expert


class ProfileForm(OpenedForm):
    """Who somebody is, and what they can read. find: looks a number of the register up."""

    shown_as = {"organisation": "number"}
    name = LineField(label=_("Surname, name, patronymic"), max_length=200)
    post = LineField(label=_("Post"), max_length=200, required=False)
    work = LineField(label=_("Place of work"), max_length=300, required=False)
    number = forms.CharField(
        label=_("OGRN or INN of the place of work"),
        help_text=_("If it is in the register: so conflicts of interest are found."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-16"}),
    )
    directions = forms.MultipleChoiceField(
        label=_("Directions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = LinesField(
        label=_("Topics in your own words"),
        help_text=_("They are compared with the texts of applications."),
        max_length=2_000,
        required=False,
        rows=3,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which applications can be read"),
        widget=forms.CheckboxSelectMultiple,
        initial=["ru"],
    )
    most = forms.IntegerField(
        label=_("Applications to read, at most"),
        min_value=1,
        max_value=MOST_TO_READ,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )

    def __init__(
        self,
        find: Find,
        directions: Pairs,
        languages: Pairs,
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.fields["directions"].choices = directions  # type: ignore[attr-defined]  # a choice field
        self.fields["languages"].choices = languages  # type: ignore[attr-defined]  # the same
        if not directions:
            del self.fields["directions"]

    def clean_number(self) -> Organisation | None:
        """The organisation whose number it is."""
        typed = self.cleaned_data["number"].strip()
        found = self.find(typed) if typed else Meant()
        if typed and (not found.is_number or found.exact is None):
            raise ValidationError(
                gettext("The register knows nobody by this number. Leave it empty if unsure.")
            )
        return found.exact

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """What is said of an expert, by the row's field; an organisation by its number."""
        told = dict(values)
        if "number" in told:
            number = told.pop("number")
            told["organisation"] = self.find(number).exact if isinstance(number, str) else number
        return told

    def profile(self) -> Profile:
        """What was typed."""
        told = self.cleaned_data
        return Profile(
            name=told["name"],
            post=told["post"],
            work=told["work"],
            organisation=told["number"],
            languages=told["languages"],
            directions=told.get("directions", []),
            topics=clean(told["topics"]).strip(),
            most=told["most"],
        )


class ExpertForm(ProfileForm):
    """The same by the centre, with where the invitation goes and who lends the expert."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_(
            "The letter goes there, and only an account with this address can accept. "
            "Leave it empty to get a link alone."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    lent_by = forms.ChoiceField(label=_("Lent by another centre"), required=False)
    field_order = (
        *("name", "email", "post", "work", "number", "lent_by", "directions", "topics"),
        *("languages", "most", "days"),
    )

    def __init__(self, centres: Iterable[Centre], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.centres = {str(one.key): one for one in centres}
        named = [(key, one.organisation.name) for key, one in self.centres.items()]
        self.fields["lent_by"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        self.fields["topics"].label = _("Topics in words")

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """The same with who lends the expert, by its key."""
        told = super().read(values)
        if "lent_by" in told:
            told["lent_by"] = self.centres.get(str(told["lent_by"]))
        return told

    def invited(self) -> Given:
        """What was typed."""
        told = self.cleaned_data
        email = told.get("email", "").casefold()
        return Given(self.profile(), email, self.centres.get(told["lent_by"]))


class InviteForm(ExpertForm, InvitationForm):
    """The same with for how long the link is good."""


class InviteListForm(InvitationForm):
    """A list that is pasted, or a table."""

    email = None  # type: ignore[assignment]  # each row has its own
    text = LinesField(
        label=_("The list"),
        help_text=_(
            "A person a line: name; e-mail; post; place of work; applications at most. "
            "Only the name is needed; without an e-mail you get a link to send."
        ),
        required=False,
        max_length=100_000,
        rows=8,
    )
    file = forms.FileField(
        label=_("Or a table, CSV or XLSX, with these columns in this order"), required=False
    )
    field_order = ("text", "file", "days")

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        told = super().clean() or self.cleaned_data
        if not told.get("text", "").strip() and not told.get("file") and not self.errors:
            self.add_error("text", gettext("Paste the list or choose a file."))
        return told


class DaysForm(InvitationForm):
    """For how long a further link is good."""

    email = None  # type: ignore[assignment]  # it stands in the row


class ReasonForm(forms.Form):
    """Why somebody declines or leaves."""

    reason = LinesField(
        label=_("Reason"),
        help_text=_("Those who hold the contest read it."),
        max_length=2_000,
        rows=3,
    )


class ListForm(forms.Form):
    """The filter of the list. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=_("Name, address or place of work"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(self, asked: ExpertFilter, directions: Mapping[str, str], *, sort: str) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        stages = [(code, str(label)) for code, label in Expert.Stage.choices]
        self.fields["stage"] = forms.ChoiceField(
            label=_("State"), required=False, choices=[("", _("All of them")), *stages]
        )
        if directions:
            self.fields["direction"] = forms.ChoiceField(
                label=_("Direction"),
                required=False,
                choices=[("", _("All directions")), *directions.items()],
            )
        if sort:
            self.fields["sort"] = forms.CharField(initial=sort, widget=forms.HiddenInput)


def initial_of(expert: Expert, number: str) -> dict[str, object]:
    """What the forms show of a row. number: of the organisation, where it is known."""
    names = ("name", "email", "post", "work", "topics", "most", "languages", "directions")
    told: dict[str, object] = {name: getattr(expert, name) for name in names}
    lent_by = str(expert.lent_by.key) if expert.lent_by else ""
    return told | {"number": number, "lent_by": lent_by}
