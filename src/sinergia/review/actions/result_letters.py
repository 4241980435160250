"""Letters of a result: each reader once, in steps; one of them again by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.base.letters.actions import Written, send_letters, trust_address
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import Message, tell_urgently
from sinergia.people.models import Person
from sinergia.review.access import may_run
from sinergia.review.models import Publication, ResultLetter
from sinergia.review.queries.letters import Reader

CODE = "review.result"
State = ResultLetter.State


@dataclass(frozen=True)
class Letter:
    """What one reader is told. values: of the sentence; subject, text: for a bare mailbox."""

    reader: Reader
    values: Mapping[str, str]
    url: str
    subject: str = ""
    text: str = ""


@transaction.atomic
def queue_letters(letters: Sequence[Letter], *, now: datetime) -> int:
    """Tell some readers; whoever was told is passed over. Give how many are new."""
    awards = {one.reader.award.pk for one in letters}
    rows = ResultLetter.objects.filter(award__in=awards).values_list("award", "person")
    there = set(rows)
    made = [
        (_row(one.reader, now=now), one)
        for one in letters
        if (one.reader.award.pk, one.reader.person and one.reader.person.pk) not in there
    ]
    _send(made, now=now)
    ResultLetter.objects.bulk_create(row for row, _ in made)
    return len(made)


@transaction.atomic
def tell_once_more(letters: Sequence[Letter], *, now: datetime) -> None:
    """Tell readers what is other by now, as that they moved up, where they are reached by now.

    Whose row is new gets one.
    """
    for one in letters:
        rows = ResultLetter.objects.filter(award=one.reader.award, person=one.reader.person)
        row = rows.first()
        if row is None:
            queue_letters([one], now=now)
            continue
        row.state, row.address = one.reader.state, one.reader.address[:254]
        _send([(row, one)], now=now)
        if row.person is not None or row.state == State.MAILED:
            row.again_at = now
        row.save()


@transaction.atomic
def send_again(row: ResultLetter, letter: Letter, *, actor: Person, now: datetime) -> ResultLetter:
    """Send one reader their letter once more, to the address that they have by now.

    Who reads it instead of them by now is told as everybody was. Raises Refused where there is
    still no address, and where they have a letter of their own.
    """
    contest = Contest.objects.select_for_update().get(pk=row.award.examination.contest_id)
    if not may_run(actor, contest):
        raise PermissionDenied
    held = ResultLetter.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not Publication.objects.filter(contest=contest, stage="published").exists():
        raise Refused([Gap("letters.not_published")])
    address, person = letter.reader.address, letter.reader.person
    if not address:
        raise Refused([Gap("letters.nobody")])
    is_new = person is not None and person.pk != held.person_id
    if is_new and ResultLetter.objects.filter(award=held.award_id, person=person).exists():
        raise Refused([Gap("letters.of_others")])
    trust_address(address, actor=actor, now=now)
    if is_new and held.person_id is not None:
        queue_letters([letter], now=now)  # that the other was told stays
    else:
        _send_again(held, letter, is_new=is_new, now=now)
    record("results.letter_again", about=held, actor=actor, at=now)
    return held


def _send_again(held: ResultLetter, letter: Letter, *, is_new: bool, now: datetime) -> None:
    """is_new: its reader was not told yet, on the site either."""
    reader = letter.reader
    held.person, held.again_at, held.address = reader.person, now, reader.address[:254]
    held.language = reader.language
    held.state = State.TOLD if reader.person is not None else State.MAILED
    if is_new:
        _send([(held, letter)], now=now)
    else:
        written = _written(held, letter)
        send_letters([written], now=now)
        held.letter_key = written.key
    held.save()


def erase_personal_data_of(person: Person) -> int:
    """Forget to which addresses results went; that there was a letter stays. Give how many."""
    return ResultLetter.objects.filter(person=person).update(address="", person=None)


def _row(reader: Reader, *, now: datetime) -> ResultLetter:
    return ResultLetter(
        award=reader.award,
        person=reader.person,
        address=reader.address[:254],
        language=reader.language,
        state=reader.state,
        queued_at=now,
    )


def _send(rows: Sequence[tuple[ResultLetter, Letter]], *, now: datetime) -> None:
    """In the site and by e-mail to whoever has an account; else to the mailbox, if there is one."""
    told = [(row, _message(one, one.reader.person)) for row, one in rows if one.reader.person]
    notices = tell_urgently([message for _, message in told], now=now)
    for (row, _), notice in zip(told, notices, strict=True):
        row.notice_key = notice.key
    mailed = [(row, one) for row, one in rows if row.state == State.MAILED]
    written = [_written(row, one) for row, one in mailed]
    send_letters(written, now=now)
    for (row, _), letter in zip(mailed, written, strict=True):
        row.letter_key = letter.key


def _message(one: Letter, person: Person) -> Message:
    return Message(person, CODE, one.values, about=one.reader.award, url=one.url)


def _written(row: ResultLetter, one: Letter) -> Written:
    about = f"result:{row.key}"
    return Written(one.reader.address, one.subject, one.text, row.language, about)
