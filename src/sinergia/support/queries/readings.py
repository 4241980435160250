"""Readings of drafts: of one project, and those that a centre is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from sinergia.base.asking import LONGEST_WORDS, ListFilter, one_of
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of
from sinergia.projects.queries.writing import readiness_for, written
from sinergia.support.models import Reading

OPEN = (Reading.Stage.ASKED, Reading.Stage.PROMISED)
STATES = ("open", "asked", "promised", "mine", "overdue", "given", "taken_back", "all")


@dataclass(frozen=True)
class ReadingFilter(ListFilter):
    """q: words of a project's title; state: one of STATES, "" is the first."""

    q: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ReadingFilter":
        """Read an address; values that cannot be are dropped."""
        state = query.get("state", "")
        q = clean_line(query.get("q", ""))[:LONGEST_WORDS]
        return cls(q, one_of(state, STATES))


def readings_of(project: Project) -> QuerySet[Reading]:
    """Readings of a project, the latest first."""
    rows = Reading.objects.filter(project=project).select_related("reader", "revision")
    return rows.order_by("-pk")


def open_reading(project: Project) -> Reading | None:
    """The one that is asked for and not given yet."""
    return readings_of(project).filter(stage__in=OPEN).first()


def reading_for(person: Person, key: UUID) -> Reading | None:
    """A reading of a project that a person may read."""
    theirs = projects_of(person).order_by().values("pk")
    rows = Reading.objects.filter(project__in=theirs, key=key)
    return rows.select_related("reader", "revision", "project__organisation").first()


def reading_by(key: str) -> Reading | None:
    """A reading, whoever asks: for the worker."""
    return Reading.objects.filter(key=key).select_related("project__organisation").first()


def readings_at(centre: Centre) -> QuerySet[Reading]:
    """What a centre is asked to read: of projects that are still shared with it.

    day: by which it is read, as it was promised, else as it is wished.
    """
    rows = Reading.objects.filter(
        project__is_shared=True,
        project__removed_at=None,
        project__organisation__region__in=centre.regions.values("region"),
    )
    rows = rows.select_related("project__organisation", "project__contest__call", "reader")
    return rows.annotate(day=Coalesce("promised_on", "wished_on")).order_by("-pk")


def asked_for(
    rows: QuerySet[Reading], asked: ReadingFilter, reader: Person, *, today: date
) -> QuerySet[Reading]:
    """Those of `rows` that an address asks for; without a word those that are open."""
    if asked.q:
        rows = rows.filter(project__title_folded__contains=fold(asked.q))
    if asked.state == "all":
        return rows
    if asked.state == "mine":
        return rows.filter(stage=Reading.Stage.PROMISED, reader=reader)
    if asked.state == "overdue":
        late = Q(promised_on__lt=today) | Q(promised_on=None, wished_on__lt=today)
        return rows.filter(late, stage__in=OPEN)
    if asked.state in Reading.Stage.values:
        return rows.filter(stage=asked.state)
    return rows.filter(stage__in=OPEN)


def is_overdue(reading: Reading, *, today: date) -> bool:
    """Whether its day has passed and it is not given."""
    day = reading.promised_on or reading.wished_on
    return reading.stage in OPEN and day is not None and day < today


def hindering(project: Project, *, now: datetime) -> int:
    """How many things hinder handing a project in."""
    return len(readiness_for(written(project), now=now).blocking)
