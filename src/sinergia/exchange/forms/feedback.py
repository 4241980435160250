"""What a delegate thinks of a visit, and what is written in its report."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField, sum_fault_said
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable
from sinergia.exchange.actions.feedback import LONGEST, Opinion
from sinergia.exchange.actions.reports import LONGEST as LONGEST_TEXT
from sinergia.exchange.actions.reports import Told
from sinergia.exchange.models import Feedback, ReportVersion, Session, Visit
from sinergia.organisations.forms.opened import OpenedForm

MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


class FeedbackForm(forms.Form):
    """Two marks, the best session, a line: a minute on a phone."""

    useful = forms.ChoiceField(
        label=_("How useful was it?"),
        help_text=_("1: not at all, 5: very."),
        choices=MARKS,
        widget=forms.RadioSelect(attrs={"class": "marks"}),
    )
    arranged = forms.ChoiceField(
        label=_("How well was it arranged?"),
        choices=MARKS,
        widget=forms.RadioSelect(attrs={"class": "marks"}),
    )
    best = forms.ChoiceField(label=_("Which session was the best?"), required=False)
    text = LinesField(
        label=_("A line in your words"),
        help_text=_("It is read without your name by the centre that prepared the visit."),
        max_length=LONGEST,
        required=False,
        rows=3,
    )

    def __init__(self, sessions: Iterable[Session], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.sessions = {str(one.key): one for one in sessions}
        named = [(key, one.title) for key, one in self.sessions.items()]
        self.fields["best"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def opinion(self) -> Opinion:
        """As it was given."""
        told = self.cleaned_data
        best = self.sessions.get(told["best"])
        return Opinion(int(told["useful"]), int(told["arranged"]), best, told["text"])


def feedback_initial(row: Feedback | None) -> dict[str, object]:
    """What was answered before."""
    if row is None:
        return {}
    best = str(row.best.key) if row.best is not None else ""
    return {"useful": row.useful, "arranged": row.arranged, "best": best, "text": row.text}


class ReportForm(OpenedForm):
    """What is written around the facts of a visit."""

    introduction = LinesField(
        label=_("Introduction"),
        help_text=_("Why one went, and what was expected. The facts follow below by themselves."),
        max_length=LONGEST_TEXT,
        required=False,
        rows=8,
    )
    conclusions = LinesField(
        label=_("Conclusions"),
        help_text=_("What was learned, what is to be done otherwise next time."),
        max_length=LONGEST_TEXT,
        required=False,
        rows=8,
    )
    spent_minor = forms.CharField(
        label=_("Spent in all"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "decimal", "class": "w-12"}),
    )

    def __init__(self, visit: Visit, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.currency = visit.currency
        self.fields["spent_minor"].help_text = visit.currency

    def clean_spent_minor(self) -> str:
        """A sum, or nothing."""
        typed: str = self.cleaned_data["spent_minor"]
        try:
            read_money(typed, currency=self.currency, is_typed=True)
        except Unreadable as fault:
            said = sum_fault_said(fault, gettext("This is no sum of money."))
            raise ValidationError(said) from fault
        return typed

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        return dict(values) | {"spent_minor": self._minor(str(values["spent_minor"] or ""))}

    def told(self) -> Told:
        """As it was typed."""
        given = self.given()
        return Told(**given)  # type: ignore[arg-type]  # the fields are those of Told

    def _minor(self, typed: str) -> int | None:
        return read_money(typed, currency=self.currency) if typed.strip() else None


def report_initial(row: ReportVersion | None, spent: str) -> dict[str, object]:
    """What was written last. spent: as it is typed."""
    if row is None:
        return {"introduction": "", "conclusions": "", "spent_minor": ""}
    return {
        "introduction": row.introduction,
        "conclusions": row.conclusions,
        "spent_minor": spent,
    }
