"""What is typed about money: periods, payments, a statement; what is asked of the list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT
from sinergia.base.ui.fields import DayField
from sinergia.engine.granting.periods import Part
from sinergia.engine.money import as_typed
from sinergia.grants.actions.money import Sent
from sinergia.grants.forms.signing import MoneyField
from sinergia.grants.models import Period, Transfer
from sinergia.grants.queries.listing import MINE, NOBODY, Choices, GrantFilter
from sinergia.grants.queries.money import PAYABLE, Tranche
from sinergia.grants.queries.naming import TERM_WORDS


class PeriodForm(forms.Form):
    """One period; an empty row is no period."""

    begins_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    report_on = DayField(label=_("Report by"), required=False)
    tranche = MoneyField(label=_("Tranche"), required=False)

    def clean(self) -> dict[str, Any]:
        """All of a row or nothing of it."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        names = ("begins_on", "ends_on", "report_on", "tranche")
        empty = [name for name in names if told.get(name) is None and name not in self.errors]
        if len(empty) not in (0, len(names)):
            for name in empty:
                self.add_error(name, gettext("Fill this in, or empty the whole row."))
        return told

    def part(self) -> Part | None:
        """The period; none of an empty row."""
        told = self.cleaned_data
        if told.get("begins_on") is None:
            return None
        return Part(told["begins_on"], told["ends_on"], told["report_on"], told["tranche"])


class _Periods(forms.BaseFormSet):  # type: ignore[type-arg]  # it takes none when it runs
    """Rows of periods in one currency."""

    currency = "RUB"

    def _construct_form(self, i: int, **kwargs: Any) -> forms.Form:  # noqa: ANN401  # Django's own
        form: forms.Form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's
        form.fields["tranche"].currency = self.currency  # type: ignore[attr-defined]  # a MoneyField
        return form

    def parts(self) -> list[Part]:
        """Periods that were typed."""
        told = [one.part() for one in self.forms]
        return [one for one in told if one is not None]


def periods_forms(
    periods: Sequence[Period],
    currency: str,
    sent: Any = None,  # noqa: ANN401  # a QueryDict
) -> "_Periods":
    """Rows for the periods there are, and two more."""
    made = forms.formset_factory(PeriodForm, formset=_Periods, extra=2, max_num=12)
    initial = [
        {
            "begins_on": one.begins_on,
            "ends_on": one.ends_on,
            "report_on": one.report_on,
            "tranche": as_typed(one.tranche_minor, currency=currency),
        }
        for one in periods
    ]
    formset = made(sent, initial=initial, prefix="period")
    if not isinstance(formset, _Periods):
        raise TypeError(formset)
    formset.currency = currency
    return formset


class TransferForm(forms.Form):
    """A payment or a return by its order."""

    period = forms.TypedChoiceField(label=_("Tranche"), coerce=int)
    number = forms.CharField(
        label=_("Number of the payment order"),
        max_length=80,
        widget=forms.TextInput({"class": "w-12"}),
    )
    on = DayField(label=_("Date of payment"))
    sum = MoneyField(label=_("Sum"))
    why = forms.CharField(label=_("Why it is returned"), max_length=500, required=False)

    def __init__(
        self,
        kind: str,
        tranches: Sequence[Tranche],
        currency: str,
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        open_ones = [one for one in tranches if one.state == PAYABLE]
        first = open_ones[0] if open_ones else None
        begins: dict[str, object] = {}
        if first is not None and kind == Transfer.Kind.PAID:
            left = as_typed(first.left_minor, currency=currency)
            begins |= {"period": first.period.number, "sum": left}
        kwargs["initial"] = begins | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kind, self.currency = kind, currency
        self.fields["sum"].currency = currency  # type: ignore[attr-defined]  # a MoneyField
        if kind == Transfer.Kind.PAID:
            del self.fields["why"]
            choices = [(one.period.number, str(one.period.number)) for one in tranches]
            self.fields["period"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["period"]

    def sent(self) -> Sent:
        """As it was typed."""
        told = self.cleaned_data
        return Sent(
            self.kind,
            told["number"],
            told["on"],
            told["sum"] or 0,
            self.currency,
            period=told.get("period") or None,
            why=told.get("why", ""),
        )


class StatementForm(forms.Form):
    """A bank statement, or the registry filled in."""

    file = UploadField(DOCUMENT, label=_("Statement of the bank, or the registry with its numbers"))


class GrantsForm(forms.Form):
    """The filter of grants. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=_("Project, organisation or number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(self, asked: GrantFilter, offered: Choices, *, sort: str = "") -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        said = [(MINE, gettext("those I run")), (NOBODY, gettext("nobody yet"))]
        people = [(str(one.key), one.name) for one in offered.curators]
        choices: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
            "fund": (_("Fund"), [(one.code, one.name) for one in offered.funds]),
            "year": (_("Year"), [(str(year), str(year)) for year in offered.years]),
            "term": (_("Terms"), list(TERM_WORDS.items())),
            "curator": (_("Curator"), [*said, *people]),
        }
        for name, (label, offers) in choices.items():
            every = [("", gettext("all of them")), *offers]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=every)
        for name, text in {"stage": asked.stage, "sort": sort}.items():
            if text:
                self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)
