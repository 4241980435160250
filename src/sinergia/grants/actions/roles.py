"""Roles of a project in which people join."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap
from sinergia.engine.text import clean, clean_line
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, refuse
from sinergia.grants.actions.queueing import give_places, locked_role, write_to
from sinergia.grants.models import Grant, Role
from sinergia.grants.queries.joiners import HOLDS
from sinergia.people.models import Person

MOST = 30  # roles of one project
TOLD = ("where", "starts_on", "ends_on")  # of what a change is told to those who have a place


@dataclass(frozen=True)
class Offered:
    """What a role says. places: none where everybody is welcome. day_minutes: of a usual day."""

    name: str
    about: str = ""
    where: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    places: int | None = None
    least_age: int = 14
    confirms: bool = True
    day_minutes: int = 120
    is_open: bool = True


@transaction.atomic
def write_role(
    grant: Grant, offered: Offered, *, role: Role | None = None, actor: Person, now: datetime
) -> Role:
    """Write a role, or write it anew: more places go to those who wait. role: none: a new one.

    Raises Refused with everything against it; places that people have are not taken away.
    """
    row = locked(grant)
    if not may_keep(actor, row):
        raise PermissionDenied
    found = locked_role(role, actor) if role is not None else Role(grant=row)
    if found.grant_id != row.pk:
        raise PermissionDenied
    refuse(_gaps(row, found, offered))
    before = {name: getattr(found, name) for name in vars(offered)}
    for name, value in vars(offered).items():
        setattr(found, name, value)
    found.name, found.where = clean_line(offered.name), clean_line(offered.where)
    found.about = clean(offered.about).strip()
    if found.pk is not None and all(getattr(found, name) == before[name] for name in before):
        return found
    is_new = found.pk is None
    found.save()
    if is_new:
        record("role.written", about=found, actor=actor, at=now)
        return found
    record("role.changed", about=found, actor=actor, at=now)
    give_places(found, now=now)
    if any(getattr(found, name) != before[name] for name in TOLD):
        for one in found.joiners.filter(HOLDS).order_by("pk"):
            write_to(one, "changed", now=now, mark=now.isoformat())
    return found


def _gaps(grant: Grant, role: Role, offered: Offered) -> list[Gap]:
    gaps = [] if clean_line(offered.name) else [Gap("role.no_name", "name")]
    first, last = offered.starts_on, offered.ends_on
    if first is not None and last is not None and last < first:
        gaps.append(Gap("role.ends_early", "ends_on"))
    taken = role.joiners.filter(HOLDS).count() if role.pk else 0
    if offered.places is not None and offered.places < max(taken, 1):
        gaps.append(Gap("role.places_taken", "places", {"taken": taken}))
    if role.pk is None and grant.roles.count() >= MOST:
        gaps.append(Gap("role.too_many", values={"most": MOST}))
    return gaps
