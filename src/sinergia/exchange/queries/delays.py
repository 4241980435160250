"""What of a running day is still to come, and what was said of being late."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.exchange.queries.sessions import sessions_of, zone_of

A_DAY = timedelta(days=1)


def is_running(visit: Visit, *, now: datetime) -> bool:
    """Whether today, there, is one of the visit's days."""
    today = now.astimezone(zone_of(visit)).date()
    if visit.starts_on is None or visit.ends_on is None:
        return False
    stages = (Visit.Stage.APPROVED, Visit.Stage.UNDER_WAY)
    return visit.stage in stages and visit.starts_on <= today <= visit.ends_on


def is_past(visit: Visit, *, now: datetime) -> bool:
    """Whether the last day of a visit is over there, or it does not take place."""
    if visit.stage == Visit.Stage.CANCELLED or visit.course.removed_at is not None:
        return True
    return visit.ends_on is not None and now.astimezone(zone_of(visit)).date() > visit.ends_on


def still_to_come(visit: Visit, minutes: int, *, now: datetime) -> QuerySet[Session]:
    """Sessions of today that begin later than now for a delegation that is so late."""
    if not is_running(visit, now=now):
        return Session.objects.none()
    begins = _midnight(visit, now)
    after = max(begins, now - timedelta(minutes=minutes) + timedelta.resolution)
    return sessions_of(visit).filter(starts_at__gte=after, starts_at__lt=begins + A_DAY)


def late_step(visit: Visit, *, now: datetime) -> ProgrammeStep | None:
    """What was said last today of being late, and not taken back."""
    return late_steps(visit, now=now).order_by("-pk").first()


def late_steps(visit: Visit, *, now: datetime) -> QuerySet[ProgrammeStep]:
    """All that was said since the midnight before a moment of being late, and not taken back."""
    kind, begins = ProgrammeStep.Kind.LATE, _midnight(visit, now)
    return ProgrammeStep.objects.filter(visit=visit, kind=kind, undone_at=None, at__gte=begins)


def said_late(visit: Visit, *, since: ProgrammeStep) -> QuerySet[Session]:
    """Sessions from the day of a step on that show a delay; those that were taken out, too."""
    rows = Session.objects.filter(visit=visit, starts_at__gte=_midnight(visit, since.at))
    return rows.exclude(late_minutes=0).order_by("pk")


def step_keyed(key: UUID | str) -> ProgrammeStep | None:
    """One step, whoever asks: for the worker."""
    rows = ProgrammeStep.objects.select_related("visit__course", "visit__centre__organisation")
    return rows.filter(key=key).first()


def _midnight(visit: Visit, now: datetime) -> datetime:
    zone = zone_of(visit)
    return datetime.combine(now.astimezone(zone).date(), time(0), tzinfo=zone)
