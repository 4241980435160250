"""Experts: of a contest for those who hold it, of oneself for who is one."""

from django.db.models import QuerySet

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.models import Expert


def experts_of(contest: Contest) -> QuerySet[Expert]:
    """Everybody who was invited to a contest, in the order of their codes."""
    rows = Expert.objects.filter(contest=contest).order_by("pk")
    return rows.select_related("person", "organisation", "lent_by__organisation")


def experts_by(person: Person) -> QuerySet[Expert]:
    """What a person is an expert of, or was: those who were excluded or have left read nothing."""
    rows = Expert.objects.filter(person=person, stage=Expert.Stage.ACCEPTED)
    return rows.select_related("contest__call__fund", "contest__centre").order_by("-pk")
