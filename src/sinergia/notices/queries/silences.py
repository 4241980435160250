"""Which addresses are written to no more, at their owners' wish."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from sinergia.base.letters.queries import folded
from sinergia.notices.models import Silence


def silences_of(address: str) -> QuerySet[Silence]:
    """The wish of an address's owner for no more messages to many, also of one who was erased."""
    return Silence.objects.filter(address__in=[folded(address), hushed(address)])


def silent_among(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses`, folded, whose owners want no messages to many; one query."""
    asked = {kept: folded(one) for one in addresses for kept in (folded(one), hushed(one))}
    found = Silence.objects.filter(address__in=asked).values_list("address", flat=True)
    return {asked[one] for one in found}


def hushed(address: str) -> str:
    """What stays of an address whose owner was erased: it is known again, and cannot be read."""
    return salted_hmac("notices.silence", folded(address), algorithm="sha256").hexdigest()
