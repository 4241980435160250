"""What this room holds about a person."""

from django.db.models import Q, QuerySet

from sinergia.people.models import Person
from sinergia.practices.models import Check, Withdrawal


def checks_by(person: Person) -> QuerySet[Check]:
    """What a consultant said of practices that were given to be checked."""
    said = Check.objects.filter(done_by=person.key).exclude(Q(words="") & Q(ground=""))
    return said.select_related("practice").order_by("pk")


def withdrawals_by(person: Person) -> QuerySet[Withdrawal]:
    """Why somebody took practices out of the catalogue."""
    rows = Withdrawal.objects.filter(by=person.key)
    return rows.select_related("practice").order_by("pk")
