"""What waits for somebody: of a centre, and of an organisation's people."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.organisations.models import (
    Card,
    Centre,
    Claim,
    Head,
    Membership,
    Organisation,
    Paper,
    Reach,
)
from sinergia.people.models import Person

ENDS_SOON = timedelta(days=60)  # an election takes a month, its registration another
# Of these an organisation has one that holds, whatever is written on it.
ONE_THAT_HOLDS = (Paper.Kind.CHARTER, Paper.Kind.ELECTION)
CLOSED = Q(organisation__status=Organisation.Status.CLOSED)


def terms_ending(organisations: QuerySet[Organisation], *, today: date) -> QuerySet[Head]:
    """Heads whose term has ended, or ends soon, with nobody after them; what closed needs none."""
    later = Head.objects.filter(_lasts_longer("until"), organisation=OuterRef("organisation"))
    heads = Head.objects.filter(organisation__in=organisations).exclude(CLOSED)
    ending = heads.filter(until__lt=today + ENDS_SOON).exclude(Exists(later))
    return ending.select_related("organisation__municipality")


def papers_ending(organisations: QuerySet[Organisation], *, today: date) -> QuerySet[Paper]:
    """Papers that have ended, or end soon, with no such paper after them.

    Such a paper is one of the same kind about the same; of a charter, of the same kind. What
    closed needs no papers.
    """
    such = Q(title_folded=OuterRef("title_folded")) | Q(kind__in=ONE_THAT_HOLDS)
    later = Paper.objects.filter(
        such,
        _lasts_longer("ends_on"),
        organisation=OuterRef("organisation"),
        kind=OuterRef("kind"),
    )
    papers = Paper.objects.filter(organisation__in=organisations).exclude(CLOSED)
    ending = papers.filter(ends_on__lt=today + ENDS_SOON).exclude(Exists(later))
    return ending.select_related("organisation__municipality")


def _lasts_longer(end: str) -> Q:
    """Rows that end after the row outside; of two that end on one day, the younger."""
    as_long = Q(**{end: OuterRef(end)}, pk__gt=OuterRef("pk"))
    return Q(**{end: None}) | Q(**{f"{end}__gt": OuterRef(end)}) | as_long


def unconfirmed_count(organisation: int) -> int:
    """How many rows a centre wrote from an organisation's words that it has not confirmed."""
    first, *rest = (
        model.objects.filter(organisation=organisation, is_confirmed=False).order_by().values("pk")
        for model in (Head, Reach, Card, Paper)
    )
    return first.union(*rest, all=True).count()


def claims_waiting(centre: Centre) -> QuerySet[Claim]:
    """Requests to act for organisations of the centre's regions that nobody has answered."""
    theirs = Claim.objects.filter(organisation__region__in=centre.regions.values("region"))
    return theirs.filter(settled_at=None)


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
