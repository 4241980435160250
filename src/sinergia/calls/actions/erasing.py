"""Forgetting what a person has asked; what was answered stays, as it never said who asked."""

from django.db import transaction

from sinergia.calls.queries.held import asked_by
from sinergia.people.models import Person


@transaction.atomic
def erase_personal_data_of(person: Person) -> int:
    """Delete what has no answer, empty the words of the rest; give how many rows were touched."""
    found = asked_by(person)
    number = found.count()
    found.filter(answered_at=None).delete()
    found.update(asked="")
    return number
