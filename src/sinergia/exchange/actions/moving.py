"""Moving sessions: by the mouse, by the keyboard, all later ones at once; and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.visiting.clock import NoSuchTime, moment_of
from sinergia.engine.visiting.moving import Moved, Slot, placed, reordered, shifted
from sinergia.exchange.actions.sessions import (
    keep_step,
    locked,
    locked_session,
    refuse_stale,
    save_session,
)
from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.exchange.queries.sessions import day_of, sessions_of, zone_of
from sinergia.people.models import Person

Direction: TypeAlias = Literal["earlier", "later"]
MOST_MINUTES = 12 * 60  # by which all later sessions are shifted at once
KINDS = ProgrammeStep.Kind


@dataclass(frozen=True)
class Target:
    """Where a session goes: a day there, and before which session of it.

    before: a key, "" for the last place, none to keep its own time of the day.
    """

    day: date
    before: str | None = None


@transaction.atomic
def move_session(
    session: Session, target: Target, *, seen: int, actor: Person, now: datetime
) -> Session:
    """Put a session into another place. Raises Stale where somebody has changed it since."""
    session = _standing(session, seen, actor)
    return _move(session, _places(session, target), actor=actor, now=now)


@transaction.atomic
def nudge_session(
    session: Session, direction: Direction, *, seen: int, actor: Person, now: datetime
) -> Session:
    """Let a session change places with the one before it or after it on its day."""
    session = _standing(session, seen, actor)
    day = _day(session.visit, day_of(session, zone_of(session.visit)))
    keys = [slot.key for slot in day]
    at = keys.index(str(session.key))
    if (at == 0 and direction == "earlier") or (at == len(keys) - 1 and direction == "later"):
        return session
    behind = [*keys, ""]
    before = behind[at - 1] if direction == "earlier" else behind[at + 2]
    return _move(session, reordered(day, str(session.key), before), actor=actor, now=now)


@transaction.atomic
def shift_later(
    session: Session, minutes: int, *, seen: int, actor: Person, now: datetime
) -> Session:
    """Let a session and all later ones of its day begin earlier or later by so many minutes."""
    session = _standing(session, seen, actor)
    if not 0 < abs(minutes) <= MOST_MINUTES:
        raise Refused([Gap("programme.minutes", "minutes", {"most": MOST_MINUTES})])
    day = _day(session.visit, day_of(session, zone_of(session.visit)))
    at = [slot.key for slot in day].index(str(session.key))
    return _move(session, shifted(day[at:], timedelta(minutes=minutes)), actor=actor, now=now)


@transaction.atomic
def undo_step(step: ProgrammeStep, *, actor: Person, now: datetime) -> ProgrammeStep:
    """Take back a move or a removal. Twice is harmless.

    Raises Refused where one of its sessions was changed since.
    """
    locked(step.visit, actor)
    step = ProgrammeStep.objects.select_for_update().get(pk=step.pk)
    if step.undone_at is not None:
        return step
    rows = list(step.sessions.select_related("session"))
    if any(row.session.version != row.version for row in rows):
        raise Refused([Gap("programme.changed_since")])
    for row in rows:
        session = row.session
        session.starts_at, session.ends_at = row.starts_at, row.ends_at
        session.late_minutes = row.late_minutes
        session.removed_at = session.removed_at if row.was_removed else None
        names = ["starts_at", "ends_at", "late_minutes", "removed_at"]
        save_session(session, names, actor=actor)
    step.undone_at = now
    step.save(update_fields=["undone_at"])
    record("visit.step_undone", about=step.visit, actor=actor, at=now, codes={"kind": step.kind})
    return step


def _standing(session: Session, seen: int, actor: Person) -> Session:
    """A session that stands in the programme as somebody saw it, kept for moving."""
    session = locked_session(session, actor)
    refuse_stale(session, seen)
    if session.removed_at is not None:
        raise Refused([Gap("session.taken_out")])
    return session


def _places(session: Session, target: Target) -> Moved:
    """Which sessions come to lie where."""
    visit, zone = session.visit, zone_of(session.visit)
    here = day_of(session, zone) == target.day
    day = _day(visit, target.day)
    if here:
        if target.before is None:
            return {}
        return reordered(day, str(session.key), target.before)
    lasts = session.ends_at - session.starts_at
    begins = placed(day, lasts, target.before) if target.before is not None else None
    if begins is None:
        try:
            at = session.starts_at.astimezone(zone).time()
            begins = moment_of(target.day, at, zone)
        except NoSuchTime as error:
            raise Refused([Gap("session.no_such_time")]) from error
    return {str(session.key): (begins, begins + lasts)}


def _day(visit: Visit, day: date) -> list[Slot]:
    """What begins on a day, in order."""
    zone = zone_of(visit)
    return [
        Slot(str(one.key), one.starts_at, one.ends_at)
        for one in sessions_of(visit)
        if day_of(one, zone) == day
    ]


def _move(
    session: Session,
    moved: Mapping[str, tuple[datetime, datetime]],
    *,
    actor: Person,
    now: datetime,
) -> Session:
    """Write new times, as one step that may be taken back."""
    if not moved:
        return session
    rows = list(Session.objects.select_for_update().filter(key__in=moved).order_by("pk"))
    keep_step(session.visit, KINDS.MOVED, rows, actor=actor, now=now)
    for row in rows:
        row.starts_at, row.ends_at = moved[str(row.key)]
        save_session(row, ["starts_at", "ends_at"], actor=actor)
    record("visit.session_moved", about=session, actor=actor, at=now, codes={"moved": len(rows)})
    return next((row for row in rows if row.pk == session.pk), session)
