"""What is typed when a contest is made and planned."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField, LinesField, MomentField, sum_fault_said
from sinergia.calls.actions.contests import MOVED, PLANNED, TEXTS, NewContest
from sinergia.calls.models import Contest, Fund
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.packs.rules import LARGEST, Fault, Faulty, Rules, read_rules, sentence_of, shipped

FIRST_YEAR, LAST_YEAR = 2000, 2100
SHOWN_FAULTS = 10
OWN = "own"  # the choice that means the file


class RulesForm(forms.Form):
    """Rules that come along, or a file of one's own."""

    ready = forms.ChoiceField(label=_("Rules"))
    file = forms.FileField(
        label=_("File of your own rules"),
        help_text=_("TOML; every fault in it is told with its place."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        required=False,
    )
    reason = LinesField(
        label=_("What is corrected, and why"),
        help_text=_("Everybody who applies sees it."),
        rows=3,
        max_length=2_000,
        required=False,
    )

    def __init__(self, *args: Any, is_correction: bool = False, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        real = {code: rules for code, rules in shipped().items() if not rules.is_training}
        named = [(code, rules.name.told(language)) for code, rules in real.items()]
        own = (OWN, gettext("rules of one’s own, from a file"))
        self.fields["ready"].choices = [("", "—"), *named, own]  # type: ignore[attr-defined]  # a choice field
        if not is_correction:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Read the file, or take what comes along; one of the two."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file, ready = given.get("file"), given.get("ready")
        if ready == OWN and file:
            given["rules"] = self._read(file)
        elif ready == OWN:
            self.add_error("file", gettext("Choose the file with your rules."))
        elif ready:
            given["rules"] = shipped()[ready]
        return given

    def _read(self, file: "UploadedFile[bytes]") -> Rules | None:
        try:
            return read_rules(file.read(LARGEST + 1).decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", gettext("This is no text in UTF-8."))
        except Faulty as faulty:
            for fault in faulty.faults[:SHOWN_FAULTS]:
                self.add_error("file", fault_said(fault))
            rest = len(faulty.faults) - SHOWN_FAULTS
            if rest > 0:
                self.add_error("file", gettext("More faults: %(count)s.") % {"count": rest})
        return None


class NewContestForm(RulesForm):
    """What a contest is called, in whose name, by which rules."""

    name = forms.CharField(label=_("Name of the contest"), max_length=300)
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "w-6"}),
    )
    fund = forms.ChoiceField(
        label=_("Fund"),
        help_text=_("In whose name grants are given. Left open, it is called after the region."),
        required=False,
    )
    intake = forms.ChoiceField(
        label=_("Applications are taken in"),
        choices=Contest.Intake.choices,
        widget=forms.RadioSelect,
        initial=Contest.Intake.HERE,
    )
    field_order = ("name", "year", "fund", "intake", "ready", "file")

    def __init__(self, funds: Iterable[Fund], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.funds = {str(fund.key): fund for fund in funds}
        named = [(key, fund.name) for key, fund in self.funds.items()]
        self.fields["fund"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def given(self) -> NewContest:
        """What the contest begins with."""
        said = self.cleaned_data
        return NewContest(
            name=said["name"],
            year=said["year"],
            rules=said["rules"],
            fund=self.funds.get(said["fund"]),
            intake=said["intake"],
        )


class PlanForm(OpenedForm):
    """When a contest takes place, for how much, what it is about. Moments in the contest's zone."""

    shown_as = {"budget_minor": "budget"}

    opens_at = MomentField(label=_("Intake begins"), required=False)
    closes_at = MomentField(
        label=_("Intake ends"),
        help_text=_("The last moment is in time."),
        required=False,
    )
    results_on = DayField(label=_("Results by"), required=False)
    project_from = DayField(label=_("Projects begin not before"), required=False)
    project_to = DayField(label=_("Projects end by"), required=False)
    budget = forms.CharField(
        label=_("All grants together"),
        help_text=_("For example: 24 000 000."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-12", "inputmode": "decimal"}),
        required=False,
    )
    about = LinesField(
        label=_("What the contest is for"),
        help_text=_("Everybody reads this first: who may apply, for what, what is new this year."),
        rows=6,
        max_length=5_000,
        required=False,
    )
    whom_to_ask = LinesField(
        label=_("Whom to ask"),
        help_text=_("Telephone, address, hours. Public."),
        rows=3,
        max_length=1_000,
        required=False,
    )

    def __init__(self, contest: Contest, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        kwargs["initial"] = _initial(contest)
        super().__init__(*args, **kwargs)
        self.contest = contest
        if contest.stage != Contest.Stage.SET_UP:
            for name in PLANNED:
                self.fields[name.removesuffix("_minor")].disabled = True

    def clean_budget(self) -> int | None:
        """In minor units of the fund's currency."""
        currency = self.contest.call.fund.currency
        try:
            return read_money(self.cleaned_data["budget"], currency=currency, is_typed=True)
        except Unreadable as error:
            said = sum_fault_said(error, gettext("This is no sum."))
            raise forms.ValidationError(said) from error

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values by the names of the contest's own fields."""
        said = dict(values)
        budget = said.pop("budget", None)
        if isinstance(budget, str):  # as it was shown; whatever else a page says is taken for that
            try:
                budget = read_money(budget, currency=self.contest.call.fund.currency)
            except Unreadable:
                budget = self.contest.budget_minor
        return said | {"budget_minor": budget}


class ExtensionForm(forms.Form):
    """A later end and its reason."""

    closes_at = MomentField(
        label=_("New end of the intake"), help_text=_("The last moment is in time.")
    )
    results_on = DayField(
        label=_("Results by"),
        help_text=_("Move it, too, where the new end asks for it. It moves to a later day alone."),
        required=False,
    )
    project_from = DayField(
        label=_("Projects begin not before"),
        help_text=_("The same; drafts that begin sooner have to be mended by their authors."),
        required=False,
    )
    project_to = DayField(
        label=_("Projects end by"), help_text=_("To a later day alone."), required=False
    )
    reason = LinesField(
        label=_("Reason"),
        help_text=_("Everybody sees it on the page of the contest."),
        rows=3,
        max_length=1_000,
    )

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        said = self.cleaned_data
        days = {name: said[name] for name in MOVED}
        return {"closes_at": said["closes_at"], "reason": said["reason"], "days": days}


class EligibilityForm(forms.Form):
    """By which an organisation is found: its OGRN or INN."""

    number = forms.CharField(
        label=_("OGRN or INN of your organisation"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-16"}),
    )


def fault_said(fault: Fault) -> str:
    """A fault of rules with its place, in the reader's language."""
    message, values = sentence_of(fault)
    told = gettext(message) % values
    where = gettext("line %(line)s") % {"line": fault.line} if fault.line else ""
    place = ", ".join(filter(None, [where, fault.place]))
    return f"{place}: {told}" if place else told


def _initial(contest: Contest) -> dict[str, object]:
    names = ("opens_at", "closes_at", "results_on", "project_from", "project_to")
    told: dict[str, object] = {name: getattr(contest, name) for name in (*names, *TEXTS)}
    return told | {"budget": contest.get_budget_minor_display()}
