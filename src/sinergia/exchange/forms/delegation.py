"""What is typed about those who travel, by the centre and by themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import AddressField, LinesField
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.forms.bodies import BodyForm, Find
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.places.models import Municipality, Theme


class DelegateForm(BodyForm):
    """Somebody who travels, from the words of whoever tells it."""

    name = forms.CharField(label=_("Surname, name, patronymic"), max_length=200)
    is_namesake = forms.BooleanField(label=_("It is another person of this name"), required=False)
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    municipality = forms.ChoiceField(label=_("Town or district"), required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-16"}),
    )
    email = AddressField(
        label=_("E-mail"),
        help_text=_("The invitation goes there."),
        max_length=254,
        required=False,
    )
    told_by = forms.CharField(
        label=_("From whose words"),
        help_text=_("Who told this to you; until the person confirms it, it is not confirmed."),
        max_length=200,
        required=False,
    )
    field_order = (
        "name",
        "is_namesake",
        "post",
        "body",
        "municipality",
        "phone",
        "email",
        "told_by",
    )

    def __init__(
        self,
        find: Find,
        towns: Sequence[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(find, *args, **kwargs)
        self.towns = {str(one.key): one for one in towns}
        named = [(key, one.name) for key, one in self.towns.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        if not self.data.get("is_namesake"):
            self.fields["is_namesake"].widget = forms.HiddenInput()

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        told = super().read(values)
        told.pop("is_namesake", None)
        if "municipality" in told:
            told["municipality"] = self.towns.get(str(told["municipality"]))
        return told

    def ask_of_namesake(self) -> None:
        """Offer to say that it is another person."""
        self.fields["is_namesake"].widget = forms.CheckboxInput()


class WishesForm(forms.Form):
    """What a delegate wants to see."""

    wishes = LinesField(
        label=_("What you want to see and ask"),
        help_text=_("In your own words: both centres read it when the programme is made."),
        rows=4,
        max_length=2_000,
        required=False,
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, themes: Sequence[Theme], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.known = {str(one.key): one for one in themes}
        named = [(key, one.name) for key, one in self.known.items()]
        self.fields["themes"].choices = named  # type: ignore[attr-defined]  # a choice field
        if not named:
            del self.fields["themes"]

    def chosen(self) -> list[Theme]:
        """The themes."""
        return [self.known[key] for key in self.cleaned_data.get("themes", [])]

    def words(self) -> str:
        """The words."""
        return clean(self.cleaned_data["wishes"]).strip()


class TravelForm(OpenedForm):
    """How somebody comes, sleeps and leaves."""

    arrives = forms.CharField(
        label=_("Arrival"), help_text=_("Day, hour, train or car."), max_length=200, required=False
    )
    leaves = forms.CharField(label=_("Departure"), max_length=200, required=False)
    lodging = forms.CharField(
        label=_("Lodging"),
        help_text=_("Where you stay, or what is to be found for you."),
        max_length=200,
        required=False,
    )
    needs = LinesField(
        label=_("What should the hosts provide?"),
        help_text=_("A place near the door, food without meat, a ramp. Never a diagnosis."),
        rows=3,
        max_length=1_000,
        required=False,
    )

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        return {
            name: clean(str(value)).strip() if name == "needs" else clean_line(str(value))
            for name, value in values.items()
        }
