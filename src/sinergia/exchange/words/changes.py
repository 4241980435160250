"""What has changed in a programme, in words; letters and notices of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.engine.visiting.changes import Altered, Picture, SessionChange
from sinergia.exchange.models import Session


@dataclass(frozen=True)
class ChangeSaid:
    """A change as it is told. lines: one for each field that is another one now."""

    key: str
    title: str
    head: str
    lines: Sequence[str]


def changes_said(changes: Iterable[SessionChange]) -> list[ChangeSaid]:
    """Changes in the language and the zone of the moment."""
    return [_said(one) for one in changes]


def as_text(changes: Iterable[SessionChange]) -> str:
    """The same as lines of a letter."""
    told = []
    for one in changes_said(changes):
        told.append(f"— {one.title}: {one.head}")
        told += [f"   {line}" for line in one.lines]
    return "\n".join(told)


def when_said(picture: Picture) -> str:
    """16 October 2025, 10:00–11:30."""
    begins, ends = (datetime.fromisoformat(picture[name]) for name in ("starts_at", "ends_at"))
    return span_said(begins, ends)


def span_said(starts_at: datetime, ends_at: datetime) -> str:
    """The day and the hours; where it ends on another day, that day, too."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if begins.date() == ends.date():
        return f"{day(begins.date())}, {begins:%H:%M}–{ends:%H:%M}"
    return f"{day(begins.date())}, {begins:%H:%M} – {day(ends.date())}, {ends:%H:%M}"


def _said(change: SessionChange) -> ChangeSaid:
    picture = change.after or change.before
    title = picture["title"]
    if change.kind == "new":
        where = ", ".join(filter(None, [picture["host_name"], picture["place"]]))
        head = _("new: %(when)s") % {"when": when_said(picture)}
        return ChangeSaid(change.key, title, head, [where] if where else [])
    if change.kind == "gone":
        head = _("taken out; it was to be %(when)s") % {"when": when_said(picture)}
        return ChangeSaid(change.key, title, head, [])
    lines = [told for one in change.fields if (told := _field_said(one))]
    if change.kind == "moved":
        values = {"now": when_said(change.after), "before": when_said(change.before)}
        head = _("now %(now)s; it was %(before)s") % values
        return ChangeSaid(change.key, title, head, lines)
    head = _("the time stays: %(when)s") % {"when": when_said(picture)}
    return ChangeSaid(change.key, title, head, lines)


def _field_said(altered: Altered) -> str:
    """A field and what it is now; times and keys of hosts are said elsewhere."""
    names = {
        "kind": _("Kind"),
        "title": _("Title"),
        "host_name": _("Host"),
        "place": _("Place"),
        "heads": _("Whom one meets"),
        "transport": _("Transport"),
        "note": _("Note"),
        "themes": _("Themes"),
        "practices": _("Practices shown"),
    }
    if altered.name not in names:
        return ""
    values = {
        "field": names[altered.name],
        "now": _value_said(altered.name, altered.after),
        "before": _value_said(altered.name, altered.before),
    }
    return _("%(field)s: %(now)s (it was: %(before)s)") % values


def _value_said(name: str, value: str) -> str:
    if name == "kind":
        return str(Session.Kind(value).label)
    return value or "—"
