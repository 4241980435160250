"""What this room holds about a person."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from sinergia.people.models import Person
from sinergia.review.models import Conflict, Expert


def experts_that_are(person: Person, addresses: Sequence[str]) -> QuerySet[Expert]:
    """Rows of experts that are a person's, or stand under one of their addresses."""
    theirs = Q(person=person) | Q(email__in=addresses)
    return Expert.objects.filter(theirs).select_related("contest__call").order_by("pk")


def ties_of(experts: Sequence[Expert]) -> QuerySet[Conflict]:
    """What ties these experts to applications."""
    return Conflict.objects.filter(expert__in=experts).order_by("pk")
