"""Whom a centre helps: found by typing, or made at once. A part of forms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality
from sinergia.support.actions.clients import NAME, ClientGiven
from sinergia.support.actions.consultations import Whom
from sinergia.support.models import Client
from sinergia.support.queries.whom import Meant, client_label, organisation_label

LABEL = 600  # characters: an organisation's name with the place, as it is offered
FOUND = ""  # as it was found by its name
NEW = {
    Client.Kind.PERSON: _("a new person: write them down"),
    Client.Kind.GROUP: _("a new group: write it down"),
}


class WhomForm(forms.Form):
    """Who was helped. meant: who may be meant by what was typed.

    Without a script one types, presses, and chooses among those who were found.
    """

    who = forms.CharField(
        label=_("Who"),
        help_text=_("A name, an INN, a surname. Choose from the list, or say that they are new."),
        max_length=LABEL,
        widget=forms.TextInput(
            attrs={
                "list": "who-found",
                "autocomplete": "off",
                "data-hx-trigger": "input changed delay:250ms",
                "data-hx-target": "#who-found",
                "data-hx-swap": "innerHTML",
                "data-hx-sync": "this:replace",
            }
        ),
    )
    whom = forms.ChoiceField(
        label=_("Which of them"), required=False, widget=forms.RadioSelect, initial=FOUND
    )
    reach = forms.CharField(
        label=_("Telephone or e-mail"),
        help_text=_("Of somebody new. A letter about an appointment goes to an e-mail."),
        max_length=254,
        required=False,
    )
    municipality = forms.ChoiceField(
        label=_("Municipality"),
        help_text=_("Nothing chosen: that of the organisation or the person."),
        required=False,
    )
    agreed = forms.BooleanField(
        label=_("They have agreed today that the centre keeps their name"), required=False
    )

    def __init__(
        self,
        meant: Meant,
        municipalities: Sequence[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].widget.attrs["data-hx-get"] = reverse("help:found")
        self.meant = meant
        self.nameless: Client | None = None
        self.found: dict[str, Organisation | Client] = {
            **{f"organisation:{one.key}": one for one in meant.organisations},
            **{f"client:{one.key}": one for one in meant.clients},
        }
        named = [(key, _told(one)) for key, one in self.found.items()]
        choices = [(FOUND, _("found by this name")), *named, *NEW.items()]
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.places = {str(one.key): one for one in municipalities}
        places = [(key, one.name) for key, one in self.places.items()]
        self.fields["municipality"].choices = [("", "—"), *places]  # type: ignore[attr-defined]  # the same

    def keep_nameless(self, client: Client) -> None:
        """Let a line stay that of somebody who was erased: there is no name to type."""
        self.nameless = client
        self.fields["who"].required = False
        told = _("They were erased: leave it empty, and the line stays theirs.")
        self.fields["who"].help_text = told

    def clean(self) -> dict[str, Any]:
        """Exactly one is meant, or somebody new is made."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.nameless is not None and not said.get("who"):
            return said
        if said.get("whom") in NEW and len(said.get("who", "")) > NAME:
            told = gettext("At most %(most)s characters of somebody new.")
            self.add_error("who", told % {"most": NAME})
        if "who" in said and said.get("whom", FOUND) == FOUND and self.meant.exact is None:
            if self.found:
                told = gettext("Several may be meant, or the name is not whole: choose one.")
            else:
                told = gettext("Nobody is known by this name: choose whether they are new.")
            self.add_error("whom", told)
        return said

    def whom_given(self, on: date) -> Whom:
        """Who it is. on: the day of a consent that was given now."""
        said = self.cleaned_data
        if said["whom"] in NEW:
            agreed_on = on if said["agreed"] else None
            place = self.place_given()
            made = ClientGiven(said["who"], said["whom"], said["reach"], place, agreed_on)
            return Whom(made=made)
        found = self.found.get(said["whom"]) or self.meant.exact or self.nameless
        if isinstance(found, Organisation):
            return Whom(organisation=found)
        return Whom(client=found)

    def place_given(self) -> Municipality | None:
        """The municipality that was chosen."""
        return self.places.get(self.cleaned_data["municipality"])


def _told(one: Organisation | Client) -> str:
    if isinstance(one, Organisation):
        place = f", {one.municipality.name}" if one.municipality else ""
        return organisation_label(one) + place
    return f"{client_label(one)} ({one.get_kind_display().lower()})"
