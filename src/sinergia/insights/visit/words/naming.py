"""How people and organisations are named on a visit's papers."""

from sinergia.exchange.models import Visit
from sinergia.exchange.words.visits import days_said, days_short
from sinergia.organisations.models import Organisation


def short_name(organisation: Organisation) -> str:
    """What an organisation is called among people."""
    return organisation.short_name or organisation.name


def cut(text: str, signs: int) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= signs:
        return text
    kept = text[:signs]
    return f"{kept.rpartition(' ')[0].rstrip(' ,;:—.') or kept}…"


def days_of(visit: Visit) -> str:
    """The days of a visit, as short as may be; "" where they are not known."""
    if visit.starts_on is None or visit.ends_on is None:
        return days_said(visit)
    return days_short(visit.starts_on, visit.ends_on)
