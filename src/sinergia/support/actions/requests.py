"""Help is asked for, taken, appointed, answered, closed; whoever asked is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.notices.actions import tell
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.support.access.help import may_ask_for, may_close, may_log
from sinergia.support.actions.clients import ClientGiven, write_client
from sinergia.support.actions.indexing import index_requests
from sinergia.support.models import Client, Request, Topic
from sinergia.support.queries.consultations import of_request
from sinergia.support.queries.requests import OPEN, centre_for, open_requests_of, staff_of

MOST_OPEN = 20  # of one person
TEXT = 5_000  # characters
WORDS = 500
AT_HAND = timedelta(hours=1)  # before an appointed hour: what answers then is the meeting itself
Stage = Request.Stage


@dataclass(frozen=True)
class Asked:
    """What is asked. organisation: in whose name; project: about which."""

    text: str
    organisation: Organisation | None = None
    project: Project | None = None
    topic: Topic | None = None


@dataclass(frozen=True)
class Noted:
    """The same from somebody's words. told_by: whose; client or made: where it is nobody's."""

    asked: Asked
    told_by: str = ""
    channel: str = ""
    client: Client | None = None
    made: ClientGiven | None = None


@transaction.atomic
def ask_for_help(
    key: UUID, asked: Asked, centre: Centre | None, *, actor: Person, now: datetime
) -> Request:
    """Ask the centre of one's region; one key is one request, a page gone back to another.

    centre: for somebody who asks for themselves alone; an organisation asks the one that serves
    its region. Raises Refused where no centre does, or nothing is said.
    """
    organisation = asked.organisation
    _allow(asked, actor)
    Person.objects.select_for_update().get(pk=actor.pk)
    text = clean(asked.text).strip()[:TEXT]
    key, there = _keyed(key, (str(organisation.key) if organisation else "", text))
    if there is not None:
        if there.person_id != actor.pk:
            raise PermissionDenied
        return there
    if organisation is not None:
        centre = centre_for(organisation.region_id)
    centre = _askable(actor, text, centre)
    topic = asked.topic if asked.topic and asked.topic.centre_id == centre.pk else None
    made = Request.objects.create(
        key=key,
        centre=centre,
        organisation=organisation,
        person=actor,
        project=asked.project,
        topic=topic,
        text=text,
        asked_at=now,
    )
    index_requests(Request.objects.filter(pk=made.pk))
    record("request.asked", about=made, actor=actor, at=now)
    url = reverse("help:request", args=[made.key])
    for person in staff_of(centre):
        tell(person, "support.request_asked", now=now, about=made, url=url)
    return made


@transaction.atomic
def note_request(
    centre: Centre, key: UUID, noted: Noted, *, actor: Person, now: datetime
) -> Request:
    """Write a request down from somebody's words; one key is one request, as above."""
    centre = Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    if not may_log(actor, centre):
        raise PermissionDenied
    text = clean(noted.asked.text).strip()[:TEXT]
    who = noted.asked.organisation or noted.client
    named = str(who.key) if who is not None else clean_line(noted.made.name) if noted.made else ""
    key, there = _keyed(key, (named, text))
    if there is not None:
        if there.centre_id != centre.pk:
            raise PermissionDenied
        return there
    if not text:
        raise Refused([Gap("request.no_text", "text")])
    client = noted.client
    if noted.made is not None:
        client = write_client(centre, noted.made, actor=actor, now=now)
    topic = noted.asked.topic
    made = Request.objects.create(
        key=key,
        centre=centre,
        organisation=noted.asked.organisation,
        client=client,
        topic=topic if topic and topic.centre_id == centre.pk else None,
        channel=noted.channel,
        text=text,
        told_by=clean_line(noted.told_by)[:200],
        asked_at=now,
    )
    index_requests(Request.objects.filter(pk=made.pk))
    record("request.noted", about=made, actor=actor, at=now)
    return made


@transaction.atomic
def take_request(request: Request, *, actor: Person, now: datetime) -> Request:
    """Take it upon oneself, also from a colleague; whoever asked is told the first time."""
    row = _locked(request, actor)
    if row.taken_by_id == actor.pk and row.stage == Stage.TAKEN:
        return row
    is_first = row.stage == Stage.ASKED
    row.taken_by, row.stage = actor, Stage.TAKEN
    row.save(update_fields=["taken_by", "stage"])
    record("request.taken", about=row, actor=actor, at=now)
    if is_first:
        _tell(row, "support.request_taken", now=now)
    return row


@transaction.atomic
def appoint(request: Request, at: datetime, where: str, *, actor: Person, now: datetime) -> Request:
    """Say when and where somebody is expected; they are told, with an address for a calendar.

    Raises Refused for a moment that has passed, or no place.
    """
    row = _locked(request, actor)
    where = clean_line(where)[:300]
    gaps = [] if at > now else [Gap("request.past", "on")]
    gaps += [] if where else [Gap("request.no_place", "where")]
    if gaps:
        raise Refused(gaps)
    if (row.appointed_at, row.appointed_where) == (at, where):
        return row
    row.appointed_at, row.appointed_where = at, where
    row.stage, row.taken_by = Stage.TAKEN, row.taken_by or actor
    row.save(update_fields=["appointed_at", "appointed_where", "stage", "taken_by"])
    record("request.appointed", about=row, actor=actor, at=now)
    _tell_appointed(row, now=now)
    return row


@transaction.atomic
def close_request(request: Request, why: str, *, actor: Person, now: datetime) -> Request:
    """Close it without an answer, with words; whoever asked is told where it was not they."""
    row = _locked(request, actor, closes=True)
    why = clean_line(why)[:WORDS]
    if not why:
        raise Refused([Gap("request.no_words", "why")])
    row.stage, row.why, row.settled_at = Stage.CLOSED, why, now
    row.save(update_fields=["stage", "why", "settled_at"])
    record("request.closed", about=row, actor=actor, at=now)
    if row.person_id != actor.pk:
        _tell(row, "support.request_closed", now=now)
    _call_off(row, from_=now, now=now)
    return row


def note_answer(
    request: Request, reply: str, *, centre: Centre, actor: Person, now: datetime
) -> None:
    """Note that a consultation has answered it: a part of actions that have asked and locked."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    row = rows.get(pk=request.pk)
    if row.centre_id != centre.pk:
        raise PermissionDenied
    row.reply = clean(reply).strip()[:TEXT] or row.reply
    is_first = row.stage != Stage.ANSWERED
    row.stage, row.settled_at, row.taken_by = Stage.ANSWERED, now, row.taken_by or actor
    row.save(update_fields=["reply", "stage", "settled_at", "taken_by"])
    record("request.answered", about=row, actor=actor, at=now)
    if is_first or reply.strip():
        _tell(row, "support.request_answered", now=now)
    if is_first:
        _call_off(row, from_=now + AT_HAND, now=now)


def note_unanswered(request_pk: int, *, actor: Person, now: datetime) -> None:
    """Take it into work again once nothing answers it: a part of actions that have locked.

    An appointment still ahead stands again, and is told anew: it may have been called off.
    """
    row = Request.objects.select_for_update().get(pk=request_pk)
    if row.stage != Stage.ANSWERED or of_request(row.pk).exists():
        return
    row.stage, row.settled_at = Stage.TAKEN, None
    row.save(update_fields=["stage", "settled_at"])
    record("request.reopened", about=row, actor=actor, at=now)
    _tell_appointed(row, now=now)


def note_answered_again(request_pk: int, *, actor: Person, now: datetime) -> None:
    """Undo that; whoever asked has been told already. One closed meanwhile stays closed."""
    row = Request.objects.select_for_update().get(pk=request_pk)
    if row.stage not in OPEN:
        return
    row.stage, row.settled_at = Stage.ANSWERED, now
    row.save(update_fields=["stage", "settled_at"])
    record("request.answered", about=row, actor=actor, at=now)
    _call_off(row, from_=now + AT_HAND, now=now)


def _allow(asked: Asked, actor: Person) -> None:
    organisation = asked.organisation
    if organisation is not None and not may_ask_for(actor, organisation):
        raise PermissionDenied
    if asked.project is not None and asked.project.organisation != organisation:
        raise PermissionDenied


def _keyed(key: UUID, told: tuple[str, str]) -> tuple[UUID, Request | None]:
    """The key of what is asked, and the row that has it already. told: who, and what.

    A page to which somebody went back has the key of what they asked first: something else asked
    there has one made of both.
    """
    there = _there(key)
    if there is None or told in _told_of(there):
        return key, there
    other = uuid5(key, " ".join(told))
    return other, _there(other)


def _there(key: UUID) -> Request | None:
    return Request.objects.select_related("organisation", "client").filter(key=key).first()


def _told_of(row: Request) -> list[tuple[str, str]]:
    """Who asked, by key and, of somebody who was new, by name; and what."""
    who = row.organisation or row.client
    names = [str(who.key)] if who is not None else [""]
    names += [row.client.name] if row.client is not None else []
    return [(name, row.text) for name in names]


def _askable(actor: Person, text: str, centre: Centre | None) -> Centre:
    """The centre that is asked; Refused with everything that is in the way."""
    gaps = [] if text else [Gap("request.no_text", "text")]
    gaps += [] if centre is not None else [Gap("request.no_centre", "centre")]
    if open_requests_of(actor) >= MOST_OPEN:
        gaps.append(Gap("request.too_many", values={"most": MOST_OPEN}))
    if gaps or centre is None:
        raise Refused(gaps)
    return centre


def _locked(request: Request, actor: Person, *, closes: bool = False) -> Request:
    """The row, locked, for whoever may; Refused once it is settled."""
    rows = Request.objects.select_for_update(of=("self",)).select_related(
        "centre__organisation", "person", "organisation"
    )
    row = rows.get(pk=request.pk)
    if not (may_close(actor, row) if closes else may_log(actor, row.centre)):
        raise PermissionDenied
    if row.stage not in OPEN:
        raise Refused([Gap("request.settled")])
    return row


def _tell_appointed(row: Request, *, now: datetime) -> None:
    """Have whoever asked told when and where they are expected, where that is still ahead."""
    if row.appointed_at is not None and row.appointed_at > now:
        at, where, mark = row.appointed_at.isoformat(), row.appointed_where, now.isoformat()
        promise("support.tell_appointed", now=now, key=row.key, at=at, where=where, mark=mark)


def _call_off(row: Request, *, from_: datetime, now: datetime) -> None:
    """Have whoever has no account told by letter that nobody expects them; later than `from_`."""
    if row.appointed_at is not None and row.appointed_at > from_:
        promise("support.tell_called_off", now=now, key=row.key, mark=now.isoformat())


def _tell(row: Request, code: str, *, now: datetime) -> None:
    """Tell whoever asked here; from whose words it was written is phoned."""
    if row.person is not None and row.person.is_active:
        url = reverse("help:own", args=[row.key])
        tell(row.person, code, now=now, about=row, url=url)
