"""Names of accounts, by the keys that rows keep of whoever wrote them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from sinergia.people.models import Person


def names_of(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Names of accounts; an erased one has none and is left out."""
    rows = Person.objects.filter(key__in=set(keys)).exclude(name="")
    return dict(rows.values_list("key", "name"))


def name_of(field: str) -> Coalesce:
    """The name of the account whose key stands in a field; "" where it is erased."""
    person = Person.objects.filter(key=OuterRef(field)).values("name")[:1]
    return Coalesce(Subquery(person, output_field=CharField()), Value(""))
