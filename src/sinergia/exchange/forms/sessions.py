"""What is typed of a session, and where one is moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.visiting.clock import NoSuchTime, moment_of
from sinergia.exchange.actions.moving import MOST_MINUTES, Target
from sinergia.exchange.actions.sessions import SessionGiven
from sinergia.exchange.models import Session
from sinergia.exchange.queries.sessions import MOST_PRACTICES
from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality, Theme
from sinergia.practices.models import Practice

A_DAY = timedelta(days=1)
LAST = "end"  # in place of the session before which another one is put: the last place
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


@dataclass(frozen=True)
class Offered:
    """What may be chosen for a session. zone: of the visit."""

    zone: ZoneInfo
    hosts: Sequence[Organisation] = field(default=())
    towns: Sequence[Municipality] = field(default=())
    themes: Sequence[Theme] = field(default=())
    practices: Sequence[Practice] = field(default=())


class SessionForm(forms.Form):
    """A session: when, what, at whom, where, for what."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Session.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=300)
    day = DayField(label=_("Day"))
    begins = forms.TimeField(label=_("Begins"), widget=TIME)
    ends = forms.TimeField(label=_("Ends"), widget=TIME)
    is_over_night = forms.BooleanField(label=_("It ends on the next day"), required=False)
    host = forms.ChoiceField(label=_("Host"), widget=forms.RadioSelect, required=False)
    host_words = forms.CharField(
        label=_("Find a host in the register"),
        help_text=_("Words of its name, OGRN or INN; then press “Find”. What is typed here stays."),
        max_length=200,
        required=False,
    )
    town = forms.ChoiceField(label=_("Town"), required=False)
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Street and house: ways between two addresses are counted, too."),
        max_length=300,
        required=False,
    )
    heads = LinesField(
        label=_("Whom one meets"),
        help_text=_("A line each: name, post. A name in two places at once is told."),
        rows=2,
        max_length=500,
        required=False,
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes it serves"), widget=forms.CheckboxSelectMultiple, required=False
    )
    practices = forms.MultipleChoiceField(
        label=_("Practices shown"),
        help_text=_("Those of the host first, then others there that receive visits."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    practice_words = forms.CharField(
        label=_("Find another practice"),
        help_text=_("Words of its title or its organisation; then press “Find”."),
        max_length=200,
        required=False,
    )
    transport = forms.CharField(
        label=_("Transport"),
        help_text=_("For example: bus from the hotel at 8:30."),
        max_length=300,
        required=False,
    )
    note = LinesField(
        label=_("Note for those who travel"),
        rows=2,
        max_length=2_000,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.offered = offered
        named = [(str(one.key), one.short_name or one.name) for one in offered.hosts]
        self._offer("host", [("", gettext("without a host")), *named])
        towns = [(one.oktmo, f"{one.name}, {one.region.name}") for one in offered.towns]
        self._offer("town", [("", "—"), *towns])
        self._offer("themes", [(str(one.key), one.name) for one in offered.themes])
        self._offer("practices", [(str(one.key), _said(one)) for one in offered.practices])
        for name in ("themes", "practices"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]  # a choice field
                del self.fields[name]
        words = self.data.get("practice_words") or self.initial.get("practice_words")
        if len(offered.practices) < MOST_PRACTICES and not words:
            del self.fields["practice_words"]  # all of them are there

    def clean(self) -> dict[str, Any]:
        """Moments of what clocks show there; an end that comes first is refused."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        day, begins, ends = (said.get(name) for name in ("day", "begins", "ends"))
        if day is None or begins is None or ends is None:
            return said
        last = day + A_DAY if said.get("is_over_night") else day
        for name, on, at in (("begins", day, begins), ("ends", last, ends)):
            try:
                said[f"{name}_at"] = moment_of(on, at, self.offered.zone)
            except NoSuchTime:
                told = gettext("The clocks are put forward over this time: there is none.")
                self.add_error(name, told)
        return said

    def given(self) -> SessionGiven:
        """What the session is to be."""
        said = self.cleaned_data
        chosen = {str(one.key): one for one in self.offered.hosts}
        towns = {one.oktmo: one for one in self.offered.towns}
        themes, practices = said.get("themes", []), said.get("practices", [])
        return SessionGiven(
            kind=said["kind"],
            title=said["title"],
            starts_at=said["begins_at"],
            ends_at=said["ends_at"],
            host=chosen.get(said["host"]),
            municipality=towns.get(said["town"]),
            address=said["address"],
            heads=said["heads"],
            transport=said["transport"],
            note=said["note"],
            themes=[one for one in self.offered.themes if str(one.key) in themes],
            practices=[one for one in self.offered.practices if str(one.key) in practices],
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


class MoveForm(forms.Form):
    """Where a session is moved: to its neighbour's place, to a day, before another session."""

    seen = forms.IntegerField()
    to = forms.ChoiceField(choices=[("earlier", ""), ("later", "")], required=False)
    day = DayField(required=False)
    before = forms.CharField(max_length=40, required=False)

    def target(self) -> Target | None:
        """A day and a place in it; none where it goes past its neighbour."""
        said = self.cleaned_data
        if said["to"] or said["day"] is None:
            return None
        before = said["before"] or None
        return Target(said["day"], "" if before == LAST else before)


class ShiftForm(forms.Form):
    """By how many minutes all later sessions of a day move; fewer than none: earlier."""

    seen = forms.IntegerField()
    minutes = forms.IntegerField(min_value=-MOST_MINUTES, max_value=MOST_MINUTES)


class LateForm(forms.Form):
    """By how many minutes the delegation is late."""

    minutes = forms.IntegerField(min_value=1, max_value=240)


def initial_of(session: Session, zone: ZoneInfo) -> dict[str, object]:
    """A session as its form shows it."""
    begins, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return {
        "kind": session.kind,
        "title": session.title,
        "day": begins.date(),
        "begins": _clock(begins),
        "ends": _clock(ends),
        "is_over_night": ends.date() != begins.date(),
        "host": str(session.host.key) if session.host else "",
        "town": session.municipality.oktmo if session.municipality else "",
        "address": session.address,
        "heads": session.heads,
        "themes": [str(row.theme.key) for row in session.themes.all()],
        "practices": [str(row.practice.key) for row in session.practices.all()],
        "transport": session.transport,
        "note": session.note,
        "seen": session.version,
    }


def initial_new(day: date | None, begins: datetime | None, zone: ZoneInfo) -> dict[str, object]:
    """A new session begins where the last one of its day ends, and lasts an hour."""
    at = begins.astimezone(zone) if begins is not None else None
    ends = at + timedelta(hours=1) if at is not None else None
    return {
        "day": day,
        "begins": _clock(at) if at else None,
        "ends": _clock(ends) if ends else None,
    }


def differing(form: SessionForm, now: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Where what is typed differs from what stands: name of the field, as it stands, as typed."""
    standing = SessionForm(form.offered, initial=dict(now))
    return [
        (str(bound.label), _value(standing, bound.name), _value(form, bound.name))
        for bound in form
        if bound.name in ALIKE and bound.field.has_changed(now.get(bound.name), bound.data)
    ]


ALIKE = (
    *("kind", "title", "day", "begins", "ends", "host", "town", "address", "heads"),
    *("themes", "practices", "transport", "note"),
)


def _value(form: SessionForm, name: str) -> str:
    """What a field of a form shows, in words."""
    value = form[name].value()
    values = value if isinstance(value, list) else [value]
    choices = dict(getattr(form.fields[name], "choices", ()) or ())
    shown = [_shown(choices.get(str(one), one)) for one in values if one not in (None, "")]
    return "; ".join(shown) or "—"


def _shown(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _clock(moment: datetime) -> time:
    return moment.time().replace(tzinfo=None)


def _said(practice: Practice) -> str:
    host = practice.organisation
    name = (host.short_name or host.name) if host else ""
    return f"{practice.title} ({name})" if name else practice.title
