"""Topics, sources of money, promises, clients and the period of a report, as they are typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.base.ui.fields import DayField
from sinergia.places.models import Municipality
from sinergia.support.actions.clients import NAME, ClientGiven
from sinergia.support.actions.dictionaries import PromisedGiven, SourceGiven
from sinergia.support.models import Client, MoneySource, Promised
from sinergia.support.queries.consultations import NONE
from sinergia.support.queries.report import ReportFilter

MOST = 1_000_000


class TopicForm(forms.Form):
    """A topic in two languages."""

    name_ru = forms.CharField(label=pgettext_lazy("help", "Topic"), max_length=150)
    name_en = forms.CharField(label=_("The same in English"), max_length=150, required=False)


class ChangeTopicForm(TopicForm):
    """The same, with what is offered no more."""

    is_retired = forms.BooleanField(
        label=_("Offer it no more"),
        help_text=_("What was written under it stays there."),
        required=False,
    )


class SourceForm(forms.Form):
    """From what work is paid."""

    name = forms.CharField(label=_("Source of money"), max_length=200)
    act = forms.CharField(
        label=_("Act or agreement"),
        help_text=_("By which the money is given: its number and date."),
        max_length=300,
        required=False,
    )
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)

    def given(self) -> SourceGiven:
        """As it was typed."""
        return SourceGiven(**self.cleaned_data)


class PromisedForm(forms.Form):
    """An indicator of the act: what is counted, the least, its proof."""

    name = forms.CharField(label=_("Indicator, in the words of the act"), max_length=300)
    counts = forms.ChoiceField(label=_("What is counted"), choices=Promised.Counts.choices)
    least = forms.IntegerField(
        label=pgettext_lazy("promised", "At least"), min_value=1, max_value=MOST
    )
    proof = forms.CharField(
        label=_("Proof"),
        help_text=_("For example: registration lists, photo report, posts."),
        max_length=300,
        required=False,
    )

    def given(self) -> PromisedGiven:
        """As it was typed."""
        return PromisedGiven(**self.cleaned_data)


class ClientForm(forms.Form):
    """A person or a group, and the day of their consent."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    kind = forms.ChoiceField(label=_("Who it is"), choices=Client.Kind.choices)
    reach = forms.CharField(label=_("Telephone or e-mail"), max_length=254, required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    agreed_on = DayField(
        label=_("Consent given on"),
        help_text=_("To the centre keeping their name; empty: there is none yet."),
        required=False,
    )

    def __init__(self, places: Sequence[Municipality], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.places = {str(one.key): one for one in places}
        named = [(key, one.name) for key, one in self.places.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def given(self) -> ClientGiven:
        """As it was typed."""
        said = dict(self.cleaned_data)
        return ClientGiven(**said | {"municipality": self.places.get(said["municipality"])})


def client_initial(row: Client) -> dict[str, object]:
    """What stands of a client."""
    given: dict[str, object] = {
        name: getattr(row, name) for name in ("name", "kind", "reach", "agreed_on")
    }
    return given | {"municipality": str(row.municipality.key) if row.municipality else ""}


def source_initial(row: MoneySource) -> dict[str, object]:
    """What stands of a source."""
    return {name: getattr(row, name) for name in ("name", "act", "since", "until")}


class PeriodForm(forms.Form):
    """Days and the source of a report. Shown, never validated."""

    source = forms.ChoiceField(label=_("Source of money"), required=False)
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, asked: ReportFilter, sources: Sequence[MoneySource]) -> None:
        initial = {"since": asked.since, "until": asked.until, "source": asked.source}
        super().__init__(initial=initial, auto_id="filter_%s")
        named = [(str(one.key), one.name) for one in sources]
        every = [("", _("all")), *named, (NONE, _("no source of money"))]
        self.fields["source"].choices = every  # type: ignore[attr-defined]  # a choice field


class NamesForm(forms.Form):
    """Search among clients. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of a name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
