"""A consultation: written down in a line, corrected, removed and put back, its next step done."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.organisations.actions.notes import note_meeting
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality
from sinergia.support.access.help import may_log
from sinergia.support.actions.clients import ClientGiven, write_client
from sinergia.support.actions.indexing import index_consultations
from sinergia.support.actions.requests import note_answer, note_answered_again, note_unanswered
from sinergia.support.models import Client, Consultation, MoneySource, NextStep, Request, Topic
from sinergia.support.queries.held import client_of

OLDEST = 2000  # year: what is said to be before it was mistyped
LONGEST = 1440  # minutes
STEP = 500  # characters


@dataclass(frozen=True)
class Whom:
    """Who was helped: one of the three. made: somebody new, written down together with it."""

    organisation: Organisation | None = None
    client: Client | None = None
    made: ClientGiven | None = None


@dataclass(frozen=True)
class Consulted:
    """What happened. municipality: none for that of whoever was helped."""

    held_on: date
    channel: str
    topic: Topic
    minutes: int
    result: str = Consultation.Result.SOLVED
    text: str = ""
    source: MoneySource | None = None
    municipality: Municipality | None = None
    next_what: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Answering:
    """The request that a consultation answers, and what whoever asked is told."""

    request: Request | None = None
    reply: str = field(default="")


@transaction.atomic
def write_consultation(
    centre: Centre,
    key: UUID,
    whom: Whom,
    told: Consulted,
    *,
    actor: Person,
    now: datetime,
    answering: Answering | None = None,
) -> Consultation:
    """Write one consultation down; one key is one, however often it is sent.

    key: made where it was written. Raises Refused with everything that is wrong at once.
    """
    centre = Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    if not may_log(actor, centre):
        raise PermissionDenied
    answering = answering or Answering()
    whom = _whom_answered(centre, whom, answering.request)
    key, there = _keyed(centre, key, whom, told)
    if there is not None:
        return there
    _refuse(centre, told, now=now)
    client = _client(centre, whom, actor=actor, now=now)
    made = Consultation.objects.create(
        key=key,
        centre=centre,
        organisation=whom.organisation,
        client=client,
        request=answering.request,
        project=answering.request.project if answering.request else None,
        consultant=actor,
        made_at=now,
        changed_at=now,
        **_columns(told, whom.organisation, client),
    )
    _write_step(made, told)
    _met(made)
    index_consultations(Consultation.objects.filter(pk=made.pk))
    record("consultation.written", about=made, actor=actor, at=now)
    if answering.request is not None:
        note_answer(answering.request, answering.reply, centre=centre, actor=actor, now=now)
    return made


@transaction.atomic
def change_consultation(
    consultation: Consultation,
    whom: Whom,
    told: Consulted,
    *,
    actor: Person,
    now: datetime,
    seen: datetime | None = None,
) -> Consultation:
    """Write it anew. seen: when it was changed last, as the form showed it.

    Raises Refused where somebody else has changed it since, it was removed, or a value is wrong.
    """
    row = _locked(consultation, actor)
    if row.removed_at is not None:
        raise Refused([Gap("consultation.removed")])
    if seen is not None and seen != row.changed_at:
        raise Refused([Gap("consultation.changed_meanwhile")])
    _refuse(row.centre, told, now=now)
    client = _client(row.centre, whom, actor=actor, now=now)
    row.organisation, row.client, row.changed_at = whom.organisation, client, now
    for name, value in _columns(told, whom.organisation, client).items():
        setattr(row, name, value)
    row.save()
    _write_step(row, told)
    _met(row)
    index_consultations(Consultation.objects.filter(pk=row.pk))
    record("consultation.changed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def remove_consultation(row: Consultation, *, actor: Person, now: datetime) -> Consultation:
    """Take one out that was written by mistake: it counts no more. Twice is harmless.

    A request that nothing answers any more is in work again.
    """
    row = _locked(row, actor)
    if row.removed_at is None:
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        record("consultation.removed", about=row, actor=actor, at=now)
        if row.request_id is not None:
            note_unanswered(row.request_id, actor=actor, now=now)
    return row


@transaction.atomic
def put_back_consultation(row: Consultation, *, actor: Person, now: datetime) -> Consultation:
    """Undo that it was removed; it answers its request again."""
    row = _locked(row, actor)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        record("consultation.put_back", about=row, actor=actor, at=now)
        if row.request_id is not None:
            note_answered_again(row.request_id, actor=actor, now=now)
    return row


@transaction.atomic
def tick_step(row: Consultation, *, is_done: bool, actor: Person, now: datetime) -> Consultation:
    """Note that the next step is done, or is not after all."""
    row = _locked(row, actor)
    step = NextStep.objects.select_for_update().filter(consultation=row).first()
    if step is None or (step.done_at is not None) == is_done:
        return row
    step.done_at, step.done_by = (now, actor.key) if is_done else (None, None)
    step.save(update_fields=["done_at", "done_by"])
    if is_done:
        record("consultation.step_done", about=row, actor=actor, at=now)
    else:
        record("consultation.step_undone", about=row, actor=actor, at=now)
    return row


def _locked(consultation: Consultation, actor: Person) -> Consultation:
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("centre")
    row = rows.get(pk=consultation.pk)
    if not may_log(actor, row.centre):
        raise PermissionDenied
    return row


def _whom_answered(centre: Centre, whom: Whom, request: Request | None) -> Whom:
    """Whoever asked for themselves is one person to a centre, known as that by their account."""
    person = request.person if request is not None and request.organisation is None else None
    if person is None or whom.made is None or whom.made.kind != Client.Kind.PERSON:
        return whom
    known = client_of(centre, person)
    return Whom(made=replace(whom.made, person=person)) if known is None else Whom(client=known)


def _client(centre: Centre, whom: Whom, *, actor: Person, now: datetime) -> Client | None:
    """Who was helped where it was no organisation; somebody new is written down."""
    if whom.made is None:
        return whom.client
    return write_client(centre, whom.made, actor=actor, now=now)


def _columns(
    told: Consulted, organisation: Organisation | None, client: Client | None
) -> dict[str, object]:
    of_whom = client.municipality if client else organisation and organisation.municipality
    return {
        "held_on": told.held_on,
        "channel": told.channel,
        "topic": told.topic,
        "minutes": told.minutes,
        "result": told.result,
        "text": clean(told.text).strip(),
        "source": told.source,
        "municipality": told.municipality or of_whom,
    }


def _refuse(centre: Centre, told: Consulted, *, now: datetime) -> None:
    gaps = [*_gaps_of_day(told, now=now), *_gaps_of_step(told)]
    if not 1 <= told.minutes <= LONGEST:
        gaps.append(Gap("consultation.minutes", "minutes", {"most": LONGEST}))
    if told.topic.centre_id != centre.pk:
        gaps.append(Gap("consultation.topic", "topic"))
    source = told.source
    if source is not None and source.centre_id != centre.pk:
        gaps.append(Gap("consultation.source", "source"))
    elif source is not None and not _pays(source, told.held_on):
        gaps.append(Gap("consultation.source_ended", "source"))
    if gaps:
        raise Refused(gaps)


def _gaps_of_day(told: Consulted, *, now: datetime) -> list[Gap]:
    if told.held_on > timezone.localdate(now):
        return [Gap("consultation.not_yet", "held_on")]
    if told.held_on.year < OLDEST:
        return [Gap("consultation.too_old", "held_on", {"year": OLDEST})]
    return []


def _gaps_of_step(told: Consulted) -> list[Gap]:
    if bool(clean_line(told.next_what)) != (told.next_on is not None):
        return [Gap("consultation.step_half", "next_on" if told.next_on is None else "next_what")]
    if told.next_on is not None and told.next_on < told.held_on:
        return [Gap("consultation.step_before", "next_on")]
    return []


def _pays(source: MoneySource, on: date) -> bool:
    return (source.since is None or source.since <= on) and (
        source.until is None or on <= source.until
    )


def _write_step(row: Consultation, told: Consulted) -> None:
    what = clean_line(told.next_what)[:STEP]
    step = NextStep.objects.filter(consultation=row).first()
    if told.next_on is None:
        NextStep.objects.filter(consultation=row).delete()
    elif step is None:
        NextStep.objects.create(consultation=row, what=what, on=told.next_on)
    elif (step.what, step.on) != (what, told.next_on):
        if step.on != told.next_on:  # what is to be done on another day is not done yet
            step.reminded_at, step.done_at, step.done_by = None, None, None
        step.what, step.on = what, told.next_on
        step.save(update_fields=["what", "on", "reminded_at", "done_at", "done_by"])


def _met(row: Consultation) -> None:
    if row.organisation is not None:
        note_meeting(row.centre, row.organisation, row.held_on)


def _keyed(
    centre: Centre, key: UUID, whom: Whom, told: Consulted
) -> tuple[UUID, Consultation | None]:
    """The key of what is written, and the row that has it already.

    A page to which somebody went back has the key of what they wrote first: another consultation
    written there has one made of both.
    """
    who = whom.organisation or whom.client
    name = str(who.key) if who is not None else whom.made.name if whom.made else ""
    content = f"{name} {told.held_on} {told.topic.key} {told.minutes} {told.text}"
    for one in (key, uuid5(key, content)):
        there = Consultation.objects.filter(key=one).first()
        if there is None:
            return one, None
        if there.centre_id != centre.pk:
            raise PermissionDenied
        if _is_same(there, whom, told):
            return one, there
    return one, there


def _is_same(there: Consultation, whom: Whom, told: Consulted) -> bool:
    client = there.client
    if whom.made is not None:
        is_them = client is not None and client.name == clean_line(whom.made.name)
    else:
        is_them = (there.organisation, client) == (whom.organisation, whom.client)
    return is_them and (there.held_on, there.topic_id, there.minutes, there.text) == (
        *(told.held_on, told.topic.pk, told.minutes),
        clean(told.text).strip(),
    )
