"""Who runs the review of a contest."""

from collections.abc import Collection

from django.db.models import QuerySet

from sinergia.calls.models import Contest, Duty
from sinergia.calls.queries.duties import duties_of, staff_of
from sinergia.people.models import Person
from sinergia.review.queries.commission import hidden_submissions


def operators_of(contest: Contest) -> QuerySet[Person]:
    """Operators who work at its centre now; where there are none, everybody who does."""
    staff = staff_of(contest.centre)
    on_duty = duties_of(contest).filter(kind=Duty.Kind.OPERATOR)
    named = staff.filter(pk__in=on_duty.values("person"))
    return named if named.exists() else staff


def operators_seeing(
    contest: Contest, submissions: Collection[int]
) -> list[tuple[Person, set[int]]]:
    """Operators who see any of some applications, each with those that they see.

    submissions: primary keys. Who is recused from one, or is of its organisation, is not told.
    """
    told = []
    for person in operators_of(contest):
        hidden = hidden_submissions(person, contest).filter(pk__in=submissions).order_by()
        if seen := set(submissions) - set(hidden.values_list("pk", flat=True)):
            told.append((person, seen))
    return told
