"""A mailing on its way: batch by batch, each with everything that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from sinergia.base.letters.actions import Written, send_letters
from sinergia.base.letters.queries import broken_among
from sinergia.notices.actions.mailings import give_turn, promise_batch, record_batch
from sinergia.notices.actions.notices import loud_moment
from sinergia.notices.models import Choice, Mailing, Notice, Recipient
from sinergia.notices.queries.notices import choices_of
from sinergia.notices.queries.silences import silent_among
from sinergia.people.queries import agreeing

ABOUT = "notices.recipient"
State = Recipient.State


@dataclass(frozen=True)
class Words:
    """What one recipient reads. body: the message alone, as the site shows it; text: with link."""

    subject: str
    body: str
    text: str
    leave_url: str


@transaction.atomic
def send_batch(key: UUID, words: Mapping[UUID, Words], *, now: datetime) -> Mailing:
    """Write the letters of a batch, and promise the next one or end the mailing.

    words: by the recipient's key. Whoever was written to meanwhile is passed over.
    """
    mailing = Mailing.objects.select_for_update().select_related("author").get(key=key)
    if mailing.stage != Mailing.Stage.SENDING:
        return mailing
    locked = Recipient.objects.select_for_update(of=("self",)).select_related("person")
    due = list(locked.filter(mailing=mailing, state=State.WAITING, key__in=words).order_by("pk"))
    rows = _reachable(_agreeing(due) if mailing.is_news else due)
    _tell_in_the_site(rows, words, now=now)
    _write_letters(mailing, rows, words, now=now)
    if due:
        record_batch(mailing, due, actor=mailing.author, now=now)
    if Recipient.objects.filter(mailing=mailing, state=State.WAITING).exists():
        promise_batch(mailing, now=now)
        return mailing
    mailing.stage, mailing.finished_at = Mailing.Stage.SENT, now
    mailing.save(update_fields=["stage", "finished_at"])
    return mailing


def _agreeing(rows: Sequence[Recipient]) -> list[Recipient]:
    """Those who agree to letters still: between the draft and the sending one may take it back."""
    people = {one.person_id for one in rows if one.person_id is not None}
    glad = set(agreeing("letters").filter(person__in=people).values_list("person", flat=True))
    lost = [one for one in rows if one.person_id is not None and one.person_id not in glad]
    if lost:
        Recipient.objects.filter(pk__in=[one.pk for one in lost]).update(state=State.WITHHELD)
        give_turn(lost)
    return [one for one in rows if one not in lost]


def _reachable(rows: Sequence[Recipient]) -> list[Recipient]:
    """Those whose mailbox may still be written to; the others are noted, with all who share it."""
    addresses = [one.address_folded for one in rows]
    lost = {
        State.BROKEN: broken_among(addresses),
        State.WITHHELD: silent_among(addresses),
        State.NO_ADDRESS: {""}.intersection(addresses),  # forgotten since it was drafted
    }
    for state, gone in lost.items():
        if gone:
            alike = Recipient.objects.filter(
                mailing=rows[0].mailing_id,
                address_folded__in=gone,
                state__in=[State.WAITING, State.SAME],
            )
            alike.update(state=state)
    unreachable = set().union(*lost.values())
    return [one for one in rows if one.address_folded not in unreachable]


def _tell_in_the_site(
    rows: Sequence[Recipient], words: Mapping[UUID, Words], *, now: datetime
) -> None:
    """Show the message in the site to those who have an account; its letter is no other one."""
    Notice.objects.bulk_create(
        Notice(
            person=one.person,
            code="notices.mailing",
            values={"subject": words[one.key].subject, "text": words[one.key].body},
            about_kind=ABOUT,
            about_key=str(one.key),
            made_at=now,
            mailed_at=now,
        )
        for one in rows
        if one.person is not None
    )


def _write_letters(
    mailing: Mailing, rows: Sequence[Recipient], words: Mapping[UUID, Words], *, now: datetime
) -> None:
    choices = choices_of([one.person for one in rows if one.person])
    letters, written = [], []
    for one in rows:
        choice = choices.get(one.person_id or 0)
        if choice and choice.email in (Choice.Email.URGENT, Choice.Email.NEVER):
            continue
        said = words[one.key]
        letters.append(
            Written(
                to=one.address,
                subject=said.subject,
                text=said.text,
                language=one.language,
                about=f"mailing:{mailing.key}",
                leave_url=said.leave_url,
                reply_to=mailing.reply_to,
                key=one.key,
                after=loud_moment(choice, now=now) - now if choice else timedelta(0),
            )
        )
        written.append(one.pk)
    send_letters(letters, now=now)
    sent = Recipient.objects.filter(pk__in=[one.pk for one in rows])
    sent.update(state=State.SENT)
    # A letter has the key of its recipient: one update for all, and one name to look for.
    Recipient.objects.filter(pk__in=written).update(letter_key=F("key"))
    _join_alike(mailing, rows, set(written))


def _join_alike(mailing: Mailing, rows: Sequence[Recipient], written: set[int]) -> None:
    """Note the letter with everybody else who has the same mailbox."""
    first = {one.address_folded: one for one in rows if one.pk in written}
    alike = Recipient.objects.filter(mailing=mailing, state=State.SAME, address_folded__in=first)
    for address in sorted(set(alike.values_list("address_folded", flat=True))):
        alike.filter(address_folded=address).update(letter_key=first[address].key)
