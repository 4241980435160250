"""How the open sessions of a person are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare, salted_hmac

from sinergia.people.models import Person


@dataclass(frozen=True)
class OpenSession:
    """One device on which a person is signed in. name: how an address calls it."""

    name: str
    user_agent: str
    address: str
    since: datetime
    is_current: bool


def sessions_of(person: Person, *, current: str, now: datetime) -> list[OpenSession]:
    """Where a person is signed in at `now`: this device first, then the newest; two queries."""
    rows = _open(person, now=now)
    read = [_read(row, current) for row in rows]
    return sorted(read, key=lambda one: (not one.is_current, -one.since.timestamp()))


def session_named(person: Person, name: str, *, now: datetime) -> UserSession | None:
    """Find one of a person's own sessions by the name that addresses use."""
    rows = _open(person, now=now)
    return next((row for row in rows if constant_time_compare(_name(row), name)), None)


def _open(person: Person, *, now: datetime) -> Sequence[UserSession]:
    rows = list(UserSession.objects.filter(user=person).order_by("-pk"))
    keys = [row.session_key for row in rows]
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    known = set(alive.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in known]


def _read(row: UserSession, current: str) -> OpenSession:
    return OpenSession(
        name=_name(row),
        user_agent=row.user_agent,
        address=str(row.ip),
        since=row.created_at,
        is_current=row.session_key == current,
    )


def _name(row: UserSession) -> str:
    return salted_hmac("people.session", row.session_key).hexdigest()[:32]
