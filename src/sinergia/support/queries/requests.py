"""Requests for help: those of a centre, those that somebody asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sinergia.base.asking import ListFilter, one_of
from sinergia.base.search.queries import rows_found
from sinergia.organisations.models import Centre, CentreStaff, Membership, Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import project_keyed, projects_of
from sinergia.support.models import Request

KIND = "help_request"
OPEN = (Request.Stage.ASKED, Request.Stage.TAKEN)
_BESIDE = (
    *("organisation", "client__municipality", "person", "project", "topic", "taken_by"),
    "centre__organisation",
)


@dataclass(frozen=True)
class RequestFilter(ListFilter):
    """What a reader asked to see. mine: `yes`: taken by the reader; appointed: `yes`."""

    q: str = ""
    stage: str = ""
    mine: str = ""
    appointed: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "RequestFilter":
        """Read an address; junk means nothing."""
        given = cls.texts_of(query)
        given["stage"] = one_of(given["stage"], Request.Stage.values)
        for name in ("mine", "appointed"):
            given[name] = "yes" if given[name] == "yes" else ""
        return cls(**given)


def requests_of(centre: Centre) -> QuerySet[Request]:
    """Every request to a centre."""
    return Request.objects.filter(centre=centre).select_related(*_BESIDE)


def asked_for(
    centre: Centre, asked: RequestFilter, *, reader: Person, now: datetime
) -> QuerySet[Request]:
    """Those of them that are asked for."""
    rows = requests_of(centre)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.mine:
        rows = rows.filter(taken_by=reader)
    if asked.appointed:
        rows = rows.filter(appointed_at__gte=now, stage__in=OPEN)
    found = rows_found(KIND, asked.q)
    if found is None:
        return rows
    return rows.filter(Q(pk__in=found) | Q(organisation__in=rows_found("organisation", asked.q)))


def stages_of(rows: QuerySet[Request]) -> dict[str, int]:
    """How many stand at each stage."""
    return dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))


def waiting_requests(centre: Centre) -> QuerySet[Request]:
    """Those that nobody has taken, the oldest first."""
    rows = Request.objects.filter(centre=centre, stage=Request.Stage.ASKED)
    return rows.order_by("asked_at", "pk")


def request_by(centre: Centre, key: UUID) -> Request | None:
    """A request to a centre."""
    return requests_of(centre).filter(key=key).first()


def own_requests(person: Person) -> QuerySet[Request]:
    """Requests that somebody may follow: asked by them, or in the name of whom they lead."""
    led = Membership.objects.filter(person=person, until=None, role=Membership.Role.LEADER)
    theirs = Q(person=person) | Q(person__isnull=False, organisation__in=led.values("organisation"))
    return Request.objects.filter(theirs).select_related(*_BESIDE).order_by("-pk")


def appointments_of(person: Person, *, now: datetime) -> QuerySet[Request]:
    """Appointments before somebody, the nearest first."""
    rows = own_requests(person).filter(appointed_at__gte=now, stage__in=OPEN)
    return rows.order_by("appointed_at", "pk")


def open_requests_of(person: Person) -> int:
    """How many that somebody asked are not settled."""
    return Request.objects.filter(person=person, stage__in=OPEN).count()


def appointment_by(key: UUID) -> Request | None:
    """A request with a time, whoever asks: the link of the letter lets in."""
    rows = Request.objects.filter(key=key, appointed_at__isnull=False, stage__in=OPEN)
    return rows.select_related("centre__organisation").first()


def staff_of(centre: Centre) -> list[Person]:
    """Who works at a centre now."""
    work = CentreStaff.objects.filter(centre=centre, until=None).values("person")
    return list(Person.objects.filter(pk__in=work, is_active=True).order_by("pk"))


def request_told(key: str) -> Request | None:
    """A request with all that a letter about it says: for the worker."""
    return Request.objects.filter(key=key).select_related(*_BESIDE).first()


def has_account(row: Request) -> bool:
    """Whether whoever asked is told here."""
    return row.person is not None and row.person.is_active


def address_without_account(row: Request) -> str:
    """Where a letter about an appointment goes; "" where nobody can be written to."""
    if has_account(row) or row.client is None or "@" not in row.client.reach:
        return ""
    return row.client.reach


def centre_for(region_id: int | None) -> Centre | None:
    """The centre that serves a region."""
    if region_id is None:
        return None
    rows = Centre.objects.filter(regions__region=region_id)
    return rows.select_related("organisation").first()


def centres_to_ask() -> list[Centre]:
    """Every centre that serves a region, for whoever asks for themselves alone."""
    rows = Centre.objects.filter(regions__isnull=False).select_related("organisation").distinct()
    return list(rows.prefetch_related("regions__region").order_by("organisation__name_folded"))


def organisations_asking(person: Person) -> list[Organisation]:
    """In whose name somebody may ask."""
    theirs = Membership.objects.filter(person=person, until=None).values("organisation")
    rows = Organisation.objects.filter(pk__in=theirs).select_related("region")
    return list(rows.order_by("name_folded", "pk"))


def project_asked(person: Person, key: str) -> Project | None:
    """A project of somebody's own about which they ask."""
    return project_keyed(projects_of(person).select_related("organisation"), key)
