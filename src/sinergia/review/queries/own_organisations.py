"""An expert's own organisations among those that have applied to their contest."""

from datetime import date

from django.db.models import Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import OVER
from sinergia.calls.models import Contest
from sinergia.organisations.models import Head, Membership
from sinergia.people.models import Person


def own_submissions(
    person: Person, contest: Contest, *, work: int | None = None, today: date
) -> QuerySet[Submission]:
    """What organisations for which a person acts, which they head, or where they work, handed in.

    work: primary key of the organisation where they say they work.
    """
    teams = Membership.objects.filter(person=person, until=None).values("organisation")
    heads = Head.objects.filter(Q(until=None) | Q(until__gte=today), person=person)
    theirs = Q(organisation__in=teams) | Q(organisation__in=heads.values("organisation"))
    if work is not None:
        theirs |= Q(organisation=work)
    rows = Submission.objects.filter(theirs, contest=contest).exclude(stage__in=OVER)
    return rows.select_related("organisation").order_by("pk")
