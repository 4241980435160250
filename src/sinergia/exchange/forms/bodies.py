"""An organisation by its name or number: of the register where it is there, else as typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.engine.text import clean, clean_line
from sinergia.exchange.queries.bodies import Meant
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Organisation

NONE = "none"  # the choice that means: as it was typed
LONGEST = 300  # characters of a name that is not in the register; there they are longer
Find = Callable[[str], Meant]


class BodyForm(OpenedForm):
    """A form with an organisation in it.

    find: looks a name or a number up. Where a name fits several, or nearly, the form asks which.
    """

    body = forms.CharField(
        label=_("Organisation"),
        help_text=_(
            "Its name, OGRN or INN: what is in the register is found there. "
            "What is not stays as you type it."
        ),
        required=False,
        max_length=500,
    )
    shown_as: ClassVar = {"organisation": "body"}
    lines: tuple[str, ...] = ()  # texts that have several lines

    def __init__(self, find: Find, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.near: Sequence[Organisation] = ()
        if self.is_bound:
            self._ask_which()

    def clean_body(self) -> str:
        """One line; a number has to be somebody's."""
        typed = clean_line(self.cleaned_data["body"])
        meant = self.find(typed) if typed else Meant()
        if meant.is_number and meant.exact is None:
            raise ValidationError(
                gettext("The register knows nobody by this number: type the name.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        """What is not in the register has a shorter name."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        typed = str(given.get("body", ""))
        try:
            MaxLengthValidator(LONGEST)(typed)
        except ValidationError as error:
            if self._chosen(given, typed) is None:
                self.add_error("body", error)
        return given

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values by the row's field: the organisation where it is known, else what was typed."""
        told: dict[str, object] = {
            name: self._cleaned(name, value)
            for name, value in values.items()
            if name not in ("body", "which")
        }
        if "body" in values:
            typed = clean_line(str(values["body"]))
            known = self._chosen(values, typed)
            told |= {"organisation": known, "body": "" if known else typed}
        return told

    def _ask_which(self) -> None:
        typed = str(self.data.get(self.add_prefix("body"), "")).strip()
        self.near = self.find(typed).near if typed else ()
        if not self.near:
            return
        named = [(str(one.key), described(one)) for one in self.near]
        self.fields["which"] = forms.ChoiceField(
            label=_("Which one of the register is it?"),
            choices=[*named, (NONE, _("none of these: leave it as it is typed"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Say which organisation it is, or that it is none.")},
        )
        names = list(self.fields)
        names.insert(names.index("body") + 1, names.pop())
        self.order_fields(names)

    def _chosen(self, values: Mapping[str, object], typed: str) -> Organisation | None:
        if not typed:
            return None
        if self.near and "which" in values:
            keyed = {str(one.key): one for one in self.near}
            return keyed.get(str(values["which"]))
        return self.find(typed).exact

    def _cleaned(self, name: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        return clean(value) if name in self.lines else clean_line(value)


def described(one: Organisation) -> str:
    """A name with where it is, which tells two of the same name apart."""
    places = (
        one.municipality.name if one.municipality else "",
        one.region.name if one.region else "",
    )
    return " · ".join(part for part in (one.name, *places) if part)
