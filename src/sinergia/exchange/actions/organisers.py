"""Who prepares a visit: written, taken away."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.visits import locked
from sinergia.exchange.models import Organiser, Visit
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.models import Person

Given = Mapping[str, object]
FIELDS = ("side", "organisation", "body", "name", "post", "does", "phone", "email", "is_shown")
MOST = 40  # of one visit


@transaction.atomic
def write_organiser(
    visit: Visit,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    organiser: Organiser | None = None,
    seen: Given | None = None,
) -> Organiser:
    """Write somebody who prepares a visit; the same row twice is one.

    Raises Refused where neither a person nor an organisation is named.
    """
    visit = locked(visit, actor)
    row = Organiser(visit=visit) if organiser is None else _held(visit, organiser)
    given = touched(row, given, seen)
    if not (given["name"] or given["organisation"] or given["body"]):
        raise Refused([Gap("organiser.nobody", "name")])
    for name in FIELDS:
        setattr(row, name, given[name])
    same = visit.organisers.filter(**{name: getattr(row, name) for name in FIELDS}).first()
    if organiser is None and same is not None:
        return same
    if organiser is None and visit.organisers.count() >= MOST:
        raise Refused([Gap("organiser.too_many", "name", {"most": MOST})])
    row.save()
    record("visit.organiser_written", about=visit, actor=actor, at=now)
    return row


@transaction.atomic
def remove_organiser(organiser: Organiser, *, actor: Person, now: datetime) -> None:
    """Take somebody off those who prepare a visit; twice is harmless."""
    visit = locked(organiser.visit, actor)
    deleted, _rows = visit.organisers.filter(pk=organiser.pk).delete()
    if deleted:
        record("visit.organiser_removed", about=visit, actor=actor, at=now)


def _held(visit: Visit, organiser: Organiser) -> Organiser:
    row = visit.organisers.filter(pk=organiser.pk).first()
    if row is None:
        raise Refused([Gap("organiser.gone")])
    return row
