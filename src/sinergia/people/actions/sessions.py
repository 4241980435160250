"""Ending sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.people.models import Person


@transaction.atomic
def end_session(person: Person, session: UserSession, *, now: datetime) -> None:
    """Sign a person out on one of their devices; twice is harmless."""
    if _end(person, [session.session_key]):
        record("person.session_ended", about=person, actor=person, at=now)


@transaction.atomic
def end_other_sessions(person: Person, *, current: str, actor: Keyed, now: datetime) -> int:
    """Sign a person out everywhere but here; give on how many devices. current: "" for nowhere."""
    keys = list(
        UserSession.objects.filter(user=person)
        .exclude(session_key=current)
        .values_list("session_key", flat=True)
    )
    ended = _end(person, keys)
    if ended:
        codes = {"count": ended}
        record("person.sessions_ended", about=person, actor=actor, at=now, codes=codes)
    return ended


def _end(person: Person, keys: list[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    theirs = UserSession.objects.filter(user=person, session_key__in=keys)
    return int(theirs.delete()[0])
