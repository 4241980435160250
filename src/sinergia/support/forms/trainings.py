"""What is typed about trainings, by the centre and by those who enrol."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT
from sinergia.base.ui.fields import BOUNDS, AddressField, LinesField, MomentField
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.forms.bodies import BodyForm, Find
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.places.models import Municipality, Region
from sinergia.support.models import Enrolment, MoneySource, Topic, Training
from sinergia.support.queries.enrolments import PeopleFilter
from sinergia.support.queries.trainings import TrainingFilter

SEARCH = forms.TextInput(attrs={"type": "search", "maxlength": 200})

PARTS: Mapping[str, Promise] = {
    "": _("all who come or wait"),
    "enrolled": _("have a place"),
    "waiting": _("on the waiting list"),
    "attended": _("were there"),
    "absent": _("were not there"),
    "left": _("do not come"),
}


class TrainingForm(OpenedForm):
    """A training: what about, when, where, for how many."""

    name = forms.CharField(label=_("Name of the training"), max_length=300)
    about = LinesField(
        label=_("Programme"),
        help_text=_("What one learns, for whom it is, what to bring. Everybody sees it."),
        rows=6,
        max_length=10_000,
        required=False,
    )
    trainers = forms.CharField(
        label=_("Who teaches"),
        help_text=_("Names that may be shown to everybody."),
        max_length=500,
        required=False,
    )
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    hours = forms.IntegerField(
        label=_("Hours"),
        help_text=_("As a certificate says them."),
        min_value=1,
        max_value=1000,
        error_messages=BOUNDS,
        widget=forms.NumberInput(attrs={"class": "w-8"}),
    )
    where = forms.CharField(
        label=_("Where"), help_text=_("An address, or “online”."), max_length=300
    )
    link = forms.URLField(
        label=_("Link to the meeting online"),
        help_text=_("Told only to those who have a place."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    places = forms.IntegerField(
        label=_("Places"),
        help_text=_("Leave it empty where there is room for everybody. Then come those who wait."),
        min_value=1,
        max_value=100_000,
        error_messages=BOUNDS,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-8"}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    source = forms.ChoiceField(
        label=_("Source of money"),
        help_text=_("So that two funders never count the same training."),
        required=False,
    )

    def __init__(
        self,
        topics: Sequence[Topic],
        sources: Sequence[MoneySource],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            "topic": {str(one.key): one for one in topics},
            "source": {str(one.key): one for one in sources},
        }
        super().__init__(*args, **kwargs)
        for name, rows in self.rows.items():
            named = [(key, str(one)) for key, one in rows.items()]
            self.fields[name].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        told = dict(values)
        for name, value in values.items():
            if name in self.rows:
                told[name] = self.rows[name].get(str(value))
            elif isinstance(value, str):
                told[name] = clean(value).strip() if name == "about" else clean_line(value)
        return told


class CancelForm(forms.Form):
    """Why a training is called off."""

    why = LinesField(
        label=_("Why"),
        help_text=_("Everybody who enrolled is told; the page of the training says it."),
        max_length=500,
        rows=3,
    )


class EnrolForm(BodyForm):
    """What somebody says of themselves to get a place; the consent stands beside it."""

    shown_as: ClassVar = {"organisation": "body", "organisation_name": "body"}

    name = forms.CharField(
        label=_("Surname, name, patronymic"),
        help_text=_("As it shall stand in the certificate."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("E-mail"),
        help_text=_("The letter with your place and your own link goes there."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    post = forms.CharField(
        label=_("Post"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    municipality = forms.ChoiceField(label=_("Town or district"), required=False)
    agrees = forms.BooleanField(label=_("I agree to the processing of my personal data"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order: Sequence[str] = ("name", "email", "body", "post", "municipality", "agrees")

    def __init__(
        self,
        find: Find,
        towns: Sequence[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self.towns = {str(one.key): one for one in towns}
        super().__init__(find, *args, **kwargs)
        named = [(key, one.name) for key, one in self.towns.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def clean_name(self) -> str:
        """One line, of something."""
        return clean_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Agreed is to the text in force alone; of another one the page is shown anew."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        in_force = self.initial.get("version")
        if "version" in self.fields and said.get("version") != in_force:
            self.errors.pop("version", None)
            self.add_error("agrees", gettext("The text has changed: read it and agree once more."))
            told = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            told["version"] = str(in_force)
            told.pop("agrees", None)
            self.data = told
        return said

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        told = super().read(values)
        for name in ("agrees", "version"):
            told.pop(name, None)
        if "body" in told:
            told["organisation_name"] = told.pop("body")
        if "municipality" in told:
            told["municipality"] = self.towns.get(str(told["municipality"]))
        return told


class WriteDownForm(EnrolForm):
    """The same, written by the centre from somebody's words."""

    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-16"}),
    )
    field_order = ("name", "body", "post", "municipality", "phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        del self.fields["agrees"], self.fields["version"]
        self.fields["email"].required = False


class PresentForm(forms.Form):
    """Who was there; beside it, unseen, who was shown as there when the list was opened."""

    present = forms.MultipleChoiceField(required=False)
    shown = forms.MultipleChoiceField(required=False)

    def __init__(self, rows: Sequence[Enrolment], *args: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args)
        self.rows = {str(one.key): one for one in rows}
        for name in ("present", "shown"):
            self.fields[name].choices = [(key, key) for key in self.rows]  # type: ignore[attr-defined]  # a choice field

    def chosen(self, name: str) -> list[Enrolment]:
        """The rows of one of the fields."""
        return [self.rows[key] for key in self.cleaned_data[name]]


class FileForm(forms.Form):
    """What is handed out."""

    file = UploadField(DOCUMENT, label=_("Slides, a form, a memo"))


class AddressForm(forms.Form):
    """To which address one's own link is to be sent again."""

    email = forms.EmailField(
        label=_("E-mail with which you enrolled"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NumberForm(forms.Form):
    """The number of a certificate."""

    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-16", "autocomplete": "off"}),
    )


class AskedForm(forms.Form):
    """Search among trainings of a centre. Shown, never validated."""

    q = forms.CharField(label=_("Words of the name"), required=False, widget=SEARCH)
    stage = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *Training.Stage.choices]
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    source = forms.ChoiceField(label=_("Source of money"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        asked: TrainingFilter,
        topics: Sequence[Topic],
        sources: Sequence[MoneySource],
        years: Sequence[int],
        sort: str,
    ) -> None:
        super().__init__(initial=asked.values | {"sort": sort}, auto_id="filter_%s")
        named = {
            "topic": [(str(one.key), str(one)) for one in topics],
            "source": [(str(one.key), str(one)) for one in sources],
            "year": [(str(one), str(one)) for one in years],
        }
        for name, choices in named.items():
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]  # a choice field
        if not sort:
            del self.fields["sort"]


class PublicAskedForm(forms.Form):
    """Search among trainings that everybody sees. Shown, never validated."""

    q = forms.CharField(label=_("Words of the name"), required=False, widget=SEARCH)
    region = forms.ChoiceField(label=_("Region"), required=False)
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("coming", _("to come")), ("past", _("over"))],
    )

    def __init__(self, asked: TrainingFilter, regions: Sequence[Region]) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        named = [(one.code, one.name) for one in regions]
        self.fields["region"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]  # a choice field


class PeopleAskedForm(forms.Form):
    """Search among those who enrolled. Shown, never validated."""

    q = forms.CharField(label=_("Name or organisation"), required=False, widget=SEARCH)
    part = forms.ChoiceField(label=_("Who"), required=False, choices=list(PARTS.items()))

    def __init__(self, asked: PeopleFilter) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
