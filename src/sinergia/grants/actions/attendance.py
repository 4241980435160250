"""Who was there on a day and how long: written by the organisers, or by each at the door."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import constant_time_compare

from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import door_code, may_keep
from sinergia.grants.actions.queueing import locked_role, row_of
from sinergia.grants.models import Attendance, Grant, Joiner
from sinergia.grants.queries.grants import today_of
from sinergia.people.models import Person

Stage = Joiner.Stage
MOST = 24 * 60  # minutes of a day


@transaction.atomic
def write_day(
    grant: Grant, on: date, *, minutes: Mapping[Joiner, int], actor: Person, now: datetime
) -> int:
    """Write how long each was there on a day; 0: not at all. Give how many rows changed.

    Only what is named is written, so two who tick at once lose nothing. Who is left without a day
    loses their certificate. Raises Refused for a day that has not come, or is not the project's.
    """
    rows = Grant.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation", "award__examination__contest__call").get(pk=grant.pk)
    if not may_keep(actor, row) or any(one.role.grant_id != row.pk for one in minutes):
        raise PermissionDenied
    _check(row, on, minutes, now)
    changed = 0
    for joiner, spent in minutes.items():
        found = joiner.days.filter(on=on).first()
        if (found.minutes if found is not None else 0) == spent:
            continue
        changed += 1
        if not spent:
            _note_absent(joiner, on, actor=actor, now=now)
        else:
            _note_there(joiner, on, spent, actor=actor, by=actor, now=now)
    return changed


@transaction.atomic
def note_own(joiner: Joiner, code: str, *, now: datetime) -> Joiner:
    """Note that somebody is there who read today's code at the door. Twice is harmless.

    The door has looked whether the row is theirs. Raises Refused on another day, by another code,
    and for whoever is not in the project.
    """
    role = locked_role(joiner.role)
    row, today = row_of(joiner), today_of(role.grant, now)
    is_right = constant_time_compare(code, door_code(role.grant, today))
    is_in = row.stage == Stage.CONFIRMED and role.grant.stage == Grant.Stage.UNDER_WAY
    if not (is_right and is_in):
        raise Refused([Gap("joiner.not_here")])
    if not row.days.filter(on=today).exists():
        _note_there(row, today, role.day_minutes, actor=row, by=None, now=now)
    return row


def _check(grant: Grant, on: date, minutes: Mapping[Joiner, int], now: datetime) -> None:
    gaps = [] if grant.stage == Grant.Stage.UNDER_WAY else [Gap("day.not_under_way")]
    if on > today_of(grant, now):
        gaps.append(Gap("day.tomorrow", "on"))
    if on < grant.begins_on:
        gaps.append(Gap("day.before", "on"))
    if any(not 0 <= spent <= MOST for spent in minutes.values()):
        gaps.append(Gap("day.too_long"))
    if any(one.stage not in (Stage.CONFIRMED, Stage.LEFT) for one in minutes):
        gaps.append(Gap("joiner.not_in"))
    if gaps:
        raise Refused(gaps)


def _note_there(
    row: Joiner, on: date, minutes: int, *, actor: Keyed, by: Person | None, now: datetime
) -> None:
    told = {"minutes": minutes, "by": by.key if by is not None else None, "at": now}
    Attendance.objects.update_or_create(joiner=row, on=on, defaults=told)
    codes: dict[str, str | int] = {"on": on.isoformat(), "minutes": minutes}
    record("joiner.attended", about=row, actor=actor, at=now, codes=codes)


def _note_absent(row: Joiner, on: date, *, actor: Person, now: datetime) -> None:
    row.days.filter(on=on).delete()
    if row.certificate and not row.days.exists():
        row.certificate = ""
        row.save(update_fields=["certificate"])
    record("joiner.unattended", about=row, actor=actor, at=now, codes={"on": on.isoformat()})
