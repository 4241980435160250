"""Who has which duty in a contest."""

from django.db.models import QuerySet

from sinergia.calls.models import Contest, Duty
from sinergia.organisations.models import Centre
from sinergia.people.models import Person


def duties_of(contest: Contest) -> QuerySet[Duty]:
    """Duties as they stand, in the order in which they were given."""
    rows = Duty.objects.filter(contest=contest, until=None)
    return rows.select_related("person", "contest").order_by("pk")


def staff_of(centre: Centre) -> QuerySet[Person]:
    """People to whom a duty may be given: those who work at a centre now."""
    at_work = centre.staff.filter(until=None).values("person")
    return Person.objects.filter(pk__in=at_work, is_active=True).order_by("name", "pk")


def operators_of(contest: Contest) -> QuerySet[Person]:
    """Operators who work at its centre now; where there are none, everybody who does."""
    staff = staff_of(contest.centre)
    named = staff.filter(pk__in=duties_of(contest).filter(kind=Duty.Kind.OPERATOR).values("person"))
    return named if named.exists() else staff
