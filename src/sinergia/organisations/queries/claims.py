"""Requests to act for organisations: who asks, who may answer, what is known of either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.base.search.queries import search
from sinergia.organisations.models import (
    Centre,
    CentreStaff,
    Claim,
    Head,
    Identifier,
    Membership,
    Organisation,
    Reach,
)
from sinergia.organisations.queries.register import shown, with_words
from sinergia.people.models import Person

MOST_FOUND = 10  # organisations offered to whoever looks for their own
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClaimFilter:
    """Which requests a reader asked for. state: waiting or settled."""

    state: str = "waiting"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ClaimFilter":
        """Read an address; junk means those that wait."""
        return cls("settled" if query.get("state") == "settled" else "waiting")

    @property
    def is_settled(self) -> bool:
        """Whether answered ones are asked for."""
        return self.state == "settled"

    def to_query(self) -> str:
        """Write an address's query."""
        return urlencode({"state": self.state}) if self.is_settled else ""


@dataclass(frozen=True)
class Known:
    """What helps to decide: who heads it by the register, how it is reached, who acts for it."""

    heads: Sequence[Head]
    ways: Sequence[Reach]
    team: Sequence[Membership]
    numbers: Sequence[Identifier]


def claims_of_centre(centre: Centre) -> QuerySet[Claim]:
    """Requests about organisations of the regions that a centre serves."""
    return _joined().filter(organisation__region__in=centre.regions.values("region"))


def claims_without_centre() -> QuerySet[Claim]:
    """Requests that no centre's staff can answer: administrators do."""
    staff = CentreStaff.objects.filter(
        until=None,
        person__is_active=True,
        centre__regions__region=OuterRef("organisation__region"),
    )
    return _joined().exclude(Exists(staff.exclude(person=OuterRef("person"))))


def claims_seen_by(person: Person) -> QuerySet[Claim]:
    """Requests that a person may open to answer them; their own are on another page."""
    work = CentreStaff.objects.filter(person=person, until=None)
    led = Membership.objects.filter(person=person, until=None, role=Membership.Role.LEADER)
    theirs = Q(organisation__region__in=work.values("centre__regions__region")) | Q(
        organisation__in=led.values("organisation")
    )
    if person.is_administrator:
        theirs |= Q(pk__in=claims_without_centre().values("pk"))
    return _joined().filter(theirs).exclude(person=person)


def asked_for(claims: QuerySet[Claim], asked: ClaimFilter) -> QuerySet[Claim]:
    """Those of them that `asked` names."""
    return claims.filter(settled_at__isnull=not asked.is_settled)


def claims_to_organisation(organisation: Organisation, *, but: Person) -> QuerySet[Claim]:
    """Requests about one organisation that wait, the oldest first; `but` sees none of their own."""
    waiting = _joined().filter(organisation=organisation, settled_at=None)
    return waiting.exclude(person=but).order_by("raised_at", "pk")


def claims_by(person: Person) -> QuerySet[Claim]:
    """A person's own requests, the newest first."""
    rows = Claim.objects.filter(person=person).select_related("organisation__region")
    return rows.prefetch_related("organisation__identifiers").order_by("-raised_at", "-pk")


def open_claim(person: Person, organisation: Organisation) -> Claim | None:
    """A person's request about an organisation that waits."""
    rows = Claim.objects.filter(person=person, organisation=organisation, settled_at=None)
    return rows.first()


def count_lately(person: Person, *, now: datetime) -> int:
    """How many requests a person has made within a day."""
    return Claim.objects.filter(person=person, raised_at__gt=now - A_DAY).count()


def known_of(organisation: Organisation) -> Known:
    """Read what the centre, or a leader, compares a request with."""
    theirs = {"organisation": organisation}
    return Known(
        heads=list(Head.objects.filter(**theirs).order_by("-until", "pk")),
        ways=list(Reach.objects.filter(**theirs).exclude(kind=Reach.Kind.LINK).order_by("place")),
        team=list(
            Membership.objects.filter(until=None, **theirs)
            .select_related("person")
            .order_by("-role", "since")
        ),
        numbers=list(Identifier.objects.filter(**theirs).order_by("-scheme")),
    )


def public_finds(typed: str) -> list[Organisation]:
    """Public organisations that hold every word, or whose number begins so; the nearest first."""
    public = Organisation.objects.filter(is_public=True)
    if typed.strip().isdecimal():
        rows = list(with_words(public, typed).order_by("name_folded", "pk")[:MOST_FOUND])
        return shown(rows)
    ids = search("organisation", typed, among=public, limit=MOST_FOUND).ids if typed.strip() else []
    by_pk = Organisation.objects.in_bulk(ids)
    return shown([by_pk[pk] for pk in ids if pk in by_pk])


def _joined() -> QuerySet[Claim]:
    """Each with everything it names; `is_led`: whether somebody else leads the organisation."""
    leaders = Membership.objects.filter(
        organisation=OuterRef("organisation"),
        until=None,
        role=Membership.Role.LEADER,
        person__is_active=True,
    ).exclude(person=OuterRef("person"))
    joined = Claim.objects.select_related(
        "person", "settled_by", "organisation__region", "organisation__municipality"
    )
    return joined.annotate(is_led=Exists(leaders))
