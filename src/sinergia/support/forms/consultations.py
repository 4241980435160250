"""A consultation as it is typed, and the filter of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import BOUNDS, DayField, LinesField
from sinergia.places.models import Municipality
from sinergia.support.actions.consultations import LONGEST, STEP, Consulted
from sinergia.support.forms.whom import WhomForm
from sinergia.support.models import Channel, Consultation, MoneySource, Topic
from sinergia.support.queries.consultations import ConsultationFilter
from sinergia.support.queries.whom import Meant, client_label, organisation_label

QUICK = (10, 15, 20, 30, 45, 60, 90)  # minutes of a press


@dataclass(frozen=True)
class Offered:
    """What may be chosen."""

    topics: Sequence[Topic]
    sources: Sequence[MoneySource]
    municipalities: Sequence[Municipality]


class ConsultationForm(WhomForm):
    """One line of the log. Its key is made with the page: pressed twice, it is one."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    topic = forms.ChoiceField(label=pgettext_lazy("help", "Topic"))
    quick = forms.ChoiceField(
        label=pgettext_lazy("time", "Minutes"),
        choices=[(str(one), str(one)) for one in QUICK],
        widget=forms.RadioSelect,
        required=False,
    )
    minutes = forms.IntegerField(
        label=_("or another number of minutes"),
        help_text=_("A number typed here counts instead of the marked one."),
        min_value=1,
        max_value=LONGEST,
        error_messages=BOUNDS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "w-6"}),
    )
    text = LinesField(
        label=_("What was asked and answered"),
        help_text=_("Seen by the people of your centre alone. Nothing about health or beliefs."),
        required=False,
        max_length=10_000,
        rows=2,
    )
    result = forms.ChoiceField(label=_("Result"), choices=Consultation.Result.choices)
    next_what = forms.CharField(label=_("Next step"), required=False, max_length=STEP)
    next_on = DayField(label=_("Its day"), required=False)
    source = forms.ChoiceField(label=_("Source of money"), required=False)
    held_on = DayField(label=_("Day"))
    reply = LinesField(
        label=_("What whoever asked is told"),
        help_text=_("They read it on their page; a notice goes to them."),
        required=False,
        max_length=5_000,
        rows=3,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        offered: Offered,
        meant: Meant,
        *args: Any,  # noqa: ANN401  # Django's own signature
        is_answer: bool = False,
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(meant, offered.municipalities, *args, **kwargs)
        self.topics = {str(one.key): one for one in offered.topics}
        self.sources = {str(one.key): one for one in offered.sources}
        topics = [(key, one.name) for key, one in self.topics.items()]
        self.fields["topic"].choices = [("", "—"), *topics]  # type: ignore[attr-defined]  # a choice field
        sources = [(key, one.name) for key, one in self.sources.items()]
        self.fields["source"].choices = [("", _("none")), *sources]  # type: ignore[attr-defined]  # the same
        if not is_answer:
            del self.fields["reply"]

    def clean(self) -> dict[str, Any]:
        """A press or a number says the minutes; the number wins."""
        said = super().clean()
        if said.get("minutes") and said.get("quick"):  # the page does not show both as chosen
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            self.data[self.add_prefix("quick")] = ""  # type: ignore[index]  # our own copy
        if not said.get("minutes") and "minutes" not in self.errors:
            if said.get("quick"):
                said["minutes"] = int(said["quick"])
            else:
                self.add_error("minutes", gettext("Say how many minutes it took."))
        return said

    def told(self) -> Consulted:
        """What happened."""
        said = self.cleaned_data
        return Consulted(
            held_on=said["held_on"],
            channel=said["channel"],
            topic=self.topics[said["topic"]],
            minutes=said["minutes"],
            result=said["result"],
            text=said["text"],
            source=self.sources.get(said["source"]),
            municipality=self.place_given(),
            next_what=said["next_what"],
            next_on=said["next_on"],
        )

    def renew_seen(self, at: datetime) -> None:
        """What others wrote meanwhile has been told: whoever saves once more knows it."""
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": at.isoformat()}  # type: ignore[attr-defined]  # a QueryDict

    def seen_at(self) -> datetime | None:
        """When it was changed last, as the page showed it."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None


def initial_after(last: Consultation | None, *, today: date) -> dict[str, object]:
    """What a new one begins with: what its consultant chose last."""
    given: dict[str, object] = {"held_on": today, "result": Consultation.Result.SOLVED}
    if last is None:
        return given
    given |= {"channel": last.channel, "topic": str(last.topic.key)}
    if last.source is not None and (last.source.until is None or last.source.until >= today):
        given["source"] = str(last.source.key)
    return given | _minutes(last.minutes)


def initial_of(row: Consultation) -> dict[str, object]:
    """What stands in one that is corrected."""
    step = getattr(row, "next_step", None)
    label = client_label(row.client) if row.client else organisation_label(row.organisation)
    return {
        "who": label,
        "municipality": str(row.municipality.key) if row.municipality else "",
        "channel": row.channel,
        "topic": str(row.topic.key),
        "text": row.text,
        "result": row.result,
        "next_what": step.what if step else "",
        "next_on": step.on if step else None,
        "source": str(row.source.key) if row.source else "",
        "held_on": row.held_on,
        "seen": row.changed_at.isoformat(),
        **_minutes(row.minutes),
    }


def _minutes(number: int) -> dict[str, object]:
    return {"quick": str(number)} if number in QUICK else {"minutes": number}


class LogForm(forms.Form):
    """Words and days of the log's filter. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of what was asked, of a name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, asked: ConsultationFilter) -> None:
        values: Mapping[str, str] = asked.values
        super().__init__(initial=dict(values), auto_id="filter_%s")
