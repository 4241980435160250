"""Hosts say by a link whether they keep their session as it was asked for."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.actions.sessions import locked_session
from sinergia.exchange.models import Confirmation, Session
from sinergia.exchange.queries.hosts import (
    digest_of,
    is_over,
    is_stale,
    seen_of,
    to_be_told,
    token_of,
)
from sinergia.exchange.queries.sessions import place_said
from sinergia.notices.actions import tell
from sinergia.people.models import Person

LONGEST_NOTE = 2_000
SALT_BYTES = 16
Answer = Confirmation.Answer


@dataclass(frozen=True)
class Answered:
    """What a host says. name: how they sign; note: what they would rather have, or why not."""

    answer: str
    name: str = ""
    note: str = ""


@transaction.atomic
def ask_host(
    session: Session, email: str, *, is_sent: bool, actor: Person, now: datetime
) -> Confirmation:
    """Make the link by which a host answers, and have it sent to an address; again is a reminder.

    The link stays what it is; for another address there is another one, and the earlier ends.
    """
    session = locked_session(session, actor)
    if is_over(session, now=now):
        raise Refused([Gap("host.over")])
    address = clean_line(email).casefold()
    if is_sent and not address:
        raise Refused([Gap("host.no_address", "email")])
    asked = linked(session, address, now=now)
    if is_sent:
        send_asking(asked, now=now)
    record("visit.host_asked", about=session, actor=actor, at=now)
    return asked


@transaction.atomic
def answer_host(
    asked: Confirmation, given: Answered, *, now: datetime, seen: str | None = None
) -> Confirmation:
    """Note what a host says; it may say something else later. The same twice is harmless.

    seen: of the time and the place that were read; none where no page was. Raises Refused where
    the visit is over, where somebody else is asked by now, where the session has become another
    one since, or where there is no word of what would be better.
    """
    # The session first, as whoever moves it holds it; then what was asked of it.
    Session.objects.select_for_update().filter(pk=asked.session_id).first()
    rows = Confirmation.objects.select_for_update(of=("self",))
    rows = rows.select_related("session__visit__course", "session__municipality")
    row = rows.filter(pk=asked.pk, token_digest=asked.token_digest).first()
    if row is None or is_over(row.session, now=now):
        raise Refused([Gap("host.over")])
    session = row.session
    if seen is not None and seen != seen_of(session):
        raise Refused([Gap("host.meanwhile")])
    name, note = clean_line(given.name), clean(given.note).strip()
    is_same = (row.answer, row.note, row.answered_by) == (given.answer, note, name)
    if is_same and not is_stale(row, session):
        return row
    if given.answer == Answer.OTHERWISE and not note:
        raise Refused([Gap("host.how", "note")])
    row.answer, row.note, row.answered_by, row.answered_at = given.answer, note, name, now
    row.starts_at, row.ends_at, row.place = session.starts_at, session.ends_at, place_said(session)
    row.save()
    codes = {"answer": given.answer}
    record("visit.host_answered", about=session, actor=session, at=now, codes=codes)
    _tell(row, now=now)
    return row


def linked(session: Session, address: str, *, now: datetime) -> Confirmation:
    """The link of a session's host; made where there is none, made anew for another address."""
    row = Confirmation.objects.select_for_update().filter(session=session).first()
    row = row or Confirmation(session=session, asked_at=now)
    row.session = session
    is_another = bool(row.email and address and row.email != address)
    if not row.salt or is_another:
        renew_link(row)
    row.email, row.asked_at = address or row.email, now
    row.token_digest = digest_of(token_of(row))
    row.save()
    return row


def renew_link(row: Confirmation) -> None:
    """Make another link of a row, which is not saved yet; the earlier ends with that."""
    row.salt = secrets.token_hex(SALT_BYTES)
    row.token_digest = digest_of(token_of(row))


def send_asking(asked: Confirmation, *, now: datetime) -> None:
    """Have the letter with the link go."""
    asked.sent_at = now
    asked.save(update_fields=["sent_at"])
    promise("exchange.ask_host", now=now, key=asked.session.key)


def note_asked(asked: Sequence[Confirmation], *, now: datetime) -> None:
    """Note that a letter with these links goes."""
    rows = Confirmation.objects.filter(pk__in=[one.pk for one in asked])
    rows.update(asked_at=now, sent_at=now)


def _tell(row: Confirmation, *, now: datetime) -> None:
    """Tell the centre what a host says; what is not a plain yes asks for a look today."""
    visit, session = row.session.visit, row.session
    url = reverse("visits:programme", args=[visit.key]) + f"#session-{session.key}"
    for person in to_be_told(visit):
        tell(
            person, "exchange.host_answered", now=now, about=session, url=url,
            answer=row.answer, session=session.title, visit=visit.name, note=row.note,
        )  # fmt: skip
