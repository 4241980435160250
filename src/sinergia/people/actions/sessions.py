"""Ending sessions."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
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


@transaction.atomic
def end_sessions_naming(person: Person, addresses: Sequence[str], *, current: str = "") -> int:
    """End every session of a person, and those in which somebody has typed their address.

    A session half-way through the sign-in belongs to nobody yet and holds the address.
    current: the session that goes on; "" for none. Gives how many were ended.
    """
    ended, names_them = [], _whole(addresses)
    for session in Session.objects.exclude(pk=current).order_by("pk").iterator(chunk_size=500):
        held = session.get_decoded()
        is_theirs = held.get(SESSION_KEY) == str(person.pk)
        if is_theirs or any(names_them.search(text) for text in _texts_in(held)):
            ended.append(session.pk)
    return Session.objects.filter(pk__in=ended).delete()[0]


def _whole(addresses: Sequence[str]) -> re.Pattern[str]:
    """Match any of the addresses, and no other one that ends or begins with it."""
    known = "|".join(map(re.escape, addresses))
    return re.compile(rf"(?<![\w.!#$%&'*+/=?^`{{|}}~-])(?:{known})(?![\w-]|\.\w)", re.IGNORECASE)


def _texts_in(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list):
        for part in held.values() if isinstance(held, dict) else held:
            yield from _texts_in(part)


def _end(person: Person, keys: list[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    theirs = UserSession.objects.filter(user=person, session_key__in=keys)
    return int(theirs.delete()[0])
