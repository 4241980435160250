"""Who keeps trainings, and who proves to be the one that is enrolled."""

from uuid import UUID

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from sinergia.organisations.access import works_at
from sinergia.people.models import Person
from sinergia.support.models import Enrolment, Training


def may_keep(person: Person, training: Training) -> bool:
    """Whoever works at the centre that holds it."""
    return works_at(person, training.centre)


def is_own(person: Person, row: Enrolment) -> bool:
    """Whether somebody enrolled under their account."""
    return person.is_active and row.person_id == person.pk


def own_token(key: UUID) -> str:
    """The part of a link to one's own enrolment that nobody can guess."""
    return Signer(salt="sinergia.support.enrolment").signature(str(key))


def may_open_own(key: UUID, token: str) -> bool:
    """Whether such a link is one that we wrote."""
    return constant_time_compare(own_token(key), token)
