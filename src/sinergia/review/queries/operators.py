"""Who runs the review of a contest."""

from django.db.models import QuerySet

from sinergia.calls.models import Contest, Duty
from sinergia.calls.queries.duties import duties_of, staff_of
from sinergia.people.models import Person


def operators_of(contest: Contest) -> QuerySet[Person]:
    """Operators who work at its centre now; where there are none, everybody who does."""
    staff = staff_of(contest.centre)
    on_duty = duties_of(contest).filter(kind=Duty.Kind.OPERATOR)
    named = staff.filter(pk__in=on_duty.values("person"))
    return named if named.exists() else staff
