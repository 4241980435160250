"""Conflicts: filtered, entered, settled; who must not read, by the applicant's word."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.applications.models import Submission
from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.ui.fields import LinesField
from sinergia.review.models import Conflict, Expert
from sinergia.review.queries.conflicts import ConflictFilter

LONGEST = 2_000


class ConflictFilterForm(forms.Form):
    """The filter of a list. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=_("Application, organisation or code of the expert"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )
    stage = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All of them")), *Conflict.Stage.choices]
    )
    source = forms.ChoiceField(
        label=_("Source"), required=False, choices=[("", _("Any")), *Conflict.Source.choices]
    )

    def __init__(self, asked: ConflictFilter) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        if asked.kind:
            self.fields["kind"] = forms.CharField(initial=asked.kind, widget=forms.HiddenInput)


class EnterForm(forms.Form):
    """An expert, an application, the reason."""

    expert = forms.ChoiceField(label=_("Expert"))
    number = forms.CharField(
        label=_("Number of the application"),
        help_text=_("As in the list of applications, or the code by which experts know it."),
        max_length=40,
    )
    reason = LinesField(label=_("Reason"), max_length=LONGEST, rows=3)

    def __init__(self, experts: Iterable[Expert], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.experts = {str(one.key): one for one in experts}
        choices = [(key, f"{one.name} ({one.code})") for key, one in self.experts.items()]
        self.fields["expert"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]  # a choice field

    def given(self) -> tuple[Expert, str]:
        """Who, and why."""
        return self.experts[self.cleaned_data["expert"]], self.cleaned_data["reason"]

    def lacks_application(self, found: Submission | None) -> bool:
        """Note it where the number names no application of the contest."""
        if found is None:
            self.add_error("number", _("No admitted application has this number."))
        return found is None


class SettleForm(forms.Form):
    """A warning is confirmed, a conflict cleared with a reason."""

    what = forms.ChoiceField(
        label=_("Decision"),
        choices=[("confirm", _("It is a conflict")), ("clear", _("There is no conflict"))],
        widget=forms.RadioSelect,
    )
    why = LinesField(
        label=_("Why there is no conflict"), required=False, max_length=LONGEST, rows=3
    )


class MatchForm(forms.Form):
    """Which experts an applicant means."""

    experts = forms.MultipleChoiceField(
        label=_("Experts who are meant"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = LinesField(label=_("Why nobody is meant"), required=False, max_length=LONGEST, rows=3)

    def __init__(self, experts: Iterable[Expert], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.known = {str(one.key): one for one in experts}
        choices = [
            (key, f"{one.name} ({one.code}){', ' if one.work else ''}{one.work}")
            for key, one in self.known.items()
        ]
        self.fields["experts"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def given(self) -> tuple[list[Expert], str]:
        """Whom, and why nobody."""
        told = self.cleaned_data
        return [self.known[key] for key in told["experts"]], told["why"]


class ObjectionForm(forms.Form):
    """Who must not read an application, and why."""

    whom = forms.CharField(
        label=_("Who"),
        help_text=_(
            "A person by their full name, or an organisation. Nobody is told who the experts are."
        ),
        max_length=300,
    )
    reason = LinesField(
        label=_("Why this person must not read our application"), max_length=LONGEST, rows=3
    )
