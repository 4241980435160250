"""The facets of the register, one plain form whose address can be sent on; a filter's name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.applications.queries.filters import NONE
from sinergia.base.ui.fields import DayField
from sinergia.base.ui.parts import Choice, Facet, FacetForm
from sinergia.engine.refusal import Refused
from sinergia.insights.organisation.queries.facets import Counts
from sinergia.insights.organisation.queries.filters import OrganisationFilter, Reader
from sinergia.insights.organisation.queries.journey import JourneyFilter
from sinergia.insights.organisation.queries.names import Names
from sinergia.notices.forms import MailingForm
from sinergia.organisations.models import Organisation

Labels = Sequence[tuple[str, str | Promise]]

TITLES: Mapping[str, str | Promise] = {
    "region": gettext_lazy("Region"),
    "municipality": gettext_lazy("Municipality"),
    "theme": gettext_lazy("Theme"),
    "form": gettext_lazy("Legal form"),
    "status": gettext_lazy("Status"),
    "has": gettext_lazy("Grants"),
    "met": gettext_lazy("Met by the centre"),
    "age": gettext_lazy("Year of registration"),
    "kind": gettext_lazy("Kind"),
}
LISTED = frozenset({"region", "municipality", "theme", "form"})  # too many to be seen at once
UNKNOWN: Mapping[str, str | Promise] = {
    "region": gettext_lazy("Region not known"),
    "municipality": gettext_lazy("not known"),
    "theme": gettext_lazy("without a theme"),
    "form": gettext_lazy("not known"),
}
HAS_NAMES: Labels = [
    ("applications", gettext_lazy("applied for grants")),
    ("grants", gettext_lazy("won grants")),
    ("none", gettext_lazy("never applied")),
]
MET_NAMES: Labels = [
    ("3", gettext_lazy("not met for 3 months")),
    ("6", gettext_lazy("not met for half a year")),
    ("12", gettext_lazy("not met for a year")),
    ("never", gettext_lazy("never met")),
]
ALL = pgettext_lazy("facet", "all")


def facet_form(
    asked: OrganisationFilter, reader: Reader, names: Names, counts: Counts, *, sort: str
) -> FacetForm:
    """Lay out every facet with its numbers; those of a region appear once one is chosen."""
    facets = [
        _facet(facet, asked, labels, counts) for facet, labels in _offered(asked, reader, names)
    ]
    shown = {"q", *(facet.name for facet in facets)}
    hidden = {name: value for name, value in asked.values.items() if name not in shown}
    return FacetForm(
        asked.q,
        facets,
        hidden | ({"sort": sort} if sort else {}),
        sum(bool(facet.chosen) for facet in facets),
    )


def said_of_own(asked: OrganisationFilter, reader: Reader, names: Names) -> dict[str, str]:
    """Each facet that is chosen, as «Label: value» in the reader's language; words too."""
    said = {"q": _("Words: %s") % asked.q} if asked.q else {}
    for facet, labels in _offered(asked, reader, names):
        value = getattr(asked, facet)
        if value:
            label = dict(labels).get(value) or names.label(facet, value) or _("unknown")
            said[facet] = f"{TITLES[facet]}: {label}"
    if asked.work:
        said["work"] = _("Field of work: %s") % (names.label("work", asked.work) or _("unknown"))
    return said


def age_names(today: date) -> Labels:
    """Ages by calendar years of registration, said as years: nobody has to count."""
    year = today.year
    return [
        ("0", _("%(year)d (this year)") % {"year": year}),
        ("1-2", f"{year - 2}–{year - 1}"),
        ("3-9", f"{year - 9}–{year - 3}"),
        ("10", _("%(year)d and before") % {"year": year - 10}),
        (NONE, _("not known")),
    ]


def _offered(
    asked: OrganisationFilter, reader: Reader, names: Names
) -> Iterator[tuple[str, Labels]]:
    """The facets of this page in their order, each with what there is to choose."""
    for facet in ("region", "municipality", "theme"):
        if facet == "region" or asked.region not in ("", NONE) or getattr(asked, facet):
            yield facet, _listed(facet, names)
    yield "status", Organisation.Status.choices
    yield "has", HAS_NAMES
    if reader.centre_id:
        yield "met", MET_NAMES
    yield "age", age_names(reader.today)
    yield "form", _listed("form", names)
    yield "kind", Organisation.Kind.choices


def _listed(facet: str, names: Names) -> Labels:
    known: Labels = [(one.code, one.label) for one in names.of.get(facet, ())]
    return [*known, (NONE, UNKNOWN[facet])]


def _facet(facet: str, asked: OrganisationFilter, labels: Labels, counts: Counts) -> Facet:
    """A facet with its numbers; counted among the first rows alone, none is not sure to be none."""
    numbers, nothing = counts.of.get(facet, {}), None if counts.among else 0
    chosen = getattr(asked, facet)
    known = dict(labels)
    if chosen and chosen not in known:  # stays to be seen and taken away
        labels = [*labels, (chosen, chosen)]
    choices = [
        Choice(code, str(label), numbers.get(code) or nothing, is_chosen=code == chosen)
        for code, label in labels
    ]
    everything = Choice("", str(ALL), is_chosen=not chosen)
    return Facet(facet, str(TITLES[facet]), [everything, *choices], chosen, facet in LISTED)


class FilterNameForm(forms.Form):
    """What a saved filter is called."""

    name = forms.CharField(label=gettext_lazy("Name of the filter"), max_length=100)

    def say(self, refusal: Refused, explain: Callable[[str], str]) -> None:
        """Put what a rule refused beside the field."""
        for gap in refusal.gaps:
            self.add_error(gap.path, explain(gap.code))


class MessageForm(MailingForm):
    """A message to what is filtered."""

    is_news = forms.BooleanField(
        label=gettext_lazy("These are news"),
        help_text=gettext_lazy(
            "News are sent only to people who agreed to letters; a message about their own "
            "grant, report or document, to all."
        ),
        required=False,
    )
    leaves_out_closed = forms.BooleanField(
        label=gettext_lazy("Do not write to closed ones"), required=False, initial=True
    )

    def __init__(self, typed: QueryDict | None = None, *, closed: int) -> None:
        super().__init__(typed)
        if not closed:
            del self.fields["leaves_out_closed"]

    def leaves_closed_out(self) -> bool:
        """Whether closed ones are not written to; nobody asks where there are none."""
        return bool(self.cleaned_data.get("leaves_out_closed"))


class JourneyForm(forms.Form):
    """Search among journeys of organisations. Shown, never validated."""

    q = forms.CharField(
        label=gettext_lazy("Words of the name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    reached = forms.ChoiceField(label=gettext_lazy("Has reached"), required=False)
    missing = forms.ChoiceField(label=gettext_lazy("Has not reached"), required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, asked: JourneyFilter, steps: Mapping[str, Promise], sort: str) -> None:
        super().__init__(initial=asked.values | {"sort": sort}, auto_id="filter_%s")
        for name in ("reached", "missing"):
            self.fields[name].choices = [("", "—"), *steps.items()]  # type: ignore[attr-defined]  # a choice field
        if not sort:
            del self.fields["sort"]


class StatusForm(forms.Form):
    """What the state's register says."""

    status = forms.ChoiceField(label=_("Status"), choices=Organisation.Status.choices)
    closed_on = DayField(label=_("Date of closing"), required=False)

    def given(self) -> dict[str, object]:
        """The organisation's fields."""
        return dict(self.cleaned_data)
