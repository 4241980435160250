"""How messages to one person are read."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from sinergia.base.tables.paging import Count, count_up_to
from sinergia.notices.models import Choice, Digest, Notice
from sinergia.people.models import Person

COUNTED = 99  # what the bell counts to


def notices_of(person: Person) -> QuerySet[Notice]:
    """Everything that a person was told, in no order yet."""
    return Notice.objects.filter(person=person)


def unseen_of(person: Person) -> QuerySet[Notice]:
    """What a person was told and has not looked at."""
    return notices_of(person).filter(is_unseen=True)


def unseen_count(person: Person) -> Count:
    """How much a person has not looked at; one query, and no further than the bell shows."""
    return count_up_to(unseen_of(person), COUNTED)


def notice_by(key: UUID | str) -> Notice | None:
    """One message with its reader, whoever asks: for the worker."""
    return Notice.objects.select_related("person").filter(key=key).first()


def reader_by(key: UUID | str) -> Person | None:
    """Whoever reads messages under a key of an account."""
    return Person.objects.filter(key=key).first()


def waiting_for_digest(person: Person) -> QuerySet[Notice]:
    """What a person has neither looked at nor had in a letter, oldest first."""
    return unseen_of(person).filter(mailed_at__isnull=True).order_by("pk")


def notices_in(digest: Digest) -> QuerySet[Notice]:
    """What stands in a daily letter, oldest first."""
    return Notice.objects.filter(digest=digest).order_by("pk")


def choices_of(people: Iterable[Person]) -> dict[int, Choice]:
    """What each of these chose, by their number; one query."""
    asked = {person.pk: person for person in people}
    found = {one.person_id: one for one in Choice.objects.filter(person__in=asked)}
    return {pk: found.get(pk) or _usual(person) for pk, person in asked.items()}


def choice_of(person: Person) -> Choice:
    """What a person chose; what the house gives where they chose nothing, not saved."""
    return Choice.objects.filter(person=person).first() or _usual(person)


def _usual(person: Person) -> Choice:
    return Choice(person=person, time_zone=settings.TIME_ZONE)
