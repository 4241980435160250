"""What is typed to act for an organisation, and to answer whoever asked."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.engine.identifiers import Identifier, read_inn, read_ogrn
from sinergia.engine.text import clean, clean_line
from sinergia.organisations.actions.register import Newcomer
from sinergia.organisations.models import Membership
from sinergia.places.models import Region

OGRN_LENGTH, INN_LENGTH = 13, 10  # of organisations; longer ones are persons'
DIGITS = {"class": "w-16", "inputmode": "numeric", "autocomplete": "off"}


class ClaimForm(forms.Form):
    """As whom somebody wants to act, and why they may."""

    role = forms.ChoiceField(
        label=_("As whom"),
        choices=[
            (Membership.Role.LEADER, _("I lead it: I sign, submit and take others in")),
            (Membership.Role.EDITOR, _("I work in it: I write, others sign")),
        ],
        initial=Membership.Role.LEADER,
        widget=forms.RadioSelect,
    )
    post = forms.CharField(label=_("Your post"), required=False, max_length=200)
    ground = LinesField(
        label=_("Why you may act for it"),
        help_text=_(
            "In your own words: since when, by which decision or power of attorney, who can "
            "confirm it. Your name and e-mail go with it to whoever decides."
        ),
        max_length=2_000,
        rows=4,
    )

    def given(self) -> dict[str, str]:
        """What the request says."""
        said = self.cleaned_data
        return {
            "role": said["role"],
            "post": clean_line(said["post"]),
            "ground": clean(said["ground"]),
        }


class NewcomerForm(ClaimForm):
    """The same for an organisation that is not in the register yet."""

    name = LinesField(
        label=_("Full name of the organisation"),
        max_length=500,
        rows=2,
    )
    ogrn = forms.CharField(
        label=_("OGRN"),
        help_text=_("13 digits."),
        max_length=40,
        widget=forms.TextInput(attrs=DIGITS),
    )
    inn = forms.CharField(
        label=_("INN of the organisation"),
        help_text=_("10 digits."),
        max_length=40,
        widget=forms.TextInput(attrs=DIGITS),
    )
    region = forms.ChoiceField(label=_("Region"))

    def __init__(self, regions: Iterable[Region], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.regions = {one.code: one for one in regions}
        named = [(code, one.name) for code, one in self.regions.items()]
        self.fields["region"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        self.order_fields(["name", "ogrn", "inn", "region"])

    def clean_name(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["name"])

    def clean_ogrn(self) -> str:
        """A number of an organisation whose check digit is right."""
        return _right(read_ogrn(self.cleaned_data["ogrn"]), OGRN_LENGTH)

    def clean_inn(self) -> str:
        """The same."""
        return _right(read_inn(self.cleaned_data["inn"]), INN_LENGTH)

    def newcomer(self) -> Newcomer:
        """The organisation as it is entered: hidden until somebody confirms it."""
        said = self.cleaned_data
        return Newcomer(
            name=said["name"],
            ogrn=said["ogrn"],
            inn=said["inn"],
            region_id=self.regions[said["region"]].pk,
            is_public=False,
        )


class RefusalForm(forms.Form):
    """Why a request is refused."""

    reason = LinesField(
        label=_("Why not"),
        help_text=_("Whoever asked reads it word for word: say what is missing and where to go."),
        max_length=2_000,
        rows=3,
    )

    def clean_reason(self) -> str:
        """The text keeps its lines."""
        return clean(self.cleaned_data["reason"])

    def given(self) -> dict[str, object]:
        """Why."""
        return dict(self.cleaned_data)


def _right(read: Identifier | None, length: int) -> str:
    if read is None or not read.is_valid or len(read.value) != length:
        raise ValidationError(gettext("A digit is wrong or missing: check the number."))
    return read.value
