"""How accounts are read."""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db.models import QuerySet

from sinergia.people.models import Person


def invented_people() -> QuerySet[Person]:
    """People of the demo, whom its visitors may enter as."""
    return Person.objects.filter(is_invented=True, is_active=True).order_by("pk")


def owner_of_link(key: UUID, token: str) -> Person | None:
    """Whoever a one-time link belongs to; none where it is used, changed or an hour old."""
    person = Person.objects.filter(key=key, is_active=True, machine="").first()
    if person is None or not default_token_generator.check_token(person, token):
        return None
    return person
