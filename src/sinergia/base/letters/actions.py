"""Sending letters, and remembering the mailboxes that took none.

Who may send what is asked by the room that sends; letters know addresses alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from sinergia.base.errands.actions import Promised, promise, promise_many
from sinergia.base.errands.steps import in_small_steps
from sinergia.base.journal.actions import Keyed, record
from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.base.letters.queries import folded, letter_by, letter_lately_sent_to
from sinergia.engine.text import clean, clean_line

LONGEST_SUBJECT = 200  # characters
TEXT_KEPT = timedelta(days=30)  # since it was made: long enough to answer "what did you write me?"
LETTER_KEPT = timedelta(days=365)
# RFC 3463: 5.0 unnamed, 5.1 the address, 5.2 the mailbox, 5.4 no way to it. The others blame the
# server, the letter or us (5.7: policy), so the next letter may well be taken.
_OF_MAILBOX = re.compile(r"5\.[0124]\.\d{1,3}")
BROKEN = "broken"  # the fault of a letter that was not even tried: the mailbox had refused before


@dataclass(frozen=True)
class Written:
    """A letter of many, as `send_letter` takes it. after: how long it waits before it goes."""

    to: str
    subject: str
    text: str
    language: str
    about: str = ""
    leave_url: str = ""
    reply_to: str = ""
    key: UUID = field(default_factory=uuid4)
    after: timedelta = timedelta(0)


def send_letter(
    to: str,
    *,
    subject: str,
    text: str,
    language: str,
    now: datetime,
    about: str = "",
    is_secret: bool = False,
    once: str = "",
    leave_url: str = "",
    reply_to: str = "",
) -> Letter:
    """Have a letter go after this transaction commits; a rollback takes it back.

    subject, text: ready, in the reader's `language`; addresses in the text begin with https://.
    about: "kind:key" of what it is about, so that whoever sent it finds it again.
    is_secret: holds a code or a link that lets in; it goes before all others, and the text is
    emptied as soon as it went.
    once: a word of which only one letter is ever made; the first one is returned.
    leave_url: the address at which such letters are given up; empty for letters of service.
    """
    written = Written(to, subject, text, language, about, leave_url, reply_to)
    letter = _row(written, now=now)
    letter.is_secret, letter.once = is_secret, once
    try:
        with transaction.atomic():  # a savepoint: on PostgreSQL a refused insert breaks the rest
            letter.save(force_insert=True)
    except IntegrityError:
        if not once:
            raise
        return Letter.objects.get(once=once)
    _promise(letter.key, now=now, is_urgent=is_secret)
    return letter


def send_letters(letters: Sequence[Written], *, now: datetime) -> None:
    """Have many letters go after this transaction commits; a few hundred at once, not more."""
    Letter.objects.bulk_create([_row(letter, now=now) for letter in letters])
    promises = (
        Promised(_once(letter.key), letter.after, {"key": letter.key}) for letter in letters
    )
    promise_many("base.letters.send", promises, now=now)


def is_of_mailbox(status: str) -> bool:
    """Whether a status of RFC 3463 says that no letter at all will get there."""
    return _OF_MAILBOX.fullmatch(status) is not None


@transaction.atomic
def note_sent(key: UUID, *, now: datetime) -> None:
    """Note that the mail server took a letter, so its mailbox is whole; a secret one is emptied."""
    sent = Letter.objects.filter(key=key)
    sent.filter(sent_at__isnull=True).update(sent_at=now)
    sent.filter(is_secret=True).update(text="")
    BrokenAddress.objects.filter(address__in=sent.values("to_folded")).delete()


@transaction.atomic
def note_refused(key: UUID, fault: str, *, is_mailbox: bool, now: datetime) -> None:
    """Note that a letter is refused for good, and, where the mailbox is to blame, remember that.

    fault: the server's codes ("550 5.1.1"), or BROKEN where it was not tried.
    """
    letter = Letter.objects.select_for_update().get(key=key)
    letter.refused_at, letter.fault = now, fault[:20]
    if letter.is_secret:
        letter.text = ""
    letter.save(update_fields=["refused_at", "fault", "text"])
    if is_mailbox:
        _remember_broken(letter.to_folded, fault[:20], now=now)


@transaction.atomic
def note_bounce(address: str, status: str, *, letter: UUID | None, now: datetime) -> bool:
    """Note that a letter came back; whether it was one of ours. Telling it twice is harmless.

    letter: key of the letter where the report names it. Else it is the last one that went to
    `address` within a week: whoever forges a report must guess either.
    """
    found = letter_by(letter) if letter else letter_lately_sent_to(address, now=now)
    if found is None:
        return False
    if not (found.refused_at and found.fault == status):
        note_refused(found.key, status, is_mailbox=is_of_mailbox(status), now=now)
    return True


@transaction.atomic
def try_again(key: UUID, *, actor: Keyed, now: datetime) -> Letter:
    """Forget that a letter's mailbox refused, and send the letter once more; twice is harmless.

    A secret letter is not sent again, for its text is gone: its sender makes a new one.
    """
    letter = Letter.objects.select_for_update().get(key=key)
    _forget_broken(letter.to_folded)
    if not letter.refused_at or not letter.text:
        return letter
    letter.refused_at, letter.fault, letter.sent_at = None, "", None
    letter.save(update_fields=["refused_at", "fault", "sent_at"])
    record("letter.tried_again", about=letter, actor=actor, at=now)
    _promise(letter.key, now=now)
    return letter


@transaction.atomic
def trust_address(address: str, *, actor: Keyed, now: datetime) -> None:
    """Forget that a mailbox refused: the next letter is tried. Twice is harmless."""
    broken = BrokenAddress.objects.select_for_update().filter(address=folded(address)).first()
    if broken is None:
        return
    record("address.tried_again", about=broken, actor=actor, at=now)
    broken.delete()


@transaction.atomic
def erase_letters_to(address: str) -> int:
    """Forget every letter to an address and whether it took them; give how many there were.

    A letter that still waits is not sent: its errand finds nothing.
    """
    Letter.objects.filter(reply_to=folded(address)).update(reply_to="")
    count, _ = Letter.objects.filter(to_folded=folded(address)).delete()
    _forget_broken(folded(address))
    return count


@transaction.atomic
def erase_letters_about(about: str, address: str) -> int:
    """Forget the letters to an address about one thing; give how many there were."""
    count, _ = Letter.objects.filter(about=about, to_folded=folded(address)).delete()
    return count


def tidy_letters(*, now: datetime) -> None:
    """Empty texts older than a month; forget letters and broken mailboxes older than a year."""
    BrokenAddress.objects.filter(since__lt=now - LETTER_KEPT).delete()
    old = Letter.objects.filter(made_at__lt=now - LETTER_KEPT)
    for step in in_small_steps(list(old.values_list("pk", flat=True))):
        Letter.objects.filter(pk__in=step).delete()
    read = Letter.objects.filter(~Q(text=""), made_at__lt=now - TEXT_KEPT)
    for step in in_small_steps(list(read.values_list("pk", flat=True))):
        Letter.objects.filter(pk__in=step).update(text="")


def _row(letter: Written, *, now: datetime) -> Letter:
    """Make the row of a letter, free of whatever could open another head in it."""
    to = clean_line(letter.to)[:254]
    return Letter(
        key=letter.key,
        to=to,
        to_folded=folded(to),
        subject=clean_line(letter.subject)[:LONGEST_SUBJECT],
        text=clean(letter.text),
        language=letter.language,
        about=letter.about,
        leave_url=letter.leave_url,
        reply_to=folded(clean_line(letter.reply_to))[:254],
        made_at=now + letter.after,
    )


def _promise(key: UUID, *, now: datetime, is_urgent: bool = False) -> None:
    promise("base.letters.send", now=now, once=_once(key), is_urgent=is_urgent, key=key)


def _once(key: UUID) -> str:
    return f"letter:{key}"


def _remember_broken(address: str, fault: str, *, now: datetime) -> None:
    broken, is_new = BrokenAddress.objects.get_or_create(
        address=address, defaults={"fault": fault, "since": now}
    )
    if not is_new:
        BrokenAddress.objects.filter(pk=broken.pk).update(times=F("times") + 1, fault=fault)


def _forget_broken(address: str) -> None:
    BrokenAddress.objects.filter(address=address).delete()
