"""What is typed about requests for changes and about closing."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import SIGNED
from sinergia.base.ui.fields import DayField, LinesField
from sinergia.grants.forms.signing import LINE, SHORT, AgreementForm
from sinergia.grants.models import Change
from sinergia.grants.queries.changing import ChangeFilter
from sinergia.grants.queries.listing import MINE
from sinergia.packs.rules.grants import Grade

LONGEST = 5_000  # characters of reasons and words


class ReasonForm(forms.Form):
    """Why a change is needed."""

    why = LinesField(
        label=_("Why the change is needed"),
        help_text=_("What happened, and what you do so that the results are reached all the same."),
        max_length=LONGEST,
        required=False,
        rows=4,
    )


class AnswerForm(forms.Form):
    """Words with an answer. seen: when what is answered was sent, to the microsecond."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)
    words = LinesField(
        label=_("In words"),
        help_text=_("The organisation reads them."),
        max_length=LONGEST,
        required=False,
        rows=4,
    )

    def shows(self, sent_at: datetime | None) -> None:
        """Say that the page shows what was sent at this moment, whatever was typed before."""
        seen = sent_at.isoformat() if sent_at is not None else ""
        self.initial["seen"] = seen
        if self.is_bound:
            self.data = {**dict(self.data.items()), "seen": seen}


class EndForm(forms.Form):
    """Why a grant is ended before its time, and since when."""

    on = DayField(label=_("Day on which the agreement ended"))
    why = LinesField(
        label=_("Why it is ended"),
        help_text=_("The organisation reads it."),
        max_length=LONGEST,
        rows=4,
    )


class ReopenForm(forms.Form):
    """Why a closed grant is opened again."""

    why = LinesField(
        label=_("Why it is opened again"),
        max_length=300,
        required=False,
        rows=3,
    )


class ClosingForm(forms.Form):
    """How a grant was done."""

    words = LinesField(
        label=_("In words"),
        help_text=_("They go into the letter."),
        max_length=LONGEST,
        required=False,
        rows=4,
    )

    def __init__(self, grades: tuple[Grade, ...], language: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **kwargs)
        if grades:
            named = [(one.code, one.name.told(language)) for one in grades]
            field = forms.ChoiceField(
                label=_("How the project was done"),
                choices=named,
                widget=forms.RadioSelect,
            )
            self.fields = {"grade": field, **self.fields}


class LetterForm(forms.Form):
    """Number and day of a letter."""

    number = forms.CharField(
        label=_("Number of the letter"), max_length=80, required=False, widget=LINE(SHORT)
    )
    on = DayField(label=_("Date of the letter"), required=False)
    signer = forms.CharField(
        label=_("Who signs: post, surname and initials"), max_length=200, required=False
    )


class AccountForm(forms.Form):
    """Number and day of a final account, and who signs it."""

    number = forms.CharField(
        label=_("Number of the account"), max_length=80, required=False, widget=LINE(SHORT)
    )
    on = DayField(label=_("Date of the account"), required=False)
    signer = forms.CharField(
        label=_("Who signs for who gave the grant: post, surname and initials"),
        max_length=200,
        required=False,
    )
    head = forms.CharField(
        label=_("Who signs for the organisation: post, surname and initials"),
        max_length=200,
        required=False,
    )


class SupplementForm(AgreementForm):
    """Places of the supplementary agreement that a person fills or mends."""

    number = forms.CharField(
        label=_("Number of the supplementary agreement"),
        max_length=80,
        required=False,
        widget=LINE(SHORT),
    )
    on = DayField(label=_("Date of the supplementary agreement"), required=False)


class SupplementSignedForm(forms.Form):
    """A supplementary agreement that came back signed."""

    file = UploadField(
        SIGNED, label=_("Scan of the signed paper, or the signature in a file of its own")
    )


class ChangesForm(forms.Form):
    """The filter of requests. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        label=_("Project, organisation or number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(self, asked: ChangeFilter, *, sort: str = "") -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        every = [("", gettext("all of them"))]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), required=False, choices=[*every, *Change.Kind.choices]
        )
        self.fields["who"] = forms.ChoiceField(
            label=_("Grants"), required=False, choices=[*every, (MINE, gettext("those I run"))]
        )
        for name, text in {"stage": asked.stage, "sort": sort}.items():
            if text:
                self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)
