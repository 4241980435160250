"""What this room holds about a person."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.engine.interests import may_be_one
from sinergia.people.models import Person
from sinergia.review.models import Conflict, Expert, Member, Objection, Publication, Vote


def experts_that_are(person: Person, addresses: Sequence[str]) -> QuerySet[Expert]:
    """Rows of experts that are a person's, or stand under one of their addresses."""
    theirs = Q(person=person) | Q(email__in=addresses)
    return Expert.objects.filter(theirs).select_related("contest__call").order_by("pk")


def ties_of(experts: Sequence[Expert]) -> QuerySet[Conflict]:
    """What ties these experts to applications."""
    return Conflict.objects.filter(expert__in=experts).order_by("pk")


def ties_told(experts: Sequence[Expert]) -> QuerySet[Conflict]:
    """Of these what the experts may read: what they said themselves, the rest after the result.

    What an applicant said of them, and what comparing found, names whose application it is.
    """
    told = Publication.objects.filter(
        contest=OuterRef("expert__contest"), stage=Publication.Stage.PUBLISHED
    )
    return ties_of(experts).filter(Q(Exists(told)) | Q(source=Conflict.Source.EXPERT))


def objections_to(experts: Sequence[Expert]) -> QuerySet[Objection]:
    """What applicants of their contests said of somebody with one of their names."""
    contests = {one.contest_id for one in experts}
    rows = Objection.objects.filter(submission__contest__in=contests)
    named = [
        pk
        for pk, whom in rows.values_list("pk", "whom")
        if any(may_be_one(one.name, whom) for one in experts)
    ]
    return Objection.objects.filter(pk__in=named)


def seats_held_by(person: Person) -> QuerySet[Member]:
    """Places in commissions, also those that ended."""
    rows = Member.objects.filter(person=person)
    return rows.select_related("commission__contest__call").order_by("pk")


def votes_of(person: Person) -> QuerySet[Vote]:
    """How somebody voted, with their own opinions."""
    return Vote.objects.filter(member__person=person).select_related("member").order_by("pk")
