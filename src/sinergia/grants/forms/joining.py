"""What is typed about people who join, by the organisers and by those who join."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import PICTURE
from sinergia.base.ui.fields import BOUNDS, DayField, LineField, LinesField
from sinergia.engine.joining import needs_parent
from sinergia.grants.actions.joining import Asked
from sinergia.grants.actions.roles import Offered
from sinergia.grants.models import Joiner, Role
from sinergia.grants.queries.joiners import JoinersFilter
from sinergia.grants.queries.together import TogetherFilter
from sinergia.places.models import Municipality, Region

SEARCH = forms.TextInput(attrs={"type": "search", "maxlength": 200})
NARROW = {"class": "w-8"}
PARTS: dict[str, Promise] = {
    "": _("all"),
    "joined": _("joined: are in the project, or were there on a day"),
    "asked": _("wait for our word"),
    "confirmed": _("are in the project"),
    "waiting": _("on the waiting list"),
    "refused": _("were not taken"),
    "left": _("do not come"),
}


class PageForm(forms.Form):
    """What everybody reads of a project, and which site may show it."""

    promise = LinesField(
        label=_("What you promise"),
        help_text=_(
            "In your own words, for somebody who does not know you: for whom the project is, what "
            "will change, what one can do. Up to 3000 characters; no names of those you help."
        ),
        rows=8,
        max_length=3000,
        required=False,
    )
    embed = forms.CharField(
        label=_("Address of your site"),
        help_text=_("Only that site may show the page in a frame. For example https://example.org"),
        max_length=200,
        required=False,
    )


class EntryForm(forms.Form):
    """An entry of the diary."""

    on = DayField(label=_("Day"))
    text = LinesField(
        label=_("What happened"),
        help_text=_("Who is named here has agreed to it; of those you help, no names."),
        rows=6,
        max_length=4000,
    )


class PictureForm(forms.Form):
    """A picture, what it shows, who agreed to be shown."""

    file = UploadField(PICTURE, label=_("A picture"))
    caption = forms.CharField(label=_("What it shows"), max_length=300, required=False)
    consent = forms.CharField(
        label=_("Who agreed to be shown"),
        help_text=_("In words: who was asked, how they answered. Nobody recognisable: say so."),
        max_length=300,
        required=False,
    )


class AgreeForm(forms.Form):
    """That a second person has looked, by whose consent it is shown, who can be recognised."""

    consent = forms.CharField(
        label=_("Who agreed to be shown"),
        help_text=_(
            "Children, patients, whoever is looked after: their parents or the institution, too."
        ),
        max_length=300,
        required=False,
    )
    people = forms.MultipleChoiceField(
        label=_("Can be recognised of those who joined"),
        help_text=_("Only those who agreed on their own page can be shown."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, rows: Sequence[Joiner], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.rows = {str(one.key): one for one in rows}
        named = [(key, one.name) for key, one in self.rows.items()]
        self.fields["people"].choices = named  # type: ignore[attr-defined]  # a choice field
        if not named:
            del self.fields["people"]

    def chosen(self) -> list[Joiner]:
        """Who can be recognised."""
        return [self.rows[key] for key in self.cleaned_data.get("people", [])]


class RoleForm(forms.Form):
    """What people can do in the project."""

    name = forms.CharField(
        label=_("What one can do"),
        help_text=_("Short: “Drive people to the doctor”, “Lead a hobby group”."),
        max_length=200,
    )
    about = LinesField(
        label=_("More about it"),
        help_text=_("What exactly, how often, what one has to be able to do, what you provide."),
        rows=4,
        max_length=3000,
        required=False,
    )
    where = forms.CharField(label=_("Where"), max_length=300, required=False)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Till"), required=False)
    places = forms.IntegerField(
        label=_("Places"),
        help_text=_("Leave it empty where there is room for everybody. Then come those who wait."),
        min_value=1,
        max_value=100_000,
        error_messages=BOUNDS,
        required=False,
        widget=forms.NumberInput(attrs=NARROW),
    )
    least_age = forms.IntegerField(
        label=_("From which age"),
        help_text=_("Under 18 a parent is asked by e-mail, too."),
        min_value=6,
        max_value=99,
        error_messages=BOUNDS,
        initial=14,
        widget=forms.NumberInput(attrs=NARROW),
    )
    hours = forms.DecimalField(
        label=_("Hours of a usual day"),
        help_text=_("So many are noted for who reads the code at the door; you can mend them."),
        min_value=0,
        max_value=24,
        error_messages=BOUNDS,
        max_digits=4,
        decimal_places=2,
        initial=2,
        widget=forms.NumberInput(attrs={"class": "w-8", "step": "0.25"}),
    )
    confirms = forms.BooleanField(
        label=_("We look at each who asks, and confirm"),
        help_text=_("Else a free place is theirs at once."),
        initial=True,
        required=False,
    )
    is_open = forms.BooleanField(label=_("One can join now"), initial=True, required=False)

    def offered(self) -> Offered:
        """As it was typed."""
        told = dict(self.cleaned_data)
        minutes = max(round(told.pop("hours") * 60), 1)
        return Offered(day_minutes=minutes, **told)


class JoinForm(forms.Form):
    """What somebody says of themselves to join; the consent stands beside it."""

    name = LineField(
        label=_("Surname, name, patronymic"),
        help_text=_("As it shall stand in the certificate."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_(
            "A letter with a link goes there: by it you confirm, and later leave or change."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    age = forms.IntegerField(
        label=_("Your age"),
        min_value=1,
        max_value=150,
        error_messages=dict.fromkeys(("min_value", "max_value"), _("This age looks mistyped.")),
        widget=forms.NumberInput(attrs=NARROW),
    )
    municipality = forms.ChoiceField(label=_("Town or district"), required=False)
    parent_name = forms.CharField(
        label=_("Name of a parent"),
        help_text=_("Only if you are under 18: they are asked whether they agree."),
        max_length=200,
        required=False,
    )
    parent_email = forms.EmailField(
        label=_("E-mail of a parent"),
        help_text=_("Another one than yours."),
        max_length=254,
        required=False,
    )
    agrees = forms.BooleanField(
        label=_("I agree to the processing of my personal data"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, towns: Sequence[Municipality], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.towns = {str(one.key): one for one in towns}
        named = [(key, one.name) for key, one in self.towns.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def asked(self) -> Asked:
        """As it was typed; of who is of age no parent is written down."""
        told = self.cleaned_data
        is_child = needs_parent(told["age"])
        return Asked(
            name=told["name"],
            email=told["email"].casefold(),
            age=told["age"],
            municipality=self.towns.get(told["municipality"]),
            parent_name=told["parent_name"] if is_child else "",
            parent_email=told["parent_email"] if is_child else "",
            agreed_version=told["version"] if told["agrees"] else 0,
        )


class OwnForm(JoinForm):
    """What one may mend of oneself by the link."""

    def __init__(self, towns: Sequence[Municipality], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(towns, *args, **kwargs)
        for name in ("email", "age", "parent_name", "parent_email", "agrees", "version"):
            del self.fields[name]

    def given(self) -> dict[str, object]:
        """As it was typed."""
        told = self.cleaned_data
        return {"name": told["name"], "municipality": self.towns.get(told["municipality"])}


class WrittenForm(JoinForm):
    """Somebody whom the organisers write down from their words. key: made with the page."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("In what they join"))
    field_order = ("role", "name", "age", "municipality", "parent_name", "agrees")

    def __init__(
        self,
        roles: Sequence[Role],
        towns: Sequence[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(towns, *args, **kwargs)
        self.roles = {str(one.key): one for one in roles}
        named = [(key, one.name) for key, one in self.roles.items()]
        self.fields["role"].choices = named  # type: ignore[attr-defined]  # a choice field
        self.fields["age"].label = _("Age")
        self.fields["name"].widget.attrs.pop("autocomplete")
        self.fields["parent_name"].help_text = _("Only under 18: who of the parents signed.")
        self.fields["agrees"].label = _("A paper with their consent is signed and kept with us")
        self.fields["agrees"].help_text = _(
            "The text stands above, it can be printed. Under 18 a parent signs, too."
        )
        for name in ("email", "parent_email"):
            del self.fields[name]

    def asked(self) -> Asked:
        """As it was typed."""
        self.cleaned_data |= {"email": "", "parent_email": ""}
        return replace(super().asked(), key=self.cleaned_data["key"])


class AddressForm(forms.Form):
    """To which address one's own link is to be sent again."""

    email = forms.EmailField(
        label=_("E-mail with which you joined"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DayForm(forms.Form):
    """Which day is looked at."""

    on = DayField(label=_("Day"))


class HoursForm(forms.Form):
    """How long each was there on a day, in hours; blank for who was not."""

    def __init__(
        self,
        rows: Sequence[Joiner],
        known: dict[int, int],
        *args: Any,  # noqa: ANN401  # Django's own signature
    ) -> None:
        super().__init__(*args)
        self.rows = {str(one.key): one for one in rows}
        for key, one in self.rows.items():
            minutes = known.get(one.pk)
            self.fields[key] = forms.DecimalField(
                label=one.name or "—",
                min_value=0,
                max_value=24,
                error_messages=BOUNDS,
                max_digits=4,
                decimal_places=2,
                required=False,
                initial=None if minutes is None else round(minutes / 60, 2),
                show_hidden_initial=True,
                widget=forms.NumberInput(attrs={"class": "w-8", "step": "0.25"}),
            )

    def changed(self) -> dict[Joiner, int]:
        """Minutes of those whose hours were typed anew since the list was opened."""
        told = {}
        for key, one in self.rows.items():
            if key in self.changed_data:
                hours = self.cleaned_data[key]
                told[one] = 0 if hours is None else round(hours * 60)
        return told


class JoinersForm(forms.Form):
    """Search among those who joined. Shown, never validated."""

    q = forms.CharField(label=_("Name"), required=False, widget=SEARCH)
    part = forms.ChoiceField(label=_("Who"), required=False, choices=list(PARTS.items()))
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, asked: JoinersFilter, roles: Sequence[Role]) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        named = [(str(one.key), one.name) for one in roles]
        self.fields["role"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]  # a choice field


class TogetherForm(forms.Form):
    """Search among projects that everybody sees. Shown, never validated."""

    q = forms.CharField(label=_("Project or organisation"), required=False, widget=SEARCH)
    region = forms.ChoiceField(label=_("Region"), required=False)
    part = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("one can join")),
            ("live", _("all that go on")),
            ("closed", _("closed, with results")),
            ("all", _("all")),
        ],
    )

    def __init__(self, asked: TogetherFilter, regions: Sequence[Region]) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        named = [(one.code, one.name) for one in regions]
        self.fields["region"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]  # a choice field


class RegionForm(forms.Form):
    """Of which region rows are shown. Shown, never validated."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, region: str, regions: Sequence[Region]) -> None:
        super().__init__(initial={"region": region}, auto_id="filter_%s")
        named = [(one.code, one.name) for one in regions]
        self.fields["region"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]  # a choice field


def day_asked(query: dict[str, str], today: date) -> date:
    """The day that an address names; today where it names none."""
    form = DayForm({"on": query.get("on", "")})
    return form.cleaned_data["on"] if form.is_valid() else today
