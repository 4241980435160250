"""Who of those who run the review of a contest sees which applications."""

from collections.abc import Collection

from sinergia.calls.models import Contest
from sinergia.calls.queries.duties import operators_of
from sinergia.people.models import Person
from sinergia.review.queries.commission import hidden_submissions


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
