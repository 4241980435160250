"""What waits for somebody: of a centre, and of an organisation's people."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.organisations.models import (
    Centre,
    Claim,
    Head,
    Membership,
    Organisation,
)
from sinergia.people.models import Person

TERM_ENDS_SOON = timedelta(days=60)  # an election takes a month, its registration another


def terms_ending(centre: Centre, *, today: date) -> QuerySet[Head]:
    """Heads in the centre's regions whose term has ended, or ends soon, with nobody after them."""
    later = Head.objects.filter(organisation=OuterRef("organisation")).filter(
        Q(until=None) | Q(until__gte=today + TERM_ENDS_SOON)
    )
    heads = Head.objects.filter(organisation__region__in=centre.regions.values("region"))
    ending = heads.filter(until__lt=today + TERM_ENDS_SOON).exclude(Exists(later))
    return ending.select_related("organisation__municipality")


def claims_waiting(centre: Centre) -> QuerySet[Claim]:
    """Requests to act for organisations of the centre's regions that nobody has answered."""
    theirs = Claim.objects.filter(organisation__region__in=centre.regions.values("region"))
    return theirs.filter(settled_at=None)


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Organisations for which a person acts, by name."""
    theirs = Membership.objects.filter(person=person, until=None).values("organisation")
    found = Organisation.objects.filter(pk__in=theirs).select_related("municipality")
    return found.order_by("name_folded", "pk")


def claims_to(person: Person) -> QuerySet[Claim]:
    """Requests to act beside a leader, in the organisations they lead."""
    led = Membership.objects.filter(person=person, until=None, role=Membership.Role.LEADER)
    waiting = Claim.objects.filter(organisation__in=led.values("organisation"), settled_at=None)
    return waiting.exclude(person=person)


def own_claims(person: Person) -> QuerySet[Claim]:
    """A person's own requests that wait, the oldest first."""
    theirs = Claim.objects.filter(person=person, settled_at=None)
    return (
        theirs.select_related("organisation")
        .prefetch_related("organisation__identifiers")
        .order_by("raised_at", "pk")
    )
