"""What this room holds about a person."""

from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet

from sinergia.base.letters.queries import folded
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_of
from sinergia.support.models import Client, Consultation, Reading, Remark, Request


def clients_that_are(person: Person, addresses: Sequence[str]) -> QuerySet[Client]:
    """As whom centres know somebody: joined to the account, or under one of its addresses.

    Who was written down when their own request was answered are they as well.
    """
    answered = Consultation.objects.filter(asked_for_oneself(person)).values("client")
    # Not who was chosen from the list instead, their child say: they have lines of their own.
    others = Consultation.objects.filter(client__isnull=False).exclude(asked_for_oneself(person))
    is_one = Q(kind=Client.Kind.PERSON, person=None, pk__in=answered)
    is_one &= ~Q(pk__in=others.values("client"))
    theirs = Q(person=person) | Q(reach__in=[*addresses, *map(folded, addresses)])
    return Client.objects.filter(theirs | is_one, erased_at=None).order_by("pk")


def client_of(centre: Centre, person: Person) -> Client | None:
    """As whom a centre knows somebody with an account."""
    rows = clients_that_are(person, addresses_of(person))
    return rows.filter(centre=centre, kind=Client.Kind.PERSON).first()


def asked_for_oneself(person: Person) -> Q:
    """Consultations that answered what somebody asked for themselves, in nobody else's name."""
    its = Q(request__person=person, request__organisation=None)
    return its & Q(client__isnull=False)


def requests_by(person: Person) -> QuerySet[Request]:
    """What somebody asked of centres."""
    return Request.objects.filter(person=person).exclude(text="").order_by("pk")


def said_to(person: Person, known: Collection[Client]) -> QuerySet[Consultation]:
    """What was asked and answered when somebody themselves was helped. known: as whom they are."""
    theirs = asked_for_oneself(person) | Q(client__in=known)
    return Consultation.objects.filter(theirs).exclude(text="").order_by("pk")


def remarks_by(person: Person) -> QuerySet[Remark]:
    """What somebody said beside projects, but for what they took back."""
    return Remark.objects.filter(author=person).exclude(text="").order_by("pk")


def readings_of(person: Person) -> QuerySet[Reading]:
    """Drafts that somebody asked to be read, or read."""
    theirs = Q(asked_by=person.key) | Q(reader=person)
    return Reading.objects.filter(theirs).order_by("pk")
