"""What is typed where something awaits a person."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.applications.forms.choosing import offer
from sinergia.calls.models import Outcome, StatusWord
from sinergia.engine.identifiers import read_inn, read_ogrn
from sinergia.organisations.models import Organisation
from sinergia.places.models import Region

NUMBER = {"class": "w-16", "inputmode": "numeric", "autocomplete": "off"}


class OwnerForm(forms.Form):
    """Which organisation filed it: one of those proposed, or one by its number."""

    proposed = forms.ChoiceField(
        label=_("One of the register with this name"), required=False, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label=_("Or by number: OGRN or INN"),
        help_text=_("Found by it in the register; entered under the filed name where it is new."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=NUMBER),
    )

    def __init__(self, proposed: Sequence[Organisation], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        offer(self, "proposed", [(str(one.key), _described(one)) for one in proposed])
        if not proposed:
            del self.fields["proposed"]

    def clean_number(self) -> tuple[str, str]:
        """Read the number as OGRN, then INN; give both, "" for none."""
        typed = str(self.cleaned_data["number"]).strip()
        if not typed:
            return "", ""
        ogrn, inn = read_ogrn(typed), read_inn(typed)
        if ogrn is not None and ogrn.is_valid:
            return ogrn.value, ""
        if inn is not None and inn.is_valid and inn.note != "zero_restored":
            return "", inn.value
        raise ValidationError(
            gettext(
                "Neither an OGRN nor an INN: a digit is wrong or missing. "
                "Check it and type it again."
            )
        )

    def clean(self) -> dict[str, object]:
        """One of the two has to be said."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("proposed") and cleaned["number"] == ("", ""):
            self.add_error("number", gettext("Choose an organisation or type its number."))
        return cleaned


class RegionForm(forms.Form):
    """Which region a row names."""

    region = forms.ChoiceField(label=_("Region"))

    def __init__(self, regions: Sequence[Region], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        offer(self, "region", [("", _("choose")), *((one.code, one.name) for one in regions)])


class WordsForm(forms.Form):
    """What each status word of a page means."""

    def __init__(self, words: Sequence[StatusWord], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.words = words
        for word in words:
            self.fields[str(word.key)] = forms.ChoiceField(
                label=word.word, choices=Outcome.choices, initial=word.outcome
            )


def _described(one: Organisation) -> str:
    """A name with what tells two of the same name apart."""
    held = one.identifiers.all()
    numbers = ", ".join(f"{each.get_scheme_display()} {each.value}" for each in held)
    region = one.region.name if one.region else ""
    return " · ".join(part for part in (one.name, region, numbers) if part)
