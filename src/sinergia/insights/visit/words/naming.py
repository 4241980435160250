"""How people and organisations are named on a visit's papers."""

from sinergia.base.ui.templatetags.figures import day
from sinergia.exchange.models import Delegate, Organiser, Visit
from sinergia.exchange.words.visits import days_said
from sinergia.organisations.models import Organisation


def short_name(organisation: Organisation) -> str:
    """What an organisation is called among people."""
    return organisation.short_name or organisation.name


def body_of(row: Delegate | Organiser) -> str:
    """Whom somebody represents; who is hidden in the register is not named on paper."""
    known = row.organisation
    if known is None:
        return row.body
    return short_name(known) if known.is_public else ""


def cut(text: str, signs: int) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= signs:
        return text
    kept = text[:signs]
    return f"{kept.rpartition(' ')[0].rstrip(' ,;:—.') or kept}…"


def days_short(visit: Visit) -> str:
    """16–17 October 2025: the days of a visit, a month that is the same said once."""
    starts, ends = visit.starts_on, visit.ends_on
    if (
        starts is None
        or ends is None
        or starts == ends
        or starts.replace(day=1) != ends.replace(day=1)
    ):
        return days_said(visit)
    return f"{starts.day}–{day(ends)}"
