"""Sheets: what an expert may read, what a contest has."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.access import read_by
from sinergia.review.models import Award, Sheet

CONTENT = "examination__submission__frozen__content"  # large, and no list shows it


def sheets_read_by(person: Person) -> QuerySet[Sheet]:
    """What a person reads as an expert, in the order in which it was given."""
    rows = Sheet.objects.filter(read_by(person)).order_by("pk")
    names = ("expert__contest__call__fund", "examination__submission__frozen__rules")
    return rows.select_related(*names, "examination__submission__organisation")


def is_decided_about() -> Q:
    """Whether nothing is to be signed about the application of a sheet, as a part of a query.

    It is decided, or the application has left the contest.
    """
    decided = Exists(Award.objects.filter(examination=OuterRef("examination")))
    return Q(decided) | ~Q(examination__submission__stage=Submission.Stage.ADMITTED)


def sheets_of(contest: Contest) -> QuerySet[Sheet]:
    """Every sheet of a contest, those set aside too."""
    rows = Sheet.objects.filter(examination__contest=contest).order_by("pk")
    return rows.select_related("expert__person", "examination__submission__organisation")
