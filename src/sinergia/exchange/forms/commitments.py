"""What is typed about a commitment: taken, written out, moved along, answered for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.text import clean_line
from sinergia.exchange.actions.commitments import IDEA, Turned
from sinergia.exchange.models import Asked, Commitment, Delegate, Visit
from sinergia.exchange.queries.commitments import SHOWN, CommitmentFilter
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.people.models import Person

FIELDS = ("q", "visit", "owner", "organisation")  # what the filter has a field for
TOLD = _("Once a public visit is accounted for, everybody may read it: name nobody.")
LENGTHS = {13: "ogrn", 10: "inn"}  # of numbers of organisations, digits


class TakeForm(forms.Form):
    """A practice that was shown, or an idea in words. delegates: to choose for whom it is taken."""

    idea = LinesField(
        label=_("Your idea, in a line"),
        help_text=TOLD,
        max_length=IDEA,
        required=False,
        rows=2,
    )
    delegate = forms.ChoiceField(label=_("Who takes it"))
    practice = forms.CharField(required=False, widget=forms.HiddenInput)
    session = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        delegates: Sequence[Delegate],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.delegates = {str(one.key): one for one in delegates}
        if len(delegates) == 1:
            del self.fields["delegate"]
        else:
            named = [(key, one.name) for key, one in self.delegates.items()]
            self.fields["delegate"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def whose(self) -> Delegate:
        """Whoever takes it."""
        chosen = self.cleaned_data.get("delegate") or next(iter(self.delegates))
        return self.delegates[chosen]


class CommitmentForm(OpenedForm):
    """Whose it is, by when, the first step, who helps.

    seen: organisations one may name. delegates: to whom it may be handed over; none: it may not.
    """

    idea = LinesField(
        label=_("What is taken home, in your words"),
        help_text=TOLD,
        max_length=IDEA,
        required=False,
        rows=2,
    )
    delegate = forms.ChoiceField(label=_("Who does it"))
    organisation = forms.ChoiceField(label=_("Which organisation does it"), required=False)
    number = forms.CharField(
        label=_("Another organisation: its OGRN or INN"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-12"}),
    )
    due_on = DayField(
        label=_("By when"),
        help_text=_("Two weeks and a day before it you are reminded, and once when it has passed."),
        required=False,
    )
    first_step = forms.CharField(label=_("First step"), max_length=300, required=False)
    helper = forms.ChoiceField(label=_("Consultant beside"), required=False)

    def __init__(
        self,
        organisations: Iterable[Organisation],
        helpers: Iterable[Person],
        seen: QuerySet[Organisation],
        *args: Any,  # noqa: ANN401  # Django's own signature
        delegates: Iterable[Delegate] = (),
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seen_by_reader = seen
        self.delegates = {str(one.key): one for one in delegates}
        owners = [(key, one.name or "—") for key, one in self.delegates.items()]
        self.fields["delegate"].choices = owners  # type: ignore[attr-defined]  # a choice field
        if not owners:
            del self.fields["delegate"]
        self.organisations = {str(one.key): one for one in organisations}
        self.helpers = {str(one.key): one for one in helpers}
        named = [(key, one.short_name or one.name) for key, one in self.organisations.items()]
        self.fields["organisation"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        people = [(key, one.name) for key, one in self.helpers.items()]
        self.fields["helper"].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]  # the same

    def clean_number(self) -> Organisation | None:
        """Whose number it is, of those that whoever types it may see."""
        digits = "".join(one for one in self.cleaned_data["number"] if one.isdigit())
        if not self.cleaned_data["number"].strip():
            return None
        said = {"ogrn": "", "inn": ""}
        if len(digits) in LENGTHS:
            said[LENGTHS[len(digits)]] = digits
        found = organisation_by_number(**said)
        is_offered = found is not None and str(found.key) in self.organisations
        if found is None or not (is_offered or self.seen_by_reader.filter(pk=found.pk).exists()):
            raise ValidationError(gettext("The register knows nobody by this number."))
        return found

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        told = {name: value for name, value in values.items() if name not in ("number",)}
        told |= {name: clean_line(str(told[name])) for name in ("idea", "first_step")}
        told["organisation"] = self.organisations.get(str(values["organisation"]))
        if isinstance(values.get("number"), Organisation):
            told["organisation"] = values["number"]
        if "delegate" in told:
            told["delegate"] = self.delegates.get(str(values["delegate"]))
        told["helper"] = self.helpers.get(str(values["helper"]))
        return told


def commitment_initial(row: Commitment) -> dict[str, object]:
    """What the form shows of a row."""
    return {
        "idea": row.idea,
        "delegate": str(row.delegate.key),
        "organisation": str(row.organisation.key) if row.organisation else "",
        "due_on": row.due_on,
        "first_step": row.first_step,
        "helper": str(row.helper.key) if row.helper else "",
    }


class TurnForm(forms.Form):
    """Why it did not go, or what proves that it became a project."""

    words = forms.CharField(label=_("Why it did not go"), max_length=300, required=False)
    ground = forms.CharField(
        label=_("What proves it"),
        help_text=_("Who has confirmed it and when, or where it is seen: a decision, a page."),
        max_length=300,
        required=False,
    )

    def __init__(self, state: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.state = state
        del self.fields["ground" if state == Commitment.State.DROPPED else "words"]

    def turned(self) -> Turned:
        """As it was typed."""
        told = self.cleaned_data
        return Turned(self.state, told.get("words", ""), told.get("ground", ""))


class AnswerForm(forms.Form):
    """What became of a commitment."""

    state = forms.ChoiceField(
        label=_("How it stands"),
        choices=[(one.value, one.label) for one in SHOWN],
        widget=forms.RadioSelect,
    )
    words = LinesField(
        label=_("In a line"),
        help_text=_("Where it did not go: why."),
        max_length=500,
        required=False,
        rows=2,
    )
    ground = forms.CharField(
        label=_("What proves it"),
        help_text=_("Needed where it became a project: who has confirmed it and when."),
        max_length=300,
        required=False,
    )

    def turned(self) -> Turned:
        """As it was typed."""
        told = self.cleaned_data
        return Turned(told["state"], told["words"], told["ground"])


def answer_initial(asked: Asked) -> dict[str, object]:
    """What was answered, or how it stands."""
    state = asked.state or asked.commitment.state
    return {"state": state, "words": asked.words, "ground": asked.ground}


class AskedForm(forms.Form):
    """The filter of commitments. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=_("Practice, idea, person or organisation"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(
        self,
        asked: CommitmentFilter,
        visits: Iterable[Visit],
        owners: Iterable[Delegate],
        organisations: Iterable[Organisation],
    ) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        offered: dict[str, tuple[Any, list[tuple[str, str]]]] = {
            "visit": (_("Visit"), [(str(one.key), one.name) for one in visits]),
            "owner": (_("Who took it"), [(str(one.key), one.name) for one in owners]),
            "organisation": (
                _("Organisation"),
                [(str(one.key), one.short_name or one.name) for one in organisations],
            ),
        }
        for name, (label, choices) in offered.items():
            every = [("", gettext("all of them")), *choices]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=every)
        for name in ("state", "overdue", "mine"):
            if value := asked.values.get(name):
                self.fields[name] = forms.CharField(initial=value, widget=forms.HiddenInput)
