"""What the worker runs for messages."""

from datetime import date

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.notices import actions, words
from sinergia.notices.actions import notices as one
from sinergia.notices.actions import sending
from sinergia.notices.actions.mailings import BATCH
from sinergia.notices.models import Choice
from sinergia.notices.queries.mailings import mailing_by, names_by_mailbox, next_batch
from sinergia.notices.queries.notices import choice_of, notice_by, notices_in, reader_by

Email = Choice.Email


@in_one_transaction
def mail_notice(key: str, receipt: str = "") -> None:
    """Have a message's letter go, unless it was looked at, erased or given up meanwhile.

    receipt: "yes" where it tells the reader what they have just done themselves.
    """
    notice = notice_by(key)
    if notice is None or not notice.person.is_active:
        return
    cannot_wait = notice.is_urgent or bool(receipt)
    given_up = (Email.NEVER,) if cannot_wait else (Email.URGENT, Email.NEVER)
    if choice_of(notice.person).email in given_up:
        return
    said = words.letter_of(notice)
    leave = "" if cannot_wait else words.leave_link(notice.key)
    one.mail_notice(
        notice.key, subject=said.subject, text=said.text, leave_url=leave, now=timezone.now()
    )


@in_one_transaction
def send_digest(person: str, on: str) -> None:
    """Have a person's daily letter go, where they still want one and something waits."""
    reader = reader_by(person)
    if reader is None or not reader.is_active:
        return
    if choice_of(reader).email in (Email.URGENT, Email.NEVER):
        return
    now = timezone.now()
    digest = one.open_digest(reader, date.fromisoformat(on), now=now)
    if digest is None:
        return
    said = words.letter_of_digest(digest, list(notices_in(digest)))
    leave = words.leave_link(digest.key)
    one.mail_digest(digest, subject=said.subject, text=said.text, leave_url=leave, now=now)


@in_one_transaction
def send_batch(key: str) -> None:
    """Write the next letters of a mailing."""
    mailing = mailing_by(key)
    if mailing is None:
        return
    batch = next_batch(mailing, BATCH)
    names = names_by_mailbox(mailing, [row.address_folded for row in batch])
    letters = {
        row.key: words.letter_of_mailing(row, names.get(row.address_folded, [row.name]))
        for row in batch
    }
    sending.send_batch(mailing.key, letters, now=timezone.now())


def tidy() -> None:
    """Forget old messages."""
    actions.tidy_messages(now=timezone.now())
