"""What this room holds about a person."""

from django.db.models import QuerySet

from sinergia.calls.models import ContestQuestion
from sinergia.people.models import Person


def asked_by(person: Person) -> QuerySet[ContestQuestion]:
    """What a person has asked about contests, oldest first."""
    return ContestQuestion.objects.filter(asked_by=person).order_by("pk")
