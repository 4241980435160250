"""Filters of the register that somebody goes back to."""

from django.db.models import QuerySet

from sinergia.organisations.models import SavedFilter
from sinergia.people.models import Person


def saved_filters(person: Person) -> QuerySet[SavedFilter]:
    """A person's own, the last first."""
    return SavedFilter.objects.filter(person=person).order_by("-made_at", "-pk")
