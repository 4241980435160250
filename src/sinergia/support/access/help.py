"""Consultations are a centre's own; a request is also of whoever asked."""

from uuid import UUID

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from sinergia.organisations.access import acts_for, may_lead, may_speak_for, works_at
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.support.models import Request


def may_log(person: Person, centre: Centre) -> bool:
    """Whoever works at a centre writes down and reads what it helped with; no other centre."""
    return works_at(person, centre)


def may_set_help(person: Person, centre: Centre) -> bool:
    """Topics and sources of money are set by the head of the centre."""
    return works_at(person, centre) and may_lead(person, centre)


def may_ask_for(person: Person, organisation: Organisation) -> bool:
    """Anybody of an organisation's team asks for help in its name."""
    return acts_for(person, organisation)


def may_follow(person: Person, request: Request) -> bool:
    """Whoever asked, and leaders of the organisation in whose name it was asked here."""
    if not person.is_active or request.person_id is None:
        return False
    if request.person_id == person.pk:
        return True
    return request.organisation is not None and may_speak_for(person, request.organisation)


def may_close(person: Person, request: Request) -> bool:
    """The centre, and whoever asked: they may need it no more."""
    return works_at(person, request.centre) or may_follow(person, request)


def appointment_token(key: UUID) -> str:
    """The part of the address of an appointment's calendar that nobody can guess."""
    return Signer(salt="sinergia.support.appointment").signature(str(key))


def may_open_appointment(key: UUID, token: str) -> bool:
    """Whether a link is one that we wrote."""
    return constant_time_compare(appointment_token(key), token)
