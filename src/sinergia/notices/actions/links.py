"""What the link of a letter does: the message counts as opened, such letters are given up."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sinergia.base.journal.actions import record
from sinergia.notices.actions.notices import choose, see
from sinergia.notices.actions.sending import ABOUT
from sinergia.notices.models import Choice, Digest, Notice, Recipient, Silence
from sinergia.notices.queries.links import Linked
from sinergia.notices.queries.notices import choice_of, notices_in
from sinergia.notices.queries.silences import silences_of

Email = Choice.Email


@transaction.atomic
def note_opened(linked: Linked, *, now: datetime) -> None:
    """Note that whoever got a letter opened it; the first time counts."""
    match linked:
        case Notice():
            see_notice(linked, now=now)
        case Digest():
            Digest.objects.filter(pk=linked.pk, opened_at=None).update(opened_at=now)
            see(notices_in(linked), now=now)
        case Recipient():
            _note_read(linked, now=now)
            about = Notice.objects.filter(about_kind=ABOUT, about_key=str(linked.key))
            see(about, now=now)


@transaction.atomic
def see_notice(notice: Notice, *, now: datetime) -> None:
    """Note that a message was looked at; one of a mailing counts there as opened."""
    see(Notice.objects.filter(pk=notice.pk), now=now)
    if notice.about_kind == ABOUT:
        row = Recipient.objects.filter(key=notice.about_key).first()
        if row is not None:
            _note_read(row, now=now)


@transaction.atomic
def give_up_letters(linked: Linked, *, now: datetime) -> None:
    """Send no more such letters: of a mailing to that address, of the site only urgent ones."""
    if isinstance(linked, Recipient):
        if not linked.address_folded:
            return
        silence, is_new = Silence.objects.get_or_create(
            address=linked.address_folded, defaults={"since": now}
        )
        if is_new:
            record("mailing.given_up", about=silence, actor=linked, at=now)
    elif choice_of(linked.person).email in (Email.AT_ONCE, Email.DIGEST):
        choose(linked.person, {"email": Email.URGENT}, now=now)


@transaction.atomic
def take_letters_again(linked: Linked, *, now: datetime) -> None:
    """Take back that letters were given up."""
    if isinstance(linked, Recipient):
        for silence in silences_of(linked.address_folded):
            record("mailing.taken_again", about=silence, actor=linked, at=now)
            silence.delete()
    elif choice_of(linked.person).email in (Email.URGENT, Email.NEVER):
        choose(linked.person, {"email": Email.DIGEST}, now=now)


def _note_read(row: Recipient, *, now: datetime) -> None:
    """Note a recipient as reached, with everybody who is written to in the same letter."""
    this = Q(pk=row.pk)
    if row.letter_key:
        this |= Q(letter_key=row.letter_key)
    Recipient.objects.filter(this, opened_at__isnull=True).update(opened_at=now)
