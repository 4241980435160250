"""To whom a letter to an organisation goes, and by which phone its people are reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.notices.models import Mailing, Recipient
from sinergia.organisations.models import Centre, FormerKey, Membership, Organisation, Reach
from sinergia.organisations.queries.roles import served
from sinergia.people.models import Person
from sinergia.people.queries import agreeing

STEP = 500  # organisations read at once


@dataclass(frozen=True)
class Mailbox:
    """Where a letter to an organisation goes: to its leader's account, else to its first mailbox.

    address: "" where there is none; person: none where nobody of theirs has signed in;
    agrees: whether that person wants news.
    """

    organisation: Organisation
    address: str
    person: Person | None = None
    agrees: bool = True


def mailboxes_of(organisations: QuerySet[Organisation], *, most: int) -> Iterator[Mailbox]:
    """One for each organisation, at most so many, by name; three queries for each STEP."""
    rows = list(organisations.order_by("name_folded", "pk")[:most])
    for start in range(0, len(rows), STEP):
        some = rows[start : start + STEP]
        leaders, mailboxes = _leaders(some), _first(some, Reach.Kind.EMAIL)
        people = [person.pk for person in leaders.values()]
        glad = set(agreeing("letters").filter(person__in=people).values_list("person", flat=True))
        for row in some:
            person = leaders.get(row.pk)
            if person is None:
                yield Mailbox(row, mailboxes.get(row.pk, ""))
            else:
                yield Mailbox(row, person.email, person, person.pk in glad)


def phones_of(keys: Sequence[UUID], *, centre: Centre) -> dict[UUID, str]:
    """The first telephone of each organisation that has one and that a centre serves; one query."""
    theirs = served(centre).filter(key__in=keys)
    ways = Reach.objects.filter(organisation__in=theirs, kind=Reach.Kind.PHONE)
    last_first = ways.order_by("-place", "-pk").values_list("organisation__key", "value")
    return dict(last_first)


def left_among(mailing: Mailing) -> list[UUID]:
    """Recipients of a message whose account leads the organisation no more, by their keys."""
    united = FormerKey.objects.filter(key=OuterRef(OuterRef("of_key"))).values("organisation")
    leads = Membership.objects.filter(
        Q(organisation__key=OuterRef("of_key")) | Q(organisation__in=united),
        person=OuterRef("person"),
        role=Membership.Role.LEADER,
        until=None,
        person__is_active=True,
    )
    rows = Recipient.objects.filter(mailing=mailing, kind="organisation", person__isnull=False)
    return list(rows.filter(~Exists(leads)).values_list("key", flat=True))


def closed_among(mailing: Mailing) -> list[Organisation]:
    """Those of a message's recipients that are closed, by name."""
    keys = Recipient.objects.filter(mailing=mailing).values("of_key")
    closed = Organisation.objects.filter(status=Organisation.Status.CLOSED, key__in=keys)
    return list(closed.order_by("name_folded", "pk"))


def _leaders(organisations: Sequence[Organisation]) -> dict[int, Person]:
    """Who leads each of them, the longest of several."""
    lead = Membership.objects.filter(
        organisation__in=organisations,
        role=Membership.Role.LEADER,
        until=None,
        person__is_active=True,
    )
    last_first = lead.select_related("person").order_by("-since", "-pk")
    return {one.organisation_id: one.person for one in last_first}


def _first(organisations: Sequence[Organisation], kind: str) -> dict[int, str]:
    ways = Reach.objects.filter(organisation__in=organisations, kind=kind)
    return dict(ways.order_by("-place", "-pk").values_list("organisation", "value"))
