"""What is typed about a visit and those who prepare it, and what is asked of their list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import AddressField, DayField, LinesField, sum_fault_said
from sinergia.engine.money import as_typed, read_money
from sinergia.engine.numbers import Unreadable
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.forms.bodies import BodyForm
from sinergia.exchange.models import Organiser, PartnershipAgreement, Programme, Visit
from sinergia.exchange.queries.filters import PUT_AWAY, VisitFilter
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.people.models import Person
from sinergia.places.models import Region

TEXTS = ("aims", "note")  # they have several lines


@dataclass(frozen=True)
class Choices:
    """What a visit may belong to, go between, and be seen to by."""

    programmes: Sequence[Programme]
    agreements: Sequence[PartnershipAgreement]
    regions: Sequence[Region]
    staff: Sequence[Person]


class VisitForm(OpenedForm):
    """A visit: why, between which regions, when, for how much."""

    name = forms.CharField(
        label=_("Name of the visit"),
        help_text=_("Who goes where, and when: “Synergy of NGOs, October 2025”."),
        max_length=300,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Visit.Kind.choices)
    from_region = forms.ChoiceField(label=_("From which region"))
    to_region = forms.ChoiceField(label=_("To which region"))
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    aims = LinesField(
        label=_("Aims"),
        help_text=_("One on a line: what you want to see, and for what."),
        rows=4,
        max_length=5_000,
        required=False,
    )
    programme = forms.ChoiceField(label=_("Programme of exchange"), required=False)
    agreement = forms.ChoiceField(label=_("By which agreement"), required=False)
    basis = forms.CharField(
        label=_("Other basis"),
        help_text=_("A letter, an item of a plan; not needed where there is an agreement."),
        max_length=500,
        required=False,
    )
    budget_minor = forms.CharField(label=_("Budget, roubles"), max_length=40, required=False)
    payers = forms.CharField(
        label=_("Who pays for what"),
        help_text=_("“The sending side: the way; the hosts: meals and transport there”."),
        max_length=500,
        required=False,
    )
    coordinator = forms.ChoiceField(
        label=_("Coordinator"),
        help_text=_(
            "One of the centre. They and the head of the delegation alone see how delegates "
            "travel and what they need."
        ),
        required=False,
    )
    note = LinesField(
        label=_("Note of the centre"),
        help_text=_("Seen by the centre’s people alone."),
        rows=3,
        max_length=5_000,
        required=False,
    )

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        regions = {one.code: one for one in choices.regions}
        self.known: dict[str, Mapping[str, Any]] = {
            "programme": {str(one.key): one for one in choices.programmes},
            "agreement": {str(one.key): one for one in choices.agreements},
            "from_region": regions,
            "to_region": regions,
            "coordinator": {str(one.key): one for one in choices.staff},
        }
        for name, rows in self.known.items():
            named = [(key, _called(one)) for key, one in rows.items()]
            self.fields[name].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def clean_budget_minor(self) -> str:
        """A sum, in whatever way it is written."""
        typed: str = self.cleaned_data["budget_minor"]
        try:
            read_money(typed, is_typed=True)
        except Unreadable as error:
            said = sum_fault_said(error, gettext("This is no sum."))
            raise forms.ValidationError(said) from error
        return typed

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """Clean values by the row's field."""
        told = {name: _cleaned(name, value) for name, value in values.items()}
        for name, rows in self.known.items():
            if name in told:
                told[name] = rows.get(str(told[name]))
        if "budget_minor" in told:
            told["budget_minor"] = _minor(str(told["budget_minor"]))
        return told


class CancelForm(forms.Form):
    """Why a visit does not take place."""

    reason = LinesField(
        label=_("Why it does not take place"),
        help_text=_("Its delegates, its hosts and the centre of the other side read it."),
        rows=3,
        max_length=500,
    )


class OrganiserForm(BodyForm):
    """Somebody who prepares a visit."""

    side = forms.ChoiceField(label=_("Side"), choices=Organiser.Side.choices)
    name = forms.CharField(label=_("Surname, name, patronymic"), max_length=200, required=False)
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    does = forms.CharField(
        label=_("What they see to"),
        help_text=_("The programme, the transport, meals, the press."),
        max_length=200,
        required=False,
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-16"}),
    )
    email = AddressField(label=_("E-mail"), max_length=254, required=False)
    is_shown = forms.BooleanField(
        label=_("Put into the booklet, with how to reach them"), required=False
    )
    field_order = ("side", "body", "name", "post", "does", "phone", "email", "is_shown")


class AskedForm(forms.Form):
    """Search among visits. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of the name or a region"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    stage = forms.ChoiceField(
        label=pgettext_lazy("visit", "Stage"),
        required=False,
        choices=[("", _("all")), *Visit.Stage.choices],
    )
    year = forms.ChoiceField(label=_("Year"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    direction = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[("", _("all")), ("to", _("to us")), ("from", _("from us"))],
    )
    told = forms.ChoiceField(
        label=pgettext_lazy("visit", "Shown"),
        required=False,
        choices=[("", _("all")), ("public", _("to everybody"))],
    )
    programme = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        asked: VisitFilter,
        years: Sequence[int],
        regions: Sequence[Region],
        *,
        is_staff: bool,
    ) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        told = [(str(year), str(year)) for year in years]
        self.fields["year"].choices = [("", _("all")), *told]  # type: ignore[attr-defined]  # a choice field
        places = [(one.code, one.name) for one in regions]
        self.fields["region"].choices = [("", _("all")), *places]  # type: ignore[attr-defined]  # a choice field
        if is_staff:
            stages = [("", _("all")), *Visit.Stage.choices, (PUT_AWAY, _("put away"))]
            self.fields["stage"].choices = stages  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["direction"]
        if not is_staff and not asked.told:
            del self.fields["told"]
        if not asked.programme:
            del self.fields["programme"]


def visit_initial(visit: Visit) -> dict[str, object]:
    """What the form of a visit shows of it."""
    names = ("name", "kind", "starts_on", "ends_on", "aims", "basis", "payers")
    told: dict[str, object] = {name: getattr(visit, name) for name in names}
    coordinator = visit.course.coordinator
    return told | {
        "from_region": visit.from_region.code,
        "to_region": visit.to_region.code,
        "programme": str(visit.programme.key) if visit.programme else "",
        "agreement": str(visit.agreement.key) if visit.agreement else "",
        "budget_minor": as_typed(visit.budget_minor),
        "coordinator": str(coordinator.key) if coordinator else "",
        "note": visit.course.note,
    }


def _minor(typed: str) -> int | None:
    try:
        return read_money(typed)
    except Unreadable:  # nobody's page said this
        return None


def _called(one: object) -> str:
    if isinstance(one, PartnershipAgreement):
        number = f"№ {one.number} " if one.number else ""
        return f"{number}{one.signed_on:%d.%m.%Y}: {one.subject[:80]}"
    return str(getattr(one, "name", one))


def _cleaned(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return clean(value).strip() if name in TEXTS else clean_line(value)
