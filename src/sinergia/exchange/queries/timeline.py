"""What followed from an agreement or within a programme, in the order of days.

Rooms above join by adding events of their own to those given here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sinergia.exchange.access import seen_by
from sinergia.exchange.models import PartnershipAgreement, Programme, Visit
from sinergia.people.models import Person

MOST = 200  # of one kind


@dataclass(frozen=True)
class Event:
    """Something that happened, or will. kind: a word that the page puts into the language."""

    on: date | None
    kind: str
    key: str
    title: str
    state: str = ""


def visits_within(of: PartnershipAgreement | Programme, person: Person | None) -> QuerySet[Visit]:
    """Visits on the ground of an agreement, or of a programme, that somebody may open."""
    rows = Visit.objects.filter(seen_by(person), course__removed_at=None)
    rows = rows.filter(programme=of) if isinstance(of, Programme) else rows.filter(agreement=of)
    return rows.select_related("from_region", "to_region", "course").order_by("-starts_on", "-pk")


def events_of(agreement: PartnershipAgreement, person: Person | None) -> list[Event]:
    """What followed from an agreement, as far as somebody may see it, oldest first."""
    return in_order([*_own(agreement), *_visits(agreement, person)])


def in_order(events: list[Event]) -> list[Event]:
    """By their days; what has no day yet comes last."""
    return sorted(events, key=lambda one: (one.on is None, one.on or date.max))


def _own(agreement: PartnershipAgreement) -> Iterator[Event]:
    yield Event(agreement.signed_on, "signed", str(agreement.key), "")
    if agreement.ends_on is not None:
        kind = "goes_on" if agreement.renewal == "silent" else "ends"
        yield Event(agreement.ends_on, kind, str(agreement.key), "")


def _visits(agreement: PartnershipAgreement, person: Person | None) -> Iterator[Event]:
    for visit in visits_within(agreement, person)[:MOST]:
        state = str(visit.get_stage_display())
        yield Event(visit.starts_on, "visit", str(visit.key), visit.name, state)
