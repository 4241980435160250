"""What followed from an agreement or within a programme, in the order of days.

Rooms above join by adding events of their own to those given here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from sinergia.base.journal.queries import codes_told
from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Commitment, PartnershipAgreement, Programme, Visit
from sinergia.exchange.queries.commitments import commitments_for
from sinergia.people.models import Person
from sinergia.practices.models import Adoption

State = Commitment.State
GOES_ON = (Adoption.State.RUNNING, Adoption.State.PROVEN)
MOST = 200  # of one kind
RENEWED = {"agreement.renewed": "renewed", "agreement.went_on": "went_on"}


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
    taken = _taken(agreement, person) if person is not None else ()
    return in_order([*own_events(agreement), *_visits(agreement, person), *taken])


def in_order(events: list[Event]) -> list[Event]:
    """By their days; what has no day yet comes last."""
    return sorted(events, key=lambda one: (one.on is None, one.on or date.max))


def own_events(agreement: PartnershipAgreement) -> Iterator[Event]:
    """Of the agreement itself: signed, renewed until when (the title), ends."""
    yield Event(agreement.signed_on, "signed", str(agreement.key), "")
    about = ("exchange.partnershipagreement", agreement.key)
    for entry, codes in codes_told(about, *RENEWED):
        yield Event(_day(entry.at), RENEWED[entry.verb], str(agreement.key), codes["to"])
    if agreement.ends_on is not None:
        kind = "goes_on" if agreement.renewal == "silent" else "ends"
        yield Event(agreement.ends_on, kind, str(agreement.key), "")


def _visits(agreement: PartnershipAgreement, person: Person | None) -> Iterator[Event]:
    for visit in visits_within(agreement, person)[:MOST]:
        state = str(visit.get_stage_display())
        yield Event(visit.starts_on, "visit", str(visit.key), visit.name, state)


def _taken(agreement: PartnershipAgreement, person: Person) -> Iterator[Event]:
    """What was taken home from its visits, became a project, is done elsewhere and proven."""
    rows = commitments_for(person).filter(visit__agreement=agreement)
    rows = rows.select_related("practice", "adoption__organisation").prefetch_related("turns")
    for row in rows.order_by("made_at", "pk")[:MOST]:
        key, who = str(row.key), row.delegate.name
        yield Event(_day(row.made_at), "commitment", key, row.title, who)
        turned = [one.at for one in row.turns.all() if one.state == State.PROJECT]
        if row.state == State.PROJECT and turned:
            yield Event(_day(max(turned)), "project", key, row.title, who)
        if row.adoption is not None:
            body = row.adoption.organisation
            name = body.short_name or body.name
            yield Event(_day(row.adoption.made_at), "adoption", key, row.title, name)
            if row.adoption.confirmed_at is not None and row.adoption.state in GOES_ON:
                yield Event(
                    _day(row.adoption.confirmed_at), row.adoption.state, key, row.title, name
                )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
