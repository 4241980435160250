"""Remarks to a project: by field, and those that wait for whoever asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from sinergia.base.asking import ListFilter, one_of
from sinergia.engine.drafts import ORDER
from sinergia.organisations.models import Membership
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import memberships_of
from sinergia.packs.rules.fields import SECTIONS
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.projects import projects_of
from sinergia.support.models import Reading, Remark, Thread

STATES = ("open", "waiting", "resolved", "all")


@dataclass(frozen=True)
class ThreadFilter(ListFilter):
    """state: one of STATES, "" is the first; section: of the form, as SECTIONS names them."""

    state: str = ""
    section: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ThreadFilter":
        """Read an address; values that cannot be are dropped."""
        state, section = query.get("state", ""), query.get("section", "")
        return cls(one_of(state, STATES), one_of(section, SECTIONS))


def threads_of(project: Project) -> QuerySet[Thread]:
    """Threads of a project with their remarks, as they were begun."""
    return _whole(Thread.objects.filter(project=project)).order_by("pk")


def threads_for(person: Person) -> QuerySet[Thread]:
    """Threads of every project that a person may read."""
    theirs = projects_of(person).order_by().values("pk")
    rows = Thread.objects.filter(project__in=theirs)
    return _whole(rows).select_related("project__organisation", "project__contest")


def remark_for(person: Person, key: UUID) -> Remark | None:
    """One remark of a project that a person may read."""
    theirs = projects_of(person).order_by().values("pk")
    rows = Remark.objects.filter(thread__project__in=theirs).select_related("thread__project")
    return rows.filter(key=key).first()


def asked_for(rows: QuerySet[Thread], asked: ThreadFilter, reader: Person) -> QuerySet[Thread]:
    """Those of `rows` that an address asks for; without a word those that are open."""
    if asked.section:
        within = Q()
        for name in SECTIONS[asked.section]:
            within |= Q(path=name) | Q(path__startswith=f"{name}/")
        rows = rows.filter(within)
    if asked.state == "waiting":
        return waiting(rows, reader)
    if asked.state == "all":
        return rows
    return rows.filter(resolved_at__isnull=asked.state != "resolved")


def waiting(rows: QuerySet[Thread], person: Person) -> QuerySet[Thread]:
    """Open ones in which the other side spoke last: of a team its centre, and the other way."""
    said = Remark.objects.filter(thread=OuterRef("pk"), removed_at=None).order_by("-pk")
    team = Membership.objects.filter(
        organisation=OuterRef("project__organisation"), person=OuterRef("last_by")
    )
    own = Membership.objects.filter(person=person, until=None).values("organisation")
    is_own = Q(project__organisation__in=own)
    rows = rows.filter(resolved_at=None).annotate(last_by=Subquery(said.values("author")[:1]))
    rows = rows.filter(last_by__isnull=False).annotate(is_of_team=Exists(team))
    return rows.filter((is_own & Q(is_of_team=False)) | (~is_own & Q(is_of_team=True)))


def team_of(projects: Iterable[Project]) -> set[tuple[int, int]]:
    """Who belongs to the organisations of projects, or did: organisation and person, by number."""
    organisations = {one.organisation_id for one in projects}
    rows = Membership.objects.filter(organisation__in=organisations)
    return set(rows.values_list("organisation_id", "person_id"))


def version_at(fields: Iterable[DraftField], path: str) -> int:
    """How often the text there was saved; of a field of rows, all of its cells together.

    A row that only changed its place says the same as before.
    """
    return sum(one.version for one in _at(fields, path))


def text_at(fields: Iterable[DraftField], path: str) -> str:
    """What stands there now; of a field of rows, its cells one below the other."""
    return "\n".join(one.value for one in _at(fields, path) if one.value)


def other_side(project: Project, actor: Person) -> list[Person]:
    """Who is to be told of what `actor` wrote: the organisation's people, or the centre's.

    Of the centre those who have taken part here before, if any of them still may read.
    """
    team = [row.person for row in memberships_of(project.organisation)]
    if actor not in team:
        return team
    if not project.is_shared:
        return []
    staff = staff_serving(project.organisation).exclude(pk=actor.pk)
    spoke = Remark.objects.filter(thread__project=project).values("author")
    read = Reading.objects.filter(project=project, reader__isnull=False).values("reader")
    known = list(staff.filter(Q(pk__in=spoke) | Q(pk__in=read)))
    return known or list(staff)


def _at(fields: Iterable[DraftField], path: str) -> list[DraftField]:
    below = f"{path}/"
    return [
        one
        for one in fields
        if one.path == path or (one.path.startswith(below) and not one.path.endswith(f"/{ORDER}"))
    ]


def _whole(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    said = Remark.objects.select_related("author").order_by("pk")
    return rows.prefetch_related(Prefetch("remarks", said, to_attr="said"))
