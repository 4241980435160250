"""What this room holds about a person."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from sinergia.people.models import Person
from sinergia.support.models import Client, Consultation, Request


def clients_that_are(person: Person, addresses: Sequence[str]) -> QuerySet[Client]:
    """As whom centres know somebody: joined to the account, or under one of its addresses."""
    theirs = Q(person=person) | Q(reach__in=addresses)
    return Client.objects.filter(theirs, erased_at=None).order_by("pk")


def requests_by(person: Person) -> QuerySet[Request]:
    """What somebody asked of centres."""
    return Request.objects.filter(person=person).exclude(text="").order_by("pk")


def said_to(person: Person) -> QuerySet[Consultation]:
    """What was asked and answered when somebody themselves was helped."""
    rows = Consultation.objects.filter(client__person=person).exclude(text="")
    return rows.order_by("pk")
