"""What is done about those whom a mailing did not reach."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.base.letters.actions import try_again
from sinergia.base.letters.queries import letter_by
from sinergia.engine.text import clean_line
from sinergia.notices.models import Recipient
from sinergia.people.models import Person

LONGEST_NOTE = 500  # characters


@transaction.atomic
def note_phoned(key: UUID, note: str, *, actor: Person, now: datetime) -> Recipient:
    """Note that a recipient was told by phone; the sender's room asked access. Twice: the note."""
    row = Recipient.objects.select_for_update().get(key=key)
    row.phoned_at = row.phoned_at or now
    row.phoned_by, row.phoned_note = actor.key, clean_line(note)[:LONGEST_NOTE]
    row.save(update_fields=["phoned_at", "phoned_by", "phoned_note"])
    record("mailing.phoned", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def forget_phoned(key: UUID, *, actor: Person, now: datetime) -> Recipient:
    """Take back that a recipient was told by phone; twice is harmless."""
    row = Recipient.objects.select_for_update().get(key=key)
    if row.phoned_at is None:
        return row
    row.phoned_at, row.phoned_by, row.phoned_note = None, None, ""
    row.save(update_fields=["phoned_at", "phoned_by", "phoned_note"])
    record("mailing.phoning_taken_back", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def try_recipient_again(key: UUID, *, actor: Person, now: datetime) -> bool:
    """Send a letter that came back once more; False where there is none to send again."""
    row = Recipient.objects.get(key=key)
    letter = letter_by(row.letter_key) if row.letter_key else None
    if letter is None:
        return False
    return try_again(letter.key, actor=actor, now=now).state == "waiting"
