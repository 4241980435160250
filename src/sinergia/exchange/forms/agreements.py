"""What is typed about a partnership agreement, and what is asked of their register."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT
from sinergia.base.ui.fields import DayField, LinesField
from sinergia.base.ui.templatetags.ui import mistakes
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.actions.agreements import LEAST, PartyGiven, digest_of
from sinergia.exchange.forms.bodies import BodyForm, Find
from sinergia.exchange.models import PartnershipAgreement, Programme
from sinergia.exchange.queries.filters import PUT_AWAY, AgreementFilter
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Region

SPARE = 1  # parties that may be added at once
MOST = 12  # parties


class PartyForm(BodyForm):
    """One who signed: the organisation, by whose hand."""

    signer = forms.CharField(label=_("Signed by"), max_length=200, required=False)
    post = forms.CharField(label=_("Post of who signed"), max_length=200, required=False)

    def __init__(
        self,
        find: Find,
        shown: PartyGiven | None,
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self.shown = shown
        super().__init__(find, *args, initial=_shown(shown), **kwargs)

    def clean(self) -> dict[str, Any]:
        """A hand alone is no party; of one that was there before it goes with the organisation."""
        given = super().clean()
        is_named = given.get("body") or "body" in self.errors or self.shown is not None
        if not is_named and (given.get("signer") or given.get("post")):
            self.add_error("body", gettext("Say which organisation they signed for."))
        return given

    def party(self) -> PartyGiven | None:
        """As it was typed; none where no organisation is named."""
        told = self.read(self.cleaned_data)
        name = str(told["body"])
        if told["organisation"] is None and not name:
            return None
        return PartyGiven(told["organisation"], name, str(told["signer"]), str(told["post"]))  # type: ignore[arg-type]  # an organisation or none

    def _ask_which(self) -> None:
        if not self._is_kept(str(self.data.get(self.add_prefix("body"), ""))):
            super()._ask_which()

    def _chosen(self, values: Mapping[str, object], typed: str) -> Organisation | None:
        """Who stays as it was shown is who it was, whatever the register shows of it by now."""
        if self.shown is not None and self._is_kept(typed):
            return self.shown.organisation
        return super()._chosen(values, typed)

    def _is_kept(self, typed: str) -> bool:
        return bool(typed) and clean_line(typed) == clean_line(_shown(self.shown).get("body", ""))


class AgreementForm(OpenedForm):
    """An agreement with its parties, each a form of its own under the number of its place."""

    shown_as: ClassVar = {"forms": "ways"}

    number = forms.CharField(
        label=_("Number"), max_length=60, required=False, widget=forms.TextInput({"class": "w-12"})
    )
    signed_on = DayField(label=_("Date"))
    subject = LinesField(label=_("Subject"), max_length=500, rows=2)
    ways = LinesField(
        label=_("Forms of work"),
        help_text=_("One on a line: exchange of practices, visits, joint projects."),
        rows=4,
        max_length=3_000,
        required=False,
    )
    ends_on = DayField(
        label=_("In force until"),
        help_text=_("The last day, itself inside. Open where it has no term."),
        required=False,
    )
    renewal = forms.ChoiceField(
        label=_("After the term"),
        choices=PartnershipAgreement.Renewal.choices,
        initial=PartnershipAgreement.Renewal.NONE,
        widget=forms.RadioSelect,
    )
    programme = forms.ChoiceField(label=_("Programme of exchange"), required=False)
    is_public = forms.BooleanField(
        label=_("Show it to everybody, with its file"),
        help_text=_("Otherwise the centre’s people alone see it."),
        required=False,
    )
    file = UploadField(DOCUMENT, label=_("Signed agreement as a file"), required=False)

    def __init__(
        self,
        find: Find,
        programmes: Sequence[Programme],
        parties: Sequence[PartyGiven],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.key): one for one in programmes}
        named = [(key, one.name) for key, one in self.programmes.items()]
        self.fields["programme"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        number = min(max(len(parties) + SPARE, LEAST + SPARE), MOST)
        typed = self.data if self.is_bound else None
        self.parties = [
            PartyForm(find, next(iter(parties[place:]), None), typed, prefix=f"party-{place}")
            for place in range(number)
        ]
        for one in self.parties[:LEAST]:
            one.fields["body"].required = True
        self.digest = digest_of(parties)
        if self.is_bound:
            self.digest = str(self.data.get("parties-seen", ""))

    def clean(self) -> dict[str, Any]:
        """Parties are looked at with the rest."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        is_right = [one.is_valid() for one in self.parties]  # each says what is wrong with it
        if not all(is_right):
            self.add_error(None, gettext("Look at the parties below."))
        return given

    def mistakes(self) -> list[tuple[str, str]]:
        """Everything to be mended, with the parties' own."""
        return [pair for one in (self, *self.parties) for pair in mistakes(one)]

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        told = {
            ("forms" if name == "ways" else name): _cleaned(name, value)
            for name, value in values.items()
        }
        if "programme" in told:
            told["programme"] = self.programmes.get(str(told["programme"]))
        return told

    def given_parties(self) -> list[PartyGiven]:
        """The parties in their order, without empty places."""
        return [party for one in self.parties if (party := one.party()) is not None]


class RenewForm(forms.Form):
    """Until when an agreement lasts from now on."""

    ends_on = DayField(label=_("In force until"))


class AskedForm(forms.Form):
    """Search among agreements. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of the subject, a party or the number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    state = forms.ChoiceField(
        label=_("Term"),
        required=False,
        choices=[
            ("", _("all")),
            ("in_force", _("in force")),
            ("ends", _("end within 90 days")),
            ("ended", _("ended")),
            (PUT_AWAY, _("put away")),
        ],
    )
    programme = forms.ChoiceField(label=_("Programme of exchange"), required=False)
    region = forms.ChoiceField(label=_("Region of a party"), required=False)
    centre = forms.ChoiceField(label=_("Kept by"), required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        asked: AgreementFilter,
        programmes: Sequence[Programme],
        regions: Sequence[Region],
        centres: Sequence[Centre],
        sort: str,
    ) -> None:
        super().__init__(initial=asked.values | {"sort": sort}, auto_id="filter_%s")
        named = [(str(one.key), one.name) for one in programmes]
        self.fields["programme"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]  # a choice field
        places = [(one.code, one.name) for one in regions]
        self.fields["region"].choices = [("", _("all")), *places]  # type: ignore[attr-defined]  # a choice field
        ours = [(str(one.key), one.organisation.name) for one in centres]
        self.fields["centre"].choices = [("", _("all")), *ours]  # type: ignore[attr-defined]  # a choice field
        if not ours:  # an address may name another one
            self.fields["centre"].widget = forms.HiddenInput()
        if not sort:
            del self.fields["sort"]


def _shown(party: PartyGiven | None) -> dict[str, str]:
    if party is None:
        return {}
    name = party.organisation.name if party.organisation else party.name
    return {"body": name, "signer": party.signer, "post": party.post}


def _cleaned(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return clean(value).strip() if name == "ways" else clean_line(value)
