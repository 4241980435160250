"""What the register holds about a person, for the page that shows it to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.engine.text import fold, words_of
from sinergia.organisations.models import (
    Card,
    CentreStaff,
    Change,
    Claim,
    Contact,
    Head,
    Membership,
    Official,
    Paper,
    Reach,
    SavedFilter,
)
from sinergia.people.models import Person

Told = Head | Card | Reach | Paper | Change
TOLD: Mapping[type[Told], str] = {  # in which column it stands, from whose words a row is
    Head: "told_by",
    Card: "told_by",
    Reach: "told_by",
    Paper: "told_by",
    Change: "reason",
}


class Held(NamedTuple):
    """One row that is held: under which title it stands, and what in it is about the person."""

    title: str
    at: datetime | None  # none where the row keeps no day
    text: str


def held_about(person: Person) -> list[tuple[str, list[str]]]:
    """Titles in the reader's language, each with its rows; titles without rows are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in (*_roles(person), *_words(person), *_contacts(person)):
        found[row.title].append(f"{day(row.at)}: {row.text}" if row.at else row.text)
    return list(found.items())


def contacts_with(person: Person, addresses: Iterable[str]) -> QuerySet[Contact]:
    """Contacts of any centre that are this person: joined to the account, or of their addresses."""
    theirs = {fold(one) for one in addresses}
    written = Contact.objects.exclude(email="").values_list("pk", "email")
    same = [pk for pk, email in written if fold(email) in theirs]
    return Contact.objects.filter(Q(person=person) | Q(pk__in=same)).order_by("pk")


def heads_that_are(person: Person) -> list[Head]:
    """Heads of the organisations a person acts or acted for that bear the same name.

    The name of the account may lack the patronymic; a name in initials is nobody's for certain.
    """
    words = set(words_of(person.name))
    teams = Membership.objects.filter(person=person).values("organisation")
    heads = Head.objects.filter(Q(person=person) | Q(organisation__in=teams))
    return [
        head
        for head in heads.select_related("organisation").order_by("pk")
        if head.person_id == person.pk or is_named(set(words_of(head.name)), words)
    ]


def told_by(person: Person) -> list[Told]:
    """Rows that a centre wrote from the words of who bears this name, in their organisations."""
    words = set(words_of(person.name))
    teams = list(Membership.objects.filter(person=person).values_list("organisation", flat=True))
    found: list[Told] = []
    for model, column in TOLD.items():
        told = model._default_manager.exclude(**{column: ""}).filter(organisation__in=teams)  # noqa: SLF001  # public in Django
        rows = told.select_related("organisation").order_by("pk")
        found += [row for row in rows if is_named(set(words_of(words_told(row))), words)]
    return found


def words_told(row: Told) -> str:
    """From whose words it is."""
    return str(getattr(row, TOLD[type(row)]))


def is_named(written: set[str], known: set[str]) -> bool:
    """Whether words are the name that is known; a patronymic may be missing in either."""
    fewer, more = sorted((written, known), key=len)
    return written == known or (len(fewer) > 1 and fewer < more)


def _roles(person: Person) -> Iterator[Held]:
    theirs = {"person": person}
    for place in Membership.objects.filter(**theirs).select_related("organisation").order_by("pk"):
        yield Held(
            _("Your places in teams of organisations"),
            place.since,
            _joined(place.organisation.name, place.post),
        )
    works = CentreStaff.objects.filter(**theirs).select_related("centre__organisation")
    for work in works.order_by("pk"):
        yield Held(_("Your work at resource centres"), work.since, work.centre.organisation.name)
    for office in Official.objects.filter(**theirs).select_related("region").order_by("pk"):
        yield Held(
            _("Regions whose figures are open to you"),
            office.since,
            _joined(office.region.name, office.post),
        )


def _words(person: Person) -> Iterator[Held]:
    theirs = {"person": person}
    for claim in Claim.objects.filter(**theirs).select_related("organisation").order_by("pk"):
        name = claim.organisation.name if claim.organisation.is_public else ""
        text = _joined(name, claim.post, claim.ground, claim.reason)
        yield Held(_("Your requests to act for organisations"), claim.raised_at, text)
    for head in heads_that_are(person):
        yield Held(
            _("You as the head of an organisation"),
            head.entered_at,
            _joined(head.organisation.name, head.name, head.post),
        )
    for told in told_by(person):
        title = _("Written by a centre from your words, not confirmed yet")
        yield Held(title, None, _joined(told.organisation.name, words_told(told)))
    for kept in SavedFilter.objects.filter(**theirs).order_by("pk"):
        yield Held(_("Filters you saved"), kept.made_at, _joined(kept.name, kept.query))


def _contacts(person: Person) -> Iterator[Held]:
    for contact in contacts_with(person, [person.email]).prefetch_related("posts"):
        posts = [f"{post.title} {post.body}".strip() for post in contact.posts.all()]
        text = _joined(contact.name, contact.email, contact.phone, *posts, contact.note)
        yield Held(_("You among the contacts of a resource centre"), contact.made_at, text)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
