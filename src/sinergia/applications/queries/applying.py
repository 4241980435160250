"""Who applies to a contest: people of organisations that write for it, or have handed in."""

from django.db.models import Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest, ContestRules, Extension
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.projects.models import Project


def applying_to(contest: Contest) -> QuerySet[Person]:
    """Everybody of the teams that have a project for a contest, or an application in it."""
    projects = Project.objects.filter(contest=contest, removed_at=None)
    filed = Submission.objects.filter(contest=contest).exclude(stage=Submission.Stage.WITHDRAWN)
    teams = Q(organisation__in=projects.values("organisation"))
    teams |= Q(organisation__in=filed.values("organisation"))
    members = Membership.objects.filter(teams, until=None)
    return Person.objects.filter(pk__in=members.values("person"), is_active=True).order_by("pk")


def rules_corrected(contest: Contest, version: int) -> ContestRules | None:
    """A version of the rules."""
    return contest.rules.filter(version=version).first()


def extension_of(contest: Contest, number: int) -> Extension | None:
    """An extension, by which one of the contest's it is, from 1."""
    return contest.extensions.order_by("pk")[number - 1 : number].first()
