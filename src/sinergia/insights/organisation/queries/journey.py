"""The journey of an organisation, step by step; and how far each one of a centre has come.

A page shows a reader what they may see of it; the list counts for a centre what is its own: its
consultations and trainings, projects shared with it or handed in, applications of the register,
grants of its contests and those won elsewhere in its regions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from sinergia.applications.models import Application
from sinergia.applications.queries.filters import OUTCOMES
from sinergia.applications.queries.submissions import OVER, submissions_of
from sinergia.base.asking import LONGEST_WORDS, ListFilter, one_of
from sinergia.engine.text import clean_line, fold
from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Delegate, Visit
from sinergia.grants.access import of_centre
from sinergia.grants.models import Grant, Report
from sinergia.grants.queries.grants import grants_for
from sinergia.organisations.models import Centre, CentreStaff, Membership, Organisation
from sinergia.organisations.queries.roles import served
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of
from sinergia.support.models import Consultation, Enrolment

STEPS = (
    "registered", "trained", "visited", "consulted", "project", "application", "award",
    "grant", "report",
)  # fmt: skip
TRAVELLED = (Visit.Stage.UNDER_WAY, Visit.Stage.DONE, Visit.Stage.ACCOUNTED)
MOST = 500  # things of one step on a page


@dataclass(frozen=True)
class Event:
    """One thing that happened. on: none where nobody wrote it down; is_year: only its year.

    row: what it is; the page opens it.
    """

    step: str
    on: date | None
    row: Any
    is_year: bool = False


@dataclass(frozen=True)
class Accepted:
    """A report of a grant that was accepted. period: its number; none: the final one."""

    key: UUID
    grant: Grant
    period: int | None


@dataclass(frozen=True)
class JourneyFilter(ListFilter):
    """q: words of a name; reached: a step; missing: a step that was not reached."""

    q: str = ""
    reached: str = ""
    missing: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "JourneyFilter":
        """Read an address; values that cannot be are dropped."""
        reached, missing = query.get("reached", ""), query.get("missing", "")
        return cls(
            clean_line(query.get("q", ""))[:LONGEST_WORDS],
            one_of(reached, STEPS),
            one_of(missing, STEPS),
        )


def journey_of(organisation: Organisation, reader: Person) -> list[Event]:
    """What happened with an organisation, as far as its reader may see it; the earliest first."""
    events = [event for read in READ for event in read(organisation, reader)]
    return sorted(events, key=lambda one: (one.on or date.min, STEPS.index(one.step)))


def journeys(centre: Centre, asked: JourneyFilter) -> QuerySet[Organisation]:
    """Organisations that a centre serves, each with the steps it has reached."""
    rows = served(centre).select_related("municipality")
    if asked.q:
        rows = rows.filter(name_folded__contains=fold(asked.q))
    for step in STEPS:
        rows = rows.annotate(**{f"is_{step}": _reached(step, centre)})
    if asked.reached:
        rows = rows.filter(**{f"is_{asked.reached}": True})
    if asked.missing:
        rows = rows.filter(**{f"is_{asked.missing}": False})
    made = (Case(When(**{f"is_{step}": True}, then=1), default=0) for step in STEPS)
    far: Any = Value(0, IntegerField())
    for one in made:
        far = far + one
    return rows.annotate(steps=far)


def funnel(rows: QuerySet[Organisation]) -> dict[str, int]:
    """How many of these have reached each step."""
    counts = {step: Count("pk", filter=Q(**{f"is_{step}": True})) for step in STEPS}
    told: dict[str, int] = rows.order_by().aggregate(**counts)
    return told


def _reached(step: str, centre: Centre) -> Exists | Q:
    own = {"organisation": OuterRef("pk")}
    if step == "registered":
        kind = Organisation.Kind.REGISTERED
        return Exists(Organisation.objects.filter(pk=OuterRef("pk"), kind=kind))
    if step == "trained":
        there = Enrolment.objects.filter(attended_at__isnull=False, training__centre=centre)
        return Exists(there.filter(**own))
    if step == "visited":
        delegates = Delegate.objects.filter(gone_at=None, visit__stage__in=TRAVELLED, **own)
        told = Q(visit__centre=centre) | Q(visit__course__is_public=True)
        regions = centre.regions.values("region")
        told |= Q(visit__from_region__in=regions) | Q(visit__to_region__in=regions)
        return Exists(delegates.filter(told, visit__course__removed_at=None))
    if step == "consulted":
        return Exists(Consultation.objects.filter(centre=centre, removed_at=None, **own))
    if step == "project":
        known = Q(is_shared=True) | ~Q(submitted_as="")
        return Exists(Project.objects.filter(known, removed_at=None, **own))
    if step in ("grant", "report"):
        return _granted(step, centre)
    rows = Application.objects.filter(**own)
    if step == "award":
        rows = rows.filter(outcome__in=OUTCOMES["won"])
    return Exists(rows)


def _granted(step: str, centre: Centre) -> Exists:
    rows = Grant.objects.filter(of_centre(centre), organisation=OuterRef("pk"))
    rows = rows.filter(signed_on__isnull=False).order_by()
    if step == "report":
        accepted = Report.objects.filter(grant=OuterRef("pk"), stage=Report.Stage.ACCEPTED)
        rows = rows.filter(Exists(accepted))
    return Exists(rows)


def _registered(organisation: Organisation, _reader: Person) -> Iterator[Event]:
    if organisation.kind == Organisation.Kind.REGISTERED:
        yield Event("registered", organisation.registered_on, organisation)


def _trained(organisation: Organisation, reader: Person) -> Iterator[Event]:
    """To the organisation's people, all of them; to a centre, its own. So of consultations."""
    seen_by_them = _own(reader) | Q(training__centre__in=_centres(reader))
    rows = Enrolment.objects.filter(seen_by_them, organisation=organisation)
    rows = rows.filter(attended_at__isnull=False).select_related("training")
    seen: set[int] = set()
    for one in rows.order_by("pk")[:MOST]:
        if one.training_id not in seen:
            seen.add(one.training_id)
            yield Event("trained", _day(one.training.starts_at), one.training)


def _visited(organisation: Organisation, reader: Person) -> Iterator[Event]:
    theirs = Delegate.objects.filter(visit=OuterRef("pk"), organisation=organisation, gone_at=None)
    rows = Visit.objects.filter(seen_by(reader), Exists(theirs), stage__in=TRAVELLED)
    for one in rows.order_by("pk")[:MOST]:
        yield Event("visited", one.starts_on, one)


def _consulted(organisation: Organisation, reader: Person) -> Iterator[Event]:
    seen_by_them = _own(reader) | Q(centre__in=_centres(reader))
    rows = Consultation.objects.filter(seen_by_them, organisation=organisation, removed_at=None)
    for one in rows.select_related("topic").order_by("pk")[:MOST]:
        yield Event("consulted", one.held_on, one)


def _begun(organisation: Organisation, reader: Person) -> Iterator[Event]:
    rows = projects_of(reader).filter(organisation=organisation)
    for one in rows.order_by("pk")[:MOST]:
        yield Event("project", _day(one.made_at), one)


def _applied(organisation: Organisation, reader: Person) -> Iterator[Event]:
    """Applications and awards; what was handed in here and is not registered yet, for its own."""
    rows = Application.objects.filter(organisation=organisation).select_related(
        "fund", "submission"
    )
    for one in rows.order_by("pk")[:MOST]:
        submission = getattr(one, "submission", None)
        year = date(one.contest_year, 1, 1) if one.contest_year else None
        on = _day(submission.submitted_at) if submission is not None else year
        yield Event("application", on, one, is_year=submission is None)
        if one.outcome in OUTCOMES["won"]:
            decided = one.decided_on or (date(one.contest_year, 12, 31) if year else None)
            yield Event("award", decided, one, is_year=one.decided_on is None)
    waiting = submissions_of(reader).filter(organisation=organisation, application=None)
    for row in waiting.exclude(stage__in=OVER).order_by("pk")[:MOST]:
        yield Event("application", _day(row.submitted_at), row)


def _carried(organisation: Organisation, reader: Person) -> Iterator[Event]:
    """Grants that were signed, each with those of its reports that were accepted; one query."""
    rows = grants_for(reader).filter(organisation=organisation, signed_on__isnull=False)
    accepted = FilteredRelation("reports", condition=Q(reports__stage=Report.Stage.ACCEPTED))
    rows = rows.annotate(accepted=accepted)
    told = rows.annotate(
        report=F("accepted__key"),
        at=F("accepted__settled_at"),
        period=F("accepted__period__number"),
    )
    seen: set[int] = set()
    for one in told.order_by("pk", "accepted__pk")[:MOST]:
        if one.pk not in seen:
            seen.add(one.pk)
            yield Event("grant", one.signed_on, one)
        if one.report is not None:
            on = _day(one.at) if one.at is not None else None
            yield Event("report", on, Accepted(one.report, one, one.period))


Read = Callable[[Organisation, Person], Iterable[Event]]
READ: tuple[Read, ...] = (
    _registered, _visited, _begun, _applied, _carried, _trained, _consulted,
)  # fmt: skip


def _own(reader: Person) -> Q:
    teams = Membership.objects.filter(person=reader, until=None)
    return Q(organisation__in=teams.values("organisation"))


def _centres(reader: Person) -> QuerySet[CentreStaff, Any]:
    return CentreStaff.objects.filter(person=reader, until=None).values("centre")


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
