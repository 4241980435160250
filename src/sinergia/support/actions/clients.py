"""People and groups whom a centre helps: written down, corrected, forgotten."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from sinergia.base.journal.actions import Keyed, record
from sinergia.base.letters.actions import erase_letters_about
from sinergia.base.letters.queries import folded
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase
from sinergia.places.models import Municipality
from sinergia.support.access.help import may_log
from sinergia.support.actions.indexing import index_consultations, index_requests
from sinergia.support.models import Client, Consultation, NextStep, Request
from sinergia.support.queries.held import asked_for_oneself, clients_that_are

NAME = 200  # characters


@dataclass(frozen=True)
class ClientGiven:
    """Who they are. agreed_on: the day of their consent to be written down here.

    person: their account, where they asked under it.
    """

    name: str
    kind: str = Client.Kind.PERSON
    reach: str = ""
    municipality: Municipality | None = None
    agreed_on: date | None = None
    person: Person | None = None


def write_client(centre: Centre, given: ClientGiven, *, actor: Keyed, now: datetime) -> Client:
    """Write down somebody new: a part of actions that have asked and locked.

    Raises Refused where there is no name.
    """
    name = clean_line(given.name)[:NAME]
    if not fold(name):
        raise Refused([Gap("client.no_name", "who")])
    made = Client.objects.create(
        centre=centre,
        kind=given.kind,
        name=name,
        name_folded=fold(name)[:NAME],
        reach=_reach(given),
        municipality=given.municipality,
        person=given.person,
        agreed_on=given.agreed_on,
        made_at=now,
    )
    record("client.written", about=made, actor=actor, at=now, codes={"kind": made.kind})
    return made


@transaction.atomic
def change_client(client: Client, given: ClientGiven, *, actor: Person, now: datetime) -> Client:
    """Correct what stands of somebody. Raises Refused of one who was erased, or without a name."""
    row = _locked(client, actor)
    name = clean_line(given.name)[:NAME]
    gaps = [Gap("client.erased")] if row.erased_at else []
    gaps += [] if fold(name) else [Gap("client.no_name", "name")]
    if gaps:
        raise Refused(gaps)
    written = {
        "name": name,
        "name_folded": fold(name)[:NAME],
        "kind": given.kind,
        "reach": _reach(given),
        "municipality": given.municipality,
        "agreed_on": given.agreed_on,
    }
    if all(getattr(row, name) == value for name, value in written.items()):
        return row
    for field, value in written.items():
        setattr(row, field, value)
    row.save(update_fields=list(written))
    index_consultations(Consultation.objects.filter(client=row))
    index_requests(Request.objects.filter(client=row))
    record("client.changed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def erase_client(client: Client, *, actor: Person, now: datetime) -> Client:
    """Forget who somebody is and what was said; that help was given stays a number.

    Twice is harmless.
    """
    row = _locked(client, actor)
    if row.erased_at is None:
        empty_client(row, now=now)
        record("client.erased", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def erase_personal_data_of(person: Person, *, now: datetime) -> int:
    """Empty what centres hold of a person whom they helped; give how many rows were touched.

    What they asked in an organisation's name stays the organisation's. Call it before the
    account's address is emptied.
    """
    found = clients_that_are(person, addresses_to_erase(person))
    clients = list(found.select_for_update())
    for row in clients:
        empty_client(row, now=now)
    asked = Request.objects.filter(person=person, organisation=None)
    touched = [*asked.values_list("pk", flat=True)]
    _empty_requests(asked)
    _empty_log(Consultation.objects.filter(asked_for_oneself(person)))
    index_requests(Request.objects.filter(pk__in=touched))
    return len(clients) + len(touched)


def empty_client(row: Client, *, now: datetime) -> None:
    """The same of one row, whoever asked for it; letters about its appointments go as well."""
    asked = Request.objects.filter(client=row)
    for one in asked if row.reach else ():
        erase_letters_about(f"support.request:{one.key}", row.reach)
    row.name = row.name_folded = row.reach = ""
    row.organisation = row.person = row.municipality = None
    row.erased_at = now
    row.save()
    _empty_log(Consultation.objects.filter(client=row))
    _empty_requests(asked)
    index_requests(asked)


def _empty_log(rows: QuerySet[Consultation]) -> None:
    touched = list(rows.values_list("pk", flat=True))
    log = Consultation.objects.filter(pk__in=touched)
    log.update(text="")
    NextStep.objects.filter(consultation__in=touched).update(what="")
    index_consultations(log)


def _empty_requests(rows: QuerySet[Request]) -> None:
    rows.exclude(why="").update(why="—")  # a closed one has to have words
    rows.update(text="", told_by="", reply="", appointed_where="")


def _locked(client: Client, actor: Person) -> Client:
    rows = Client.objects.select_for_update(of=("self",)).select_related("centre")
    row = rows.get(pk=client.pk)
    if not may_log(actor, row.centre):
        raise PermissionDenied
    return row


def _reach(given: ClientGiven) -> str:
    """An address as all addresses are kept; a telephone as it was typed."""
    reach = clean_line(given.reach)
    return folded(reach) if "@" in reach and " " not in reach else reach
