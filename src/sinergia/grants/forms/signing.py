"""What is typed on the way to a signed agreement."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT, SIGNED
from sinergia.base.ui.fields import DayField, LinesField, sum_fault_said
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable
from sinergia.grants.actions.beginning import Won
from sinergia.grants.actions.signing import Agreed
from sinergia.people.models import Person

LINE, SHORT = forms.TextInput, {"class": "w-12"}


class MoneyField(forms.CharField):
    """A sum as people write it, into minor units of `currency`, which the form sets."""

    currency = "RUB"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # Django's own
        options.setdefault("widget", forms.TextInput({"class": "w-12", "inputmode": "decimal"}))
        super().__init__(max_length=40, **options)

    def clean(self, value: object) -> int | None:
        """Minor units; none where nothing is typed and nothing has to be."""
        typed = super().clean(value)
        try:
            return read_money(typed, currency=self.currency, is_typed=True)
        except Unreadable as fault:
            told = {
                "negative": gettext("A sum is nought or more."),
                "currency": gettext("The sum has to be in %(currency)s."),
                "too_large": gettext("The sum is too large."),
            }
            words = told.get(fault.code, sum_fault_said(fault, gettext("This is no sum of money.")))
            raise ValidationError(words % {"currency": self.currency}) from fault


class WonForm(forms.Form):
    """Sum and dates of a grant won elsewhere."""

    sum = MoneyField(label=_("Sum of the grant"))
    begins_on = DayField(label=_("First day of the project"))
    ends_on = DayField(label=_("Last day of the project"))

    def __init__(self, currency: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **kwargs)
        self.fields["sum"].currency = currency  # type: ignore[attr-defined]  # a MoneyField

    def won(self) -> Won:
        """As it was typed."""
        told = self.cleaned_data
        return Won(told["sum"] or 0, told["begins_on"], told["ends_on"])


class ConditionForm(forms.Form):
    """By what it is seen that a condition is met."""

    note = LinesField(
        label=_("By what it is seen"),
        help_text=_("An extract, a page, who looked and when. Or add a file."),
        max_length=500,
        required=False,
        rows=2,
    )
    file = UploadField(DOCUMENT, label=_("File"), required=False)


class NewConditionForm(forms.Form):
    """One more condition."""

    text = forms.CharField(label=_("What has to be there before the signing"), max_length=500)


class AgreementForm(forms.Form):
    """Places of the agreement that a person fills or mends."""

    number = forms.CharField(
        label=_("Number of the agreement"), max_length=80, required=False, widget=LINE(SHORT)
    )
    on = DayField(label=_("Date of the agreement"), required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    operator = forms.CharField(label=_("Who gives the grant"), max_length=300, required=False)
    operator_signer = forms.CharField(
        label=_("Who signs for it, in the genitive"),
        help_text=_("Post and name: “директора Мельниковой Анны Петровны”."),
        max_length=300,
        required=False,
    )
    operator_basis = forms.CharField(
        label=_("On what basis, in the genitive"), max_length=200, required=False
    )
    operator_short = forms.CharField(
        label=_("Surname and initials under the signature"), max_length=200, required=False
    )
    head_signer = forms.CharField(
        label=_("Who signs for the organisation, in the genitive"),
        help_text=_("Proposed from the card of the organisation. Look at the cases and mend them."),
        max_length=300,
        required=False,
    )
    head_basis = forms.CharField(
        label=_("On what basis the organisation’s head acts, in the genitive"),
        max_length=200,
        required=False,
    )
    head_short = forms.CharField(
        label=_("Surname and initials of the organisation’s head"), max_length=200, required=False
    )

    def typed(self) -> dict[str, str]:
        """Places that are typed here, by name; number and date apart."""
        return {
            name: text
            for name, text in self.cleaned_data.items()
            if name not in ("number", "on") and isinstance(text, str)
        }


class SignForm(forms.Form):
    """That the agreement is signed. Of what was won here its file is kept here."""

    number = forms.CharField(label=_("Number of the agreement"), max_length=80, widget=LINE(SHORT))
    on = DayField(label=_("Day of signing"))
    file = UploadField(
        SIGNED,
        label=_("Scan of the signed agreement, or the signature in a file of its own"),
        required=False,
    )

    def __init__(self, *args: Any, has_award: bool = False, **kwargs: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **kwargs)
        self.fields["file"].required = has_award

    def agreed(self) -> Agreed:
        """As it was typed."""
        told = self.cleaned_data
        return Agreed(told["number"], told["on"], told["file"])


class WhyForm(forms.Form):
    """Why."""

    why = LinesField(
        label=_("Why"),
        max_length=300,
        required=False,
        rows=3,
    )


class CuratorForm(forms.Form):
    """Who looks after a grant."""

    curator = forms.ChoiceField(label=_("Curator"), required=False)

    def __init__(self, staff: Sequence[Person], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.staff = {str(one.key): one for one in staff}
        named = [(key, one.name) for key, one in self.staff.items()]
        self.fields["curator"].choices = [("", _("nobody yet")), *named]  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> Person | None:
        """Whoever was chosen."""
        return self.staff.get(self.cleaned_data["curator"])


class TemplateForm(forms.Form):
    """A centre's own form of the agreement."""

    file = UploadField(DOCUMENT, label=_("Form of the agreement, DOCX"))
