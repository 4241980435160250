"""Projects as they are found and listed."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from sinergia.base.asking import row_keyed
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import contests
from sinergia.exchange.models import Commitment
from sinergia.organisations.models import CentreStaff, Membership
from sinergia.people.models import Person
from sinergia.projects.models import Project


def projects_of(person: Person) -> QuerySet[Project]:
    """Projects that a person may read and write; one that was removed is not among them."""
    return _within(person).filter(removed_at=None)


def removed_projects_of(person: Person) -> QuerySet[Project]:
    """Those that were removed and may be taken back."""
    return _within(person).exclude(removed_at=None)


def project_by(key: str) -> Project | None:
    """A project, whoever asks: for the worker."""
    return Project.objects.filter(key=key).first()


def project_keyed(rows: QuerySet[Project], key: str) -> Project | None:
    """The one of these with a key that somebody sent."""
    return row_keyed(rows, key)


def project_from(commitment: Commitment) -> Project | None:
    """The project that grew from a commitment and was not put away."""
    return Project.objects.filter(commitment=commitment, removed_at=None).order_by("pk").first()


def open_drafts(*, now: datetime) -> QuerySet[Project]:
    """What is written for a contest whose intake has not ended: for the worker."""
    rows = Project.objects.filter(removed_at=None, submitted_as="")
    return rows.filter(contest__closes_at__gte=now).order_by("pk")


def ending_soon(organisation: int, *, now: datetime, within: timedelta) -> QuerySet[Project]:
    """Drafts of an organisation whose intake ends within a while, the nearest end first."""
    rows = Project.objects.filter(organisation=organisation, removed_at=None, submitted_as="")
    rows = rows.filter(contest__closes_at__gte=now, contest__closes_at__lt=now + within)
    return rows.filter(contest__stage=Contest.Stage.OPEN).order_by("contest__closes_at", "pk")


def contests_for(person: Person, *, now: datetime) -> QuerySet[Contest]:
    """Contests for which one may write now: announced or open, taken in here, not over.

    One for practice is offered to those who work at its centre.
    """
    stages = (Contest.Stage.ANNOUNCED, Contest.Stage.OPEN)
    work = CentreStaff.objects.filter(person=person, until=None).values("centre")
    rows = contests().filter(stage__in=stages, intake=Contest.Intake.HERE, closes_at__gte=now)
    return rows.filter(Q(is_training=False) | Q(centre__in=work)).order_by("closes_at", "pk")


def _within(person: Person) -> QuerySet[Project]:
    own = Membership.objects.filter(person=person, until=None).values("organisation")
    work = CentreStaff.objects.filter(person=person, until=None)
    served = Q(is_shared=True, organisation__region__in=work.values("centre__regions__region"))
    rows = Project.objects.filter(Q(organisation__in=own) | served)
    return rows.select_related(
        "organisation", "contest__call__fund", "contest__centre", "adoption__practice"
    )
