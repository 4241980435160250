"""What is typed in a report beside its texts: payments, files; and what is typed of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT
from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.granting.comparing import LineCompared
from sinergia.engine.granting.spending import Payment
from sinergia.engine.money import as_typed
from sinergia.grants.forms.signing import MoneyField
from sinergia.grants.models import Spending
from sinergia.grants.queries.naming import lines_named

SHORT = {"class": "w-12"}


class SpendingForm(forms.Form):
    """A payment by its document."""

    line = forms.ChoiceField(label=_("Line of the budget"))
    sum = MoneyField(label=_("Sum"))
    on = DayField(label=_("Date"))
    document = forms.CharField(
        label=_("Kind of document"),
        help_text=_("Payment order, cheque, act, invoice."),
        max_length=120,
        widget=forms.TextInput({"class": "w-20"}),
    )
    number = forms.CharField(
        label=_("Number of the document"), max_length=80, widget=forms.TextInput(SHORT)
    )
    payee = forms.CharField(label=_("Whom it was paid to"), max_length=300)
    what = forms.CharField(label=_("For what"), max_length=500, required=False)
    file = UploadField(
        DOCUMENT,
        label=_("The document itself"),
        help_text=_("You may add it later, but without it the report is not handed in."),
        required=False,
    )

    def __init__(
        self,
        lines: Sequence[LineCompared],
        currency: str,
        *args: Any,  # noqa: ANN401  # Django's own
        **kwargs: Any,  # noqa: ANN401  # Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["sum"].currency = currency  # type: ignore[attr-defined]  # a MoneyField
        choices = list(lines_named(lines).items())
        self.fields["line"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def payment(self) -> Payment:
        """As it was typed."""
        told = self.cleaned_data
        return Payment(
            line=told["line"],
            on=told["on"],
            document=told["document"],
            number=told["number"],
            payee=told["payee"],
            sum_minor=told["sum"] or 0,
            currency=self.currency,
            what=told["what"],
        )


def initial_of(spending: Spending, currency: str) -> dict[str, object]:
    """A payment as its form begins with it."""
    names = ("line", "on", "document", "number", "payee", "what")
    told: dict[str, object] = {name: getattr(spending, name) for name in names}
    return told | {"sum": as_typed(spending.sum_minor, currency=currency)}


class PaymentsFileForm(forms.Form):
    """Payments as a table."""

    file = UploadField(DOCUMENT, label=_("Table of payments, XLSX or CSV"))


class FilesInput(forms.FileInput):
    """The choice of several files at once."""

    allow_multiple_selected = True


class DocumentsForm(forms.Form):
    """Documents of payments, many at once."""

    documents = forms.Field(
        label=_("Documents"),
        help_text=_("At most 20 at once. The name of a file bears the number of its payment."),
        widget=FilesInput({"multiple": True}),
        error_messages={"required": _("Choose a file.")},
    )


class ReportFileForm(forms.Form):
    """A file at a place of a report."""

    file = UploadField(DOCUMENT, label=_("Picture or document"))
    caption = forms.CharField(label=_("What it shows"), max_length=300, required=False)


class VerdictForm(forms.Form):
    """What is said of a payment."""

    verdict = forms.ChoiceField(
        label=_("What is said of it"),
        choices=[one for one in Spending.Verdict.choices if one[0]],
        widget=forms.RadioSelect,
    )
    text = LinesField(
        label=_("Remark"),
        help_text=_("Needed where there is a remark or it is not accepted."),
        required=False,
        max_length=4000,
        rows=3,
    )


class RemarkForm(forms.Form):
    """A remark at a place."""

    text = LinesField(label=_("Remark"), required=False, max_length=4000, rows=3)


class AnswerForm(forms.Form):
    """What became of a remark."""

    answer = LinesField(label=_("Your answer"), required=False, max_length=4000, rows=3)


class ReturnForm(forms.Form):
    """A report goes back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DayField(label=_("To be mended by"))
    words = LinesField(label=_("Words to the whole"), required=False, max_length=4000, rows=3)


class AcceptForm(forms.Form):
    """A report is accepted."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = LinesField(label=_("Words to the whole"), required=False, max_length=4000, rows=3)
