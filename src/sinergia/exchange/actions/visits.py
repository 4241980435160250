"""Visits: written, brought a step on or back, cancelled, shown to everybody, put away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from sinergia.base.errands.actions import promise, take_back
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.engine.visit import (
    MAY_BE_CANCELLED,
    STEPS,
    Facts,
    Step,
    back_gaps,
    stage_before,
    step_by_days,
    step_gaps,
)
from sinergia.exchange.access import PUBLISHED, TOLD, may_keep, may_prepare
from sinergia.exchange.actions.indexing import index_visit
from sinergia.exchange.actions.shelving import Shelf, is_shelved
from sinergia.exchange.models import Visit, VisitCourse
from sinergia.exchange.queries.visits import facts_of, today_at
from sinergia.notices.actions import tell
from sinergia.organisations.access import works_at
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.roles import staff_of_regions
from sinergia.people.actions.accounts import command_person
from sinergia.people.models import Person

Given = Mapping[str, object]
Stage = Visit.Stage
NEWS = {  # what may become of a visit, each with its notice
    "approved": "exchange.visit_approved",
    "moved": "exchange.visit_moved",
    "cancelled": "exchange.visit_cancelled",
    "after_all": "exchange.visit_after_all",
}
FIELDS = (
    "name",
    "kind",
    "programme",
    "agreement",
    "basis",
    "aims",
    "from_region",
    "to_region",
    "starts_on",
    "ends_on",
    "budget_minor",
    "payers",
)
COURSE_FIELDS = ("coordinator", "note")
SHELVED: Mapping[Shelf, str] = {  # how the journal calls it
    "publish": "visit.published",
    "hide": "visit.hidden",
    "put_away": "visit.put_away",
    "take_back": "visit.taken_back",
}
LONGEST = timedelta(days=60)  # every day is drawn, and a year is easily mistyped
AWAITED = (Stage.APPROVED, Stage.UNDER_WAY)  # whoever travels has been told the days
HAS_DAYS = (Stage.APPROVED, Stage.UNDER_WAY, Stage.DONE, Stage.ACCOUNTED)


@transaction.atomic
def write_visit(
    centre: Centre,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    visit: Visit | None = None,
    seen: Given | None = None,
) -> Visit:
    """Begin a visit, or write one anew; its clock is that of the region it goes to.

    given: FIELDS and COURSE_FIELDS. Raises Refused with every gap at once.
    """
    row, course = _rows(centre, visit, actor, now)
    shown, before = seen or {}, (row.starts_on, row.ends_on)
    own = touched(row, _part(given, FIELDS), _part(shown, FIELDS))
    beside = touched(course, _part(given, COURSE_FIELDS), _part(shown, COURSE_FIELDS))
    for name in FIELDS:
        setattr(row, name, own[name])
    gaps = list(_gaps(row, beside, centre if visit is None else row.centre))
    if gaps:
        raise Refused(gaps)
    is_moved = row.stage in AWAITED and (row.starts_on, row.ends_on) != before
    row.name_folded = fold(row.name)[:300]
    row.time_zone = row.to_region.time_zone or row.centre.time_zone
    row.save()
    for name in COURSE_FIELDS:
        setattr(course, name, beside[name])
    course.visit = row
    course.save(update_fields=None if visit is None else COURSE_FIELDS)
    index_visit(row)
    record("visit.written", about=row, actor=actor, at=now)
    if is_moved:
        _tell_all(row, "moved", now=now)
    return row


@transaction.atomic
def take_step(visit: Visit, step: Step, *, actor: Person, now: datetime) -> Visit:
    """Bring a visit on; pressing twice is harmless.

    Raises Refused with everything that is missing, or where it stands elsewhere now.
    """
    row = locked(visit, actor)
    before, after = STEPS[step]
    if row.stage == after:
        return row
    if row.stage != before:
        raise Refused([Gap("visit.wrong_stage")])
    gaps = step_gaps(step, facts_of(row), today=today_at(row, now))
    if gaps:
        raise Refused(gaps)
    _bring_to(row, after, actor=actor, now=now)
    return row


@transaction.atomic
def step_back(visit: Visit, *, seen: str, actor: Person, now: datetime) -> Visit:
    """Take the last step back, a cancelling too. seen: the stage that whoever presses saw.

    Raises Refused where there is none, or its days would bring the visit on again.
    """
    row = locked(visit, actor)
    course = row.course
    if row.stage != seen:
        return row
    before = stage_before(row.stage, cancelled_at=course.stage_before)
    if not before:
        raise Refused([Gap("visit.no_way_back")])
    gaps = back_gaps(row.stage, facts_of(row), today=today_at(row, now))
    if gaps:
        raise Refused(gaps)
    was_cancelled = row.stage == Stage.CANCELLED
    if was_cancelled:
        course.why_cancelled = course.stage_before = ""
        course.save(update_fields=["why_cancelled", "stage_before"])
    row.stage = Stage(before)
    row.save(update_fields=["stage"])
    record("visit.step_back", about=row, actor=actor, at=now, codes={"stage": before})
    if was_cancelled:
        _tell_all(row, "after_all", now=now)
    return row


@transaction.atomic
def cancel_visit(visit: Visit, reason: str, *, actor: Person, now: datetime) -> Visit:
    """Say that a visit does not take place, and why; whoever awaits it is told. Twice is harmless.

    Raises Refused without a reason, and where it is under way or over.
    """
    row = locked(visit, actor)
    course = row.course
    if row.stage == Stage.CANCELLED:
        return row
    gaps = [] if reason.strip() else [Gap("visit.no_reason", "reason")]
    gaps += [] if row.stage in MAY_BE_CANCELLED else [Gap("visit.too_late_to_cancel")]
    if gaps:
        raise Refused(gaps)
    course.stage_before, course.why_cancelled = row.stage, reason
    course.save(update_fields=["stage_before", "why_cancelled"])
    row.stage = Stage.CANCELLED
    row.save(update_fields=["stage"])
    record("visit.cancelled", about=row, actor=actor, at=now)
    _tell_all(row, "cancelled", now=now)
    return row


@transaction.atomic
def shelve_visit(visit: Visit, shelf: Shelf, *, actor: Person, now: datetime) -> Visit:
    """Show a visit to everybody or not, put it away or take it back; twice is harmless.

    Raises Refused for publishing one that is not approved.
    """
    row = locked(visit, actor)
    if shelf == "publish" and row.stage not in PUBLISHED:
        raise Refused([Gap("visit.not_approved")])
    if is_shelved(row.course, shelf, now=now):
        record(SHELVED[shelf], about=row, actor=actor, at=now)
    return row


@transaction.atomic
def bring_on_by_days(pk: int, *, now: datetime) -> None:
    """Take the step that a visit's days have brought, where it goes to; twice is harmless."""
    row = _held().filter(pk=pk, course__removed_at=None).first()
    if row is None:
        return
    step = step_by_days(row.stage, facts_of(row), today=today_at(row, now))
    if step is not None:
        _bring_to(row, STEPS[step][1], actor=command_person(now), now=now)


def missing(
    visit: Visit, step: Step, *, now: datetime, facts: Facts | None = None
) -> Sequence[Gap]:
    """What has to be there before a step. facts: where they were read already."""
    return step_gaps(step, facts or facts_of(visit), today=today_at(visit, now))


def has_way_back(visit: Visit, *, now: datetime, facts: Facts | None = None) -> bool:
    """Whether the last step may be taken back. facts: where they were read already."""
    if not stage_before(visit.stage, cancelled_at=visit.course.stage_before):
        return False
    return not back_gaps(visit.stage, facts or facts_of(visit), today=today_at(visit, now))


def locked(
    visit: Visit, actor: Person, *, may: Callable[[Person, Visit], bool] = may_prepare
) -> Visit:
    """The row as it is now and its course, held until the transaction ends, for who may."""
    row = _held().select_related("centre", "to_region", "from_region").get(pk=visit.pk)
    if not may(actor, row):
        raise PermissionDenied
    return row


def _held() -> QuerySet[Visit]:
    """Visits with their courses, both held: who waited for one alone reads the other as it was."""
    rows = Visit.objects.select_for_update(of=("self", "course")).select_related("course")
    return rows.exclude(course=None)


def _rows(
    centre: Centre, visit: Visit | None, actor: Person, now: datetime
) -> tuple[Visit, VisitCourse]:
    if visit is not None:
        row = locked(visit, actor)
        return row, row.course
    if not may_keep(actor, centre):
        raise PermissionDenied
    return Visit(centre=centre), VisitCourse(made_by=actor.key, made_at=now)


def _gaps(row: Visit, beside: Given, centre: Centre) -> Iterator[Gap]:
    ours = set(centre.regions.values_list("region", flat=True))
    if not ours & {row.from_region_id, row.to_region_id}:
        yield Gap("visit.not_our_region", "to_region")
    if row.from_region_id == row.to_region_id:
        yield Gap("visit.same_region", "to_region")
    starts, ends = row.starts_on, row.ends_on
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        yield Gap("visit.ends_early", "ends_on")
    elif isinstance(starts, date) and isinstance(ends, date) and ends - starts >= LONGEST:
        yield Gap("visit.too_long", "ends_on", {"most": LONGEST.days})
    if row.stage in HAS_DAYS and not (starts and ends):
        yield Gap("visit.needs_days", "starts_on")
    coordinator = beside["coordinator"]
    if isinstance(coordinator, Person) and not works_at(coordinator, centre):
        yield Gap("visit.coordinator_left", "coordinator")


def _bring_to(row: Visit, stage: str, *, actor: Keyed, now: datetime) -> None:
    row.stage = Stage(stage)
    row.save(update_fields=["stage"])
    record("visit.stage_changed", about=row, actor=actor, at=now, codes={"stage": stage})
    if stage == Stage.AGREED:
        _tell_other_side(row, "exchange.visit_agreed", now=now)
    if stage == Stage.APPROVED:
        _tell_all(row, "approved", now=now)


def _tell_all(row: Visit, news: str, *, now: datetime) -> None:
    """Accounts are told at once; whoever has none is written to, as hosts are."""
    code = NEWS[news]
    _tell_delegates(row, code, now=now)
    if row.stage in TOLD or row.course.stage_before in TOLD:
        _tell_other_side(row, code, now=now)
    if news == "after_all" and take_back("exchange.write_of_visit", f"{row.key}:cancelled"):
        return  # nobody was written that it is cancelled
    at = now.isoformat()
    once = f"{row.key}:{news}:{at}"
    promise("exchange.write_of_visit", now=now, once=once, key=row.key, news=news, at=at)


def _tell_other_side(visit: Visit, code: str, *, now: datetime) -> None:
    """The head of the centre on the other side learns what it may read now."""
    regions = [visit.from_region_id, visit.to_region_id]
    ours = set(visit.centre.staff.filter(until=None).values_list("person", flat=True))
    for person in staff_of_regions(regions, "head"):
        if person.pk not in ours:
            _tell(person, visit, code, now=now)


def _tell_delegates(visit: Visit, code: str, *, now: datetime) -> None:
    rows = visit.delegates.filter(gone_at=None, person__is_active=True).select_related("person")
    for row in rows.order_by("place", "pk"):
        if row.person is not None:
            _tell(row.person, visit, code, now=now)


def _tell(person: Person, visit: Visit, code: str, *, now: datetime) -> None:
    url = reverse("exchange:visit", args=[visit.key])
    tell(person, code, now=now, about=visit, url=url, urgent=False, **values_told(visit))


def values_told(visit: Visit) -> dict[str, str]:
    """What a notice of a visit, or a letter, names."""
    days = f"{visit.starts_on:%d.%m.%Y}" if visit.starts_on else ""
    return {"visit": visit.name, "on": days, "why": visit.course.why_cancelled}


def _part(given: Given, names: Sequence[str]) -> dict[str, object]:
    return {name: given[name] for name in names if name in given}
