"""Enrolling: a place or a turn on the waiting list, leaving, being written down by the centre."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.base.letters.actions import erase_letters_about
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.engine.training import is_taking
from sinergia.notices.actions.erasing import erase_recipient
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.models import Person
from sinergia.support.access.trainings import is_own, may_keep
from sinergia.support.actions.trainings import UNDER_WAY, give_places, locked, tell_one
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries.enrolments import enrolment_under
from sinergia.support.queries.trainings import places_left

Given = Mapping[str, object]
Stage = Enrolment.Stage
FIELDS = ("name", "email", "phone", "organisation", "organisation_name", "post", "municipality")
EMPTIED = ("name", "name_folded", "email", "phone", "organisation_name", "post", "certificate")


@transaction.atomic
def enrol(
    training: Training,
    given: Given,
    *,
    language: str,
    agreed_version: int,
    person: Person | None,
    now: datetime,
) -> Enrolment:
    """Take a place, or the next turn on the waiting list where all are taken; a letter follows.

    Under one address one is enrolled once: the letter goes again, at most once an hour, and
    nothing of the row is changed, for anybody may have typed that address.
    Raises Refused where enrolment is not open, or nothing was agreed to.
    """
    row = locked(training)
    gaps = [] if is_taking(row.stage, row.starts_at, now=now) else [Gap("training.not_taking")]
    if not agreed_version:
        gaps.append(Gap("enrolment.not_agreed", "agrees"))
    if gaps:
        raise Refused(gaps)
    found = _standing(row, str(given["email"]))
    if found is not None:
        tell_one(found, "place", now=now, mark=f"{now:%Y-%m-%dT%H}")
        return found
    consent = {"agreed_at": now, "agreed_version": agreed_version}
    made = _made(row, given, now=now, person=person, language=language, **consent)
    record("enrolment.made", about=made, actor=person or made, at=now, codes=_codes(made))
    tell_one(made, "place", now=now)
    return made


@transaction.atomic
def write_down(
    training: Training, given: Given, *, language: str, actor: Person, now: datetime
) -> Enrolment:
    """Write somebody down from their words, until the training is marked as held.

    Who has an address gets the letter. Raises Refused for an address that is there already.
    """
    row = locked(training, actor)
    gaps = [] if row.stage in UNDER_WAY else [Gap("training.not_taking")]
    if _standing(row, str(given["email"])) is not None:
        gaps.append(Gap("enrolment.there_already", "email"))
    if gaps:
        raise Refused(gaps)
    made = _made(row, given, now=now, language=language)
    record("enrolment.written_down", about=made, actor=actor, at=now, codes=_codes(made))
    if now < row.ends_at:
        tell_one(made, "place", now=now)
    return made


@transaction.atomic
def change_enrolment(
    enrolment: Enrolment, given: Given, *, actor: Person, now: datetime, seen: Given | None = None
) -> Enrolment:
    """Mend what is written of somebody. Raises Refused for an address that is another's."""
    training = locked(enrolment.training, actor)
    row = _row(enrolment)
    given = touched(row, given, seen)
    address = str(given.get("email", row.email)).casefold()
    others = training.enrolments.filter(email=address).exclude(pk=row.pk)
    if address and others.exists():
        raise Refused([Gap("enrolment.there_already", "email")])
    _fill(row, given)
    row.save()
    record("enrolment.changed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def leave(enrolment: Enrolment, *, by: Person | None, now: datetime) -> Enrolment:
    """Give a place, or a turn, back; the first who waits gets it and is told. Twice is harmless.

    by: of the centre, or who enrolled under their account; none: whoever opened the link of the
    letter, which the door has looked at.
    Raises Refused where they were there, or the training is over.
    """
    training = locked(enrolment.training)
    row = _row(enrolment)
    if by is not None and not (may_keep(by, training) or is_own(by, row)):
        raise PermissionDenied
    if row.stage == Stage.LEFT:
        return row
    if row.attended_at is not None:
        raise Refused([Gap("enrolment.was_there")])
    if training.stage not in UNDER_WAY:
        raise Refused([Gap("training.other_stage")])
    row.stage = Stage.LEFT
    row.save(update_fields=["stage"])
    record("enrolment.left", about=row, actor=by or row, at=now)
    give_places(training, now=now)
    return row


@transaction.atomic
def send_link_again(training: Training, address: str, *, now: datetime) -> None:
    """Send the letter with one's own link once more, at most once an hour; nothing to strangers."""
    found = enrolment_under(training, address)
    if found is not None:
        tell_one(found, "place", now=now, mark=f"{now:%Y-%m-%dT%H}")


@transaction.atomic
def forget_enrolment(enrolment: Enrolment, *, actor: Keyed, now: datetime) -> Enrolment:
    """Empty what is written of somebody; who was there stays as a number, nameless.

    Their place goes to who waits, their certificate is nobody's, letters to them about it are
    forgotten. Twice is harmless.
    """
    training = locked(enrolment.training)
    row = _row(enrolment)
    is_empty = not row.name and not row.email and row.person_id is None
    if is_empty and (row.attended_at is not None or row.stage == Stage.LEFT):
        return row
    if row.email:
        erase_letters_about(f"support.training:{training.key}", row.email)
    erase_recipient("enrolment", row.key)
    for name in EMPTIED:
        setattr(row, name, "")
    row.organisation, row.person = None, None
    if row.attended_at is None:
        row.stage = Stage.LEFT
    row.save()
    record("enrolment.forgotten", about=row, actor=actor, at=now)
    give_places(training, now=now)
    return row


def _standing(training: Training, address: str) -> Enrolment | None:
    """Who stands under an address; of whoever left the row goes, so that they wait anew."""
    address = address.casefold()
    found = training.enrolments.filter(email=address).first() if address else None
    if found is not None and found.stage == Stage.LEFT:
        found.delete()
        return None
    return found


def _made(training: Training, given: Given, *, now: datetime, **more: object) -> Enrolment:
    left = places_left(training)
    stage = Stage.ENROLLED if left is None or left else Stage.WAITING
    row = Enrolment(training=training, stage=stage, enrolled_at=now, **more)
    _fill(row, given)
    row.save()
    return row


def _fill(row: Enrolment, given: Given) -> None:
    for name in FIELDS:
        if name in given:
            setattr(row, name, given[name])
    row.name, row.email = clean_line(row.name), row.email.casefold()
    row.name_folded = fold(row.name)[:200]


def _row(enrolment: Enrolment) -> Enrolment:
    """Read anew under the lock of its training, which every change of it takes."""
    rows = Enrolment.objects.select_related("organisation", "municipality")
    return rows.get(pk=enrolment.pk)


def _codes(row: Enrolment) -> dict[str, str | int]:
    return {"training": str(row.training.key), "stage": row.stage}
