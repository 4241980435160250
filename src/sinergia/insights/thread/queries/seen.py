"""What a reader may see of each step of the thread."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from sinergia.applications.models import Application, Origin, Submission
from sinergia.exchange.access import commitments_seen_by, commitments_told, seen_by
from sinergia.exchange.models import Commitment, Programme, Session, Visit
from sinergia.exchange.models.sessions import SHOWING
from sinergia.exchange.queries.programmes import programmes_seen_by
from sinergia.grants.models import Grant, Report, Result
from sinergia.grants.queries.grants import grants_for, whole_grants
from sinergia.grants.queries.together import public_projects
from sinergia.organisations.queries.roles import within
from sinergia.people.models import Person
from sinergia.practices.models import Adoption, Practice
from sinergia.practices.queries.adoptions import adoptions_of, told_adoptions
from sinergia.practices.queries.practices import practices_of, published_practices
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of

HELD = Q(kind__in=SHOWING, removed_at=None)  # sessions that count
AT_HELD = Q(session__kind__in=SHOWING, session__removed_at=None)


def _programmes(person: Person | None) -> QuerySet[Programme]:
    return programmes_seen_by(person).prefetch_related(None)


def _visits(person: Person | None) -> QuerySet[Visit]:
    """Each with how many sessions it held."""
    held = Session.objects.filter(HELD, visit=OuterRef("pk")).order_by().values("visit")
    number = held.annotate(number=Count("pk")).values("number")
    rows = Visit.objects.filter(seen_by(person)).annotate(held=Coalesce(Subquery(number), 0))
    return rows.select_related("from_region", "to_region")


def _practices(person: Person | None) -> QuerySet[Practice]:
    rows = published_practices().order_by()
    if person is not None:
        rows = Practice.objects.filter(
            Q(pk__in=rows.values("pk")) | Q(pk__in=practices_of(person).values("pk"))
        )
    return rows.select_related("organisation")


def _commitments(person: Person | None) -> QuerySet[Commitment]:
    """What a public visit that is accounted for has come to, everybody; the rest, whoever may.

    may_open: whether the reader may see who took it upon them, and its history. names_practice:
    whether its practice may be named, if it is one. held_session: at which session it was taken.
    """
    mine = Q(pk=None) if person is None else commitments_seen_by(person)
    rows = Commitment.objects.filter(commitments_told() | mine)
    rows = rows.exclude(state=Commitment.State.TAKEN_BACK)
    rows = rows.select_related("practice", "organisation")
    # Asked of each: a list of all practices that may be named begins with the whole register.
    named = mine | Q(practice__stage=Practice.Stage.PUBLISHED, practice__removed_at=None)
    if person is not None:
        own = within(person).filter(pk=OuterRef("practice__organisation"))
        named |= Q(Exists(own), practice__removed_at=None)
    return rows.annotate(
        may_open=ExpressionWrapper(mine, BooleanField()),
        names_practice=ExpressionWrapper(named, BooleanField()),
        held_session=Case(When(AT_HELD, then=F("session"))),
    )


def _adoptions(person: Person | None) -> QuerySet[Adoption]:
    """Those that run or are proven, everybody; intended ones, the two sides."""
    mine = Q(pk=None)
    if person is not None:
        mine = Q(pk__in=adoptions_of(person).order_by().values("pk"))
    told = Q(pk__in=told_adoptions().order_by().values("pk"))
    rows = Adoption.objects.filter(told | mine).select_related("organisation", "practice")
    return rows.annotate(may_open=ExpressionWrapper(mine, BooleanField()))


def _projects(person: Person | None) -> QuerySet[Project]:
    """All of them. may_open: whether the reader may; if not, see `leave_out_drafts`."""
    mine = Q(pk=None)
    if person is not None:
        mine = Q(pk__in=projects_of(person).order_by().values("pk"))
    rows = Project.objects.filter(removed_at=None)
    return rows.annotate(may_open=ExpressionWrapper(mine, BooleanField()))


def _grown(person: Person | None) -> QuerySet[Practice]:
    made = Result.objects.filter(practice__isnull=False).values("practice")
    rows = _practices(person).filter(Q(descent__isnull=False) | Q(pk__in=made))
    return rows.annotate(thread_adoption=F("descent__adoption"))


def _applications(_person: Person | None) -> QuerySet[Application]:
    """Each with its project: by its submission here, or by a person's word; and when it came."""
    of = Coalesce(F("submission__project"), F("origin__project"))
    rows = Application.objects.select_related("fund", "organisation", "origin__by")
    return rows.annotate(thread_project=of, filed_at=F("submission__submitted_at"))


def _grants(person: Person | None) -> QuerySet[Grant]:
    """Those whose pages are open, everybody; the rest, their organisations and their centres.

    is_inside: whether the reader may see its papers and its money.
    """
    mine = _inside(person)
    rows = whole_grants().filter(Q(pk__in=public_projects().order_by().values("pk")) | mine)
    return rows.annotate(is_inside=ExpressionWrapper(mine, BooleanField()))


def _inside(person: Person | None) -> Q:
    if person is None:
        return Q(pk=None)
    return Q(pk__in=grants_for(person).order_by().values("pk"))


def _reports(person: Person | None) -> QuerySet[Report]:
    """Those that were handed in, of grants whose papers the reader sees."""
    inside = Grant.objects.filter(_inside(person)).order_by().values("pk")
    rows = Report.objects.filter(grant__in=inside)
    return rows.filter(submitted_at__isnull=False).select_related("period", "grant")


def _results(person: Person | None) -> QuerySet[Result]:
    """Results of closed grants that the reader sees, each with the report that told of it last."""
    closed = _grants(person).filter(stage=Grant.Stage.CLOSED).order_by()
    told = Report.objects.filter(grant=OuterRef("grant"), stage=Report.Stage.ACCEPTED)
    last = told.order_by(F("period__number").desc(nulls_first=True), "-pk").values("pk")
    rows = Result.objects.filter(grant__in=closed.values("pk")).select_related("grant")
    inside = Q(grant__in=Grant.objects.filter(_inside(person)).order_by().values("pk"))
    return rows.annotate(
        thread_report=Subquery(last[:1]), is_inside=ExpressionWrapper(inside, BooleanField())
    )


def came_of_any(by: str, ids: set[int]) -> Q:
    """Rows of a step that came of some of another. by: the column or name that says of which.

    An application knows its project by two other tables: asked of itself, every one would be read.
    """
    if by != "thread_project":
        return Q((f"{by}__in", ids))
    here = Submission.objects.filter(project__in=ids, application__isnull=False)
    told = Origin.objects.filter(project__in=ids)
    theirs = here.order_by().values("application").union(told.order_by().values("application"))
    return Q(pk__in=theirs, thread_project__in=ids)


SEEN: Mapping[str, Callable[[Person | None], QuerySet[Any]]] = {
    "programme": _programmes,
    "visit": _visits,
    "practice": _practices,
    "commitment": _commitments,
    "adoption": _adoptions,
    "project": _projects,
    "application": _applications,
    "grant": _grants,
    "report": _reports,
    "result": _results,
    "grown": _grown,
}
