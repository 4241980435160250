"""Writing one message to many: gathered, looked at, sent once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.errands.steps import in_small_steps
from sinergia.base.journal.actions import record
from sinergia.base.letters.queries import broken_among, folded
from sinergia.engine.placeholders import NAMES, unknown_places
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line, fold
from sinergia.notices.models import Mailing, Recipient
from sinergia.notices.queries.silences import silent_among
from sinergia.people.models import Person

MOST = 5_000  # recipients: more is a newsletter, which a mail server takes for one
LONGEST_SUBJECT = 150  # characters
LONGEST_TEXT = 20_000
KNOWN = " / ".join(f"{{{name}}}" for name in NAMES)  # what may stand in braces
BATCH = 200
BATCH_PAUSE = timedelta(seconds=20)  # mail servers put off whoever sends hundreds at once
State = Recipient.State
Stage = Mailing.Stage


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to, as the sender's room knows them.

    kind, key: of the row there. address: "" where there is none. may_write: whether they agreed.
    person_id: of the account that reads it in the site too.
    """

    kind: str
    key: UUID
    name: str
    address: str
    language: str = "ru"
    person_id: int | None = None
    may_write: bool = True


def draft_mailing(
    subject: str,
    text: str,
    *,
    scope_kind: str,
    scope_key: UUID,
    addressees: Iterable[Addressee],
    actor: Person,
    now: datetime,
    query: str = "",
    reply_to: str = "",
    is_news: bool = False,
) -> Mailing:
    """Write a message to many, to be looked at before it goes; the sender's room asked access.

    is_news: whether it needs the consent of people, which is asked once more as it goes. Rows are
    written 200 at a time, so it stands outside a transaction. Raises Refused.
    """
    subject, text = clean_line(subject), clean(text).strip()
    found = list(islice(addressees, MOST + 1))
    gaps = faults_of(subject, text)
    if not found:
        gaps.append(Gap("mailing.nobody"))
    if len(found) > MOST:
        gaps.append(Gap("mailing.too_many", values={"most": MOST}))
    if gaps:
        raise Refused(gaps)
    mailing = Mailing.objects.create(
        scope_kind=scope_kind,
        scope_key=str(scope_key),
        subject=subject,
        text=text,
        reply_to=folded(reply_to),
        query=query[:1000],
        is_news=is_news,
        author=actor,
        made_at=now,
    )
    used: set[str] = set()
    for step in in_small_steps(found, BATCH):
        _gather(mailing, step, used)
    return _end_gathering(mailing, len(found), actor=actor, now=now)


@transaction.atomic
def rewrite_mailing(key: UUID, subject: str, text: str, *, actor: Person, now: datetime) -> Mailing:
    """Change the words of a draft; of one that was sent nothing changes. Raises Refused."""
    mailing = Mailing.objects.select_for_update().get(key=key)
    subject, text = clean_line(subject), clean(text).strip()
    if mailing.stage != Stage.DRAFT or (mailing.subject, mailing.text) == (subject, text):
        return mailing
    if gaps := faults_of(subject, text):
        raise Refused(gaps)
    mailing.subject, mailing.text = subject, text
    mailing.save(update_fields=["subject", "text"])
    record("mailing.rewritten", about=mailing, actor=actor, at=now)
    return mailing


@transaction.atomic
def drop_mailing(key: UUID, *, actor: Person, now: datetime) -> None:
    """Throw a draft away; one that was sent stays. Twice is harmless."""
    mailing = Mailing.objects.select_for_update().filter(key=key).first()
    if mailing is None or mailing.stage in (Stage.SENDING, Stage.SENT):
        return
    record("mailing.dropped", about=mailing, actor=actor, at=now)
    mailing.delete()


@transaction.atomic
def send_mailing(
    key: UUID, *, actor: Person, now: datetime, gone: Collection[UUID] = ()
) -> Mailing:
    """Have a draft go, once, however often the button is pressed.

    gone: recipients of whom the sender's room knows that their account speaks for them no more:
    it is not written to. Raises Refused where there is nobody whom a letter could reach.
    """
    mailing = Mailing.objects.select_for_update().get(key=key)
    if mailing.stage in (Stage.SENDING, Stage.SENT):
        return mailing
    _let_go(mailing, gone)
    waiting = Recipient.objects.filter(mailing=mailing, state=State.WAITING).count()
    if mailing.stage == Stage.GATHERING or not waiting:
        raise Refused([Gap("mailing.nobody_to_send")])
    mailing.stage, mailing.sent_at = Stage.SENDING, now
    mailing.save(update_fields=["stage", "sent_at"])
    record("mailing.started", about=mailing, actor=actor, at=now, codes={"letters": waiting})
    promise_batch(mailing, now=now, after=timedelta(0))
    return mailing


def give_turn(lost: Sequence[Recipient]) -> None:
    """Have the next row of each of these mailboxes wait for the letter: none has gone there."""
    if not lost:
        return
    addresses = {one.address_folded for one in lost}
    alike = Recipient.objects.filter(
        mailing=lost[0].mailing_id, state=State.SAME, address_folded__in=addresses
    )
    rows = alike.order_by("-pk").values_list("address_folded", "pk")
    Recipient.objects.filter(pk__in=dict(rows).values()).update(state=State.WAITING)


def promise_batch(mailing: Mailing, *, now: datetime, after: timedelta = BATCH_PAUSE) -> None:
    """Have the next letters of a mailing written; each batch is an errand of its own."""
    waiting = Recipient.objects.filter(mailing=mailing, state=State.WAITING).count()
    once = f"mailing:{mailing.key}:{waiting}"
    promise("notices.send_batch", now=now, after=after, once=once, key=mailing.key)


def record_batch(
    mailing: Mailing, recipients: Sequence[Recipient], *, actor: Person, now: datetime
) -> None:
    """One entry of the journal for a batch, with the digest of its rows."""
    digest = sha256("".join(str(one.key) for one in recipients).encode()).hexdigest()
    codes: dict[str, str | int] = {"rows": len(recipients), "digest": digest}
    record("mailing.batch_sent", about=mailing, actor=actor, at=now, codes=codes)


def faults_of(subject: str, text: str) -> list[Gap]:
    """Say everything that is amiss with the words of a message to many."""
    gaps = []
    for path, said, longest in (
        ("subject", subject, LONGEST_SUBJECT),
        ("text", text, LONGEST_TEXT),
    ):
        if not said:
            gaps.append(Gap("mailing.empty", path))
        elif len(said) > longest:
            gaps.append(Gap("mailing.too_long", path, {"longest": longest}))
        for place in unknown_places(said):
            values = {"field": f"{{{place}}}", "known": KNOWN}
            gaps.append(Gap("mailing.unknown_field", path, values))
    return gaps


@transaction.atomic
def _gather(mailing: Mailing, addressees: Sequence[Addressee], used: set[str]) -> None:
    """Write a batch of recipients with what is known of their mailboxes."""
    addresses = [one.address for one in addressees]
    broken, silent = broken_among(addresses), silent_among(addresses)
    rows = []
    for one in addressees:
        address = folded(clean_line(one.address))
        state = _state_of(one, address, broken, silent, used)
        if state == State.WAITING:
            used.add(address)
        rows.append(
            Recipient(
                mailing=mailing,
                kind=one.kind,
                of_key=one.key,
                name=clean_line(one.name)[:500],
                name_folded=fold(one.name)[:500],
                person_id=one.person_id,
                address=clean_line(one.address)[:254],
                address_folded=address[:254],
                language=one.language,
                state=state,
            )
        )
    Recipient.objects.bulk_create(rows, ignore_conflicts=True)  # the same row twice is one


def _state_of(
    one: Addressee, address: str, broken: set[str], silent: set[str], used: set[str]
) -> State:
    if not address:
        return State.NO_ADDRESS
    if not one.may_write or address in silent:
        return State.WITHHELD
    if address in broken or not _can_be(address):
        return State.BROKEN
    return State.SAME if address in used else State.WAITING


def _can_be(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _let_go(mailing: Mailing, gone: Collection[UUID]) -> None:
    """Take the mailbox from recipients; others who share it are written to still."""
    rows = Recipient.objects.select_for_update(of=("self",)).filter(
        mailing=mailing, key__in=gone, state__in=[State.WAITING, State.SAME]
    )
    lost = list(rows.order_by("pk"))
    nobody = {"state": State.NO_ADDRESS, "person": None, "address": "", "address_folded": ""}
    Recipient.objects.filter(pk__in=[one.pk for one in lost]).update(**nobody)
    give_turn([one for one in lost if one.state == State.WAITING])


@transaction.atomic
def _end_gathering(mailing: Mailing, count: int, *, actor: Person, now: datetime) -> Mailing:
    mailing.stage = Stage.DRAFT
    mailing.save(update_fields=["stage"])
    codes: dict[str, str | int] = {"rows": count}
    record("mailing.drafted", about=mailing, actor=actor, at=now, codes=codes)
    return mailing
