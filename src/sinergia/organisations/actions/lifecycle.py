"""What became of an organisation: closed, reorganised, grown out of a group."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.access import may_keep
from sinergia.organisations.actions.locking import kept_locked
from sinergia.organisations.actions.register import change_organisation
from sinergia.organisations.models import Organisation, Succession
from sinergia.people.models import Person


@transaction.atomic
def write_status(
    organisation: Organisation, given: Mapping[str, object], *, actor: Person, now: datetime
) -> Organisation:
    """Write what the state's register says of it now: status, and the day of closing.

    Raises Refused where it would close before it was registered, or have closed without being so.
    """
    organisation = kept_locked(organisation, actor)
    closed_on, began_on = given.get("closed_on"), organisation.registered_on
    gaps = []
    if isinstance(closed_on, date) and began_on and closed_on < began_on:
        gaps.append(Gap("closed_before_it_began", "closed_on"))
    if closed_on and given["status"] != Organisation.Status.CLOSED:
        gaps.append(Gap("closed_on_of_an_open_one", "closed_on"))
    if gaps:
        raise Refused(gaps)
    if change_organisation(organisation, given, actor_key=actor.key, now=now):
        record("organisation.status_written", about=organisation, actor=actor, at=now)
    return organisation


@transaction.atomic
def write_succession(
    predecessor: Organisation, given: Mapping[str, object], *, actor: Person, now: datetime
) -> Succession:
    """Note that an organisation became another one. Nothing moves: each keeps its own history.

    given: successor, kind, on. The same two are noted once, with the last word on kind and day.
    Raises Refused where the successor is the organisation itself, or became it.
    """
    predecessor = kept_locked(predecessor, actor)
    successor, on = given["successor"], given["on"]
    if not isinstance(successor, Organisation) or successor.pk == predecessor.pk:
        raise Refused([Gap("succession_of_one", "successor")])
    if Succession.objects.filter(predecessor=successor, successor=predecessor).exists():
        raise Refused([Gap("succession_in_a_ring", "successor")])
    kind, day = str(given["kind"]), on if isinstance(on, date) else None
    found, is_new = Succession.objects.get_or_create(
        predecessor=predecessor,
        successor=successor,
        defaults={"kind": kind, "on": day, "entered_by": actor.key, "entered_at": now},
    )
    is_other = (found.kind, found.on) != (kind, day)
    if is_other:
        found.kind, found.on = kind, day
        found.save(update_fields=["kind", "on"])
    if is_new or is_other:
        codes: dict[str, str | int] = {"kind": found.kind, "successor": str(successor.key)}
        record("organisation.succeeded", about=predecessor, actor=actor, at=now, codes=codes)
    return found


@transaction.atomic
def remove_succession(row: Succession, *, actor: Person, now: datetime) -> None:
    """Take back that one became the other: for whoever keeps either; twice is harmless."""
    is_theirs = may_keep(actor, row.predecessor)
    organisation = kept_locked(row.predecessor if is_theirs else row.successor, actor)
    deleted, _ = Succession.objects.filter(pk=row.pk).delete()
    if deleted:
        record("organisation.succession_removed", about=organisation, actor=actor, at=now)
