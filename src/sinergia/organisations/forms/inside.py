"""What is typed on the inner page of an organisation."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT
from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.identifiers import read_inn, read_ogrn
from sinergia.engine.text import clean, clean_line
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Identifier, Paper, Reach
from sinergia.places.models import Municipality, Theme

NUMBER = {"class": "w-24", "inputmode": "numeric", "autocomplete": "off"}
KPP_LENGTH = 9


class ToldForm(OpenedForm):
    """A form in which the centre says from whose words it writes; its own people need not."""

    told_by = forms.CharField(
        label=_("From whose words"),
        help_text=_("Who told this to you. Until the organisation confirms it, it is not public."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: object, is_own: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["told_by"]
        else:
            self.order_fields([name for name in self.fields if name != "told_by"])

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field; texts of one line are one line."""
        return {
            name: clean_line(value) if isinstance(value, str) else value
            for name, value in values.items()
        }


class CardForm(ToldForm):
    """Its own words, and what of the page the public sees."""

    about = LinesField(
        label=_("About the organisation"),
        help_text=_("Two or three sentences: for whom you work and what changes for them."),
        required=False,
        max_length=2_000,
        rows=5,
    )
    shows_address = forms.BooleanField(label=_("Show the address to everybody"), required=False)
    shows_site = forms.BooleanField(label=_("Show the site to everybody"), required=False)
    shows_heads = forms.BooleanField(
        label=_("Show the heads to everybody"),
        help_text=_("Only those who agreed to it: each is asked apart, beside their name."),
        required=False,
    )

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """The text keeps its lines."""
        return super().read(values) | {"about": clean(str(values["about"]))}


class HeadForm(ToldForm):
    """Who heads the organisation, and for which term."""

    name = forms.CharField(label=_("Surname, name, patronymic"), max_length=200)
    post = forms.CharField(label=_("Post"), required=False, max_length=200)
    since = DayField(label=_("Term of office: from"), required=False)
    until = DayField(
        label=_("Term of office: to"),
        help_text=_("The last day itself is inside. Leave it empty where the term has no end."),
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("This person agreed that name and post are shown to everybody"), required=False
    )


class ReachForm(ToldForm):
    """A telephone, an e-mail, a page in a network."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Reach.Kind.choices)
    value = forms.CharField(label=_("Number, address or link"), max_length=300)
    note = forms.CharField(
        label=_("What for"),
        help_text=_("For example: accounts department."),
        required=False,
        max_length=100,
    )
    is_public = forms.BooleanField(
        label=_("Show it to everybody"),
        help_text=_("An e-mail or a page. A telephone is seen by your people and the centre only."),
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """The value is of its kind. That a telephone is never public the action says."""
        said = super().clean() or {}
        value, kind = clean_line(str(said.get("value", ""))), said.get("kind")
        try:
            if value and kind == Reach.Kind.EMAIL:
                forms.EmailField().clean(value)
            elif value and kind == Reach.Kind.LINK:
                said["value"] = forms.URLField(assume_scheme="https").clean(value)
            elif value and sum(map(str.isdecimal, value)) < 5:
                raise ValidationError(gettext("A telephone has at least five digits."))
        except ValidationError as error:
            self.add_error("value", error)
        return said


class AccountForm(OpenedForm):
    """An account at a bank."""

    number = forms.CharField(
        label=_("Settlement account"),
        help_text=_("20 digits."),
        max_length=40,
        widget=forms.TextInput(attrs=NUMBER),
    )
    bik = forms.CharField(
        label=_("BIK"),
        help_text=_("9 digits."),
        max_length=20,
        widget=forms.TextInput(attrs=NUMBER | {"class": "w-12"}),
    )
    correspondent = forms.CharField(
        label=_("Correspondent account"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=NUMBER),
    )
    bank = forms.CharField(label=_("Bank"), required=False, max_length=200)
    is_main = forms.BooleanField(label=_("The main account"), required=False)

    def __init__(self, *args: object, is_own: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)

    def clean_number(self) -> str:
        """Only what fits the column: keys are checked beside, and do not refuse."""
        return _fitting(self.cleaned_data["number"], 20)

    def clean_bik(self) -> str:
        """The same."""
        return _fitting(self.cleaned_data["bik"], 9)

    def clean_correspondent(self) -> str:
        """The same; it may be empty."""
        typed = self.cleaned_data["correspondent"]
        return _fitting(typed, 20) if typed else ""


class PaperForm(ToldForm):
    """A paper of the organisation: what it is, how long it holds, and its scan."""

    kind = forms.ChoiceField(label=_("What paper it is"), choices=Paper.Kind.choices)
    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("For example: to the bank. It tells papers of one kind apart."),
        required=False,
        max_length=200,
    )
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-16", "autocomplete": "off"}),
    )
    issued_on = DayField(label=_("Issued on"), required=False)
    ends_on = DayField(
        label=_("Holds until"),
        help_text=_("The last day itself is inside. Leave it empty where the paper has no end."),
        required=False,
    )
    file = UploadField(DOCUMENT, label=_("Scan or file"), required=False)


class DetailsForm(OpenedForm):
    """What the register itself says of the organisation."""

    name = LinesField(label=_("Full name"), max_length=500, rows=2)
    short_name = forms.CharField(label=_("Short name"), required=False, max_length=300)
    address = forms.CharField(label=_("Address"), required=False, max_length=500)
    site = forms.CharField(label=_("Site"), required=False, max_length=300)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, places: Iterable[Municipality], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.key): one for one in places}
        named = [(key, one.name) for key, one in self.places.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """The organisation's fields."""
        said = {name: clean_line(str(value)) for name, value in values.items()}
        return said | {"municipality": self.places.get(said["municipality"])}


class NumberForm(forms.Form):
    """One number of a register, verified by its check digits."""

    scheme = forms.ChoiceField(label=_("Which number"), choices=Identifier.Scheme.choices)
    value = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput(attrs=NUMBER | {"class": "w-16"})
    )

    def clean(self) -> dict[str, object]:
        """A number whose check digit is wrong is no number."""
        said = super().clean() or {}
        typed, scheme = str(said.get("value", "")), said.get("scheme")
        if not typed or not scheme:
            return said
        if scheme == Identifier.Scheme.KPP:
            digits = typed.replace(" ", "").upper()
            is_right = len(digits) == KPP_LENGTH and digits.isascii() and digits.isalnum()
            said["value"] = digits
        else:
            read = (read_ogrn if scheme == Identifier.Scheme.OGRN else read_inn)(typed)
            is_right = read is not None and read.is_valid
            said["value"] = read.value if read else ""
        if not is_right:
            self.add_error("value", gettext("A digit is wrong or missing: check the number."))
        return said

    def given(self) -> dict[str, object]:
        """Scheme and value."""
        return dict(self.cleaned_data)


class ChoosingForm(forms.Form):
    """Boxes beside the themes or municipalities of a region.

    shown: which were ticked when the page was opened; a page that says nothing showed what is.
    """

    chosen = forms.MultipleChoiceField(
        label=_("What is chosen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        offered: Iterable[Theme | Municipality],
        chosen: set[int],
        typed: QueryDict | None = None,
    ) -> None:
        self.offered = {str(one.key): one for one in offered}
        marked = [key for key, one in self.offered.items() if one.pk in chosen]
        super().__init__(typed, initial={"chosen": marked, "shown": " ".join(marked)})
        named = [(key, one.name) for key, one in self.offered.items()]
        self.fields["chosen"].choices = named  # type: ignore[attr-defined]  # a choice field

    def rows(self) -> "list[Theme | Municipality]":
        """What was chosen."""
        return [self.offered[key] for key in self.cleaned_data["chosen"]]

    def seen(self) -> "list[Theme | Municipality] | None":
        """What was ticked as the page was opened."""
        if "shown" not in self.data:
            return None
        keys = self.cleaned_data["shown"].split()
        return [self.offered[key] for key in keys if key in self.offered]


class NoteForm(forms.Form):
    """A note, and the day of a meeting where there was one."""

    text = LinesField(
        label=_("Note"),
        help_text=_("Seen by the centre’s people alone."),
        max_length=10_000,
        rows=4,
    )
    met_on = DayField(
        label=_("We met on"),
        help_text=_("Leave it empty where you did not meet or talk."),
        required=False,
    )

    def clean_text(self) -> str:
        """The text keeps its lines."""
        return clean(self.cleaned_data["text"]).strip()

    def clean_met_on(self) -> date | None:
        """Nobody has met yet on a day to come."""
        day: date | None = self.cleaned_data["met_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(gettext("This day has not come yet."))
        return day


class NoteChangeForm(OpenedForm, NoteForm):
    """A note written anew, and the last day they met, where that was mistyped."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        met_on = self.fields["met_on"]
        met_on.label = gettext("The last day we met")
        met_on.help_text = gettext("Of all notes. Empty it where you never met or talked.")

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """The note alone: the day they met is no part of it."""
        return {"text": clean(str(values["text"])).strip()}


def _fitting(typed: str, longest: int) -> str:
    digits = "".join(filter(str.isalnum, typed))
    if len(digits) > longest:
        raise ValidationError(gettext("There are more digits than such a number has."))
    return digits
