"""Who wrote: names by the keys that texts and pictures keep."""

from collections.abc import Iterable
from uuid import UUID

from sinergia.people.models import Person


def names_of(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Names of accounts; an erased one has none and is left out."""
    rows = Person.objects.filter(key__in=set(keys)).exclude(name="")
    return dict(rows.values_list("key", "name"))
