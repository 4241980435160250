"""Whose day is near, who is to be asked after months, and what was answered."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count as TotalOf
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sinergia.exchange.models import Asked, Commitment, CommitmentReminder, Delegate, Visit
from sinergia.exchange.queries.commitments import OPEN
from sinergia.people.models import Person

Kind, State, Stage = CommitmentReminder.Kind, Commitment.State, Visit.Stage
BEFORE = timedelta(days=14)
ASKED_AFTER = (3, 6)  # months
OVER = (
    Stage.UNDER_WAY,
    Stage.DONE,
    Stage.ACCOUNTED,
)  # stages of a visit whose last day may be past
_BESIDE = ("visit", "practice", "delegate__person", "helper")
_COUNTED = Q(commitment__delegate__gone_at=None) | Q(answered_at__isnull=False)


@dataclass(frozen=True)
class Count:
    """How many were asked after so many months, and how many have answered."""

    months: int
    asked: int
    answered: int


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def kind_due(row: Commitment, *, today: date) -> str | None:
    """Of what an owner is to be reminded today; the day itself is still in time.

    Not that two weeks are left where it was taken less than two weeks before its day.
    """
    if row.state not in OPEN or row.due_on is None:
        return None
    if row.due_on < today:
        return Kind.OVERDUE
    if row.due_on - today <= timedelta(days=1):
        return Kind.TOMORROW
    is_young = timezone.localdate(row.made_at) > row.due_on - BEFORE
    return Kind.TWO_WEEKS if row.due_on - today <= BEFORE and not is_young else None


def to_remind(*, today: date) -> Iterator[Commitment]:
    """Open commitments of whose day nobody was reminded as it is due now; of who travels."""
    rows = Commitment.objects.filter(state__in=OPEN, due_on__lte=today + BEFORE)
    rows = rows.filter(delegate__gone_at=None, visit__course__removed_at=None)
    rows = rows.exclude(visit__stage=Stage.CANCELLED)
    for row in rows.select_related(*_BESIDE).prefetch_related("reminders").order_by("pk"):
        told = {(one.kind, one.due_on) for one in row.reminders.all()}
        kind = kind_due(row, today=today)
        if kind is not None and (kind, row.due_on) not in told:
            yield row


def to_ask(delegate: Delegate, months: int, *, today: date) -> list[Commitment]:
    """What a delegate is to be asked of after so many months and was not yet."""
    visit = delegate.visit
    if months_due(visit, today=today) != months:
        return []
    there = Asked.objects.filter(commitment=OuterRef("pk"), months=months)
    rows = Commitment.objects.filter(delegate=delegate, delegate__gone_at=None).exclude(
        state__in=[State.TAKEN_BACK, State.DROPPED]
    )
    return list(rows.filter(~Exists(there)).order_by("pk"))


def months_due(visit: Visit, *, today: date) -> int | None:
    """After how many months a visit is to be asked about now: the latest that has passed."""
    if visit.ends_on is None or visit.stage not in OVER:
        return None
    past = [one for one in ASKED_AFTER if months_after(visit.ends_on, one) <= today]
    return max(past, default=None)


def owners_to_ask(*, today: date) -> Iterator[tuple[Delegate, int]]:
    """Delegates to be asked today, each with the months since the visit."""
    rows = Visit.objects.filter(stage__in=OVER, course__removed_at=None)
    rows = rows.filter(ends_on__lte=today - timedelta(days=85), commitments__isnull=False)
    for visit in rows.distinct().order_by("pk"):
        months = months_due(visit, today=today)
        if months is None:
            continue
        there = Asked.objects.filter(commitment=OuterRef("pk"), months=months)
        waiting = visit.commitments.filter(~Exists(there)).exclude(
            state__in=[State.TAKEN_BACK, State.DROPPED]
        )
        owners = Delegate.objects.filter(pk__in=waiting.values("delegate"), gone_at=None)
        for delegate in owners.select_related("visit", "person").order_by("pk"):
            yield delegate, months


def asked_of(delegate: Delegate) -> QuerySet[Asked]:
    """What a delegate was asked; of what was not answered, or may be corrected: the last time."""
    rows = Asked.objects.filter(commitment__delegate=delegate)
    rows = rows.exclude(commitment__state=State.TAKEN_BACK)
    later = rows.filter(commitment=OuterRef("commitment"), months__gt=OuterRef("months"))
    rows = rows.filter(~Exists(later))
    return rows.select_related("commitment__practice", "commitment__delegate").order_by("pk")


def waiting_for(person: Person) -> QuerySet[Asked]:
    """Questions that wait for somebody's own answer."""
    rows = Asked.objects.filter(answered_at=None, commitment__delegate__person=person)
    later = Asked.objects.filter(commitment=OuterRef("commitment"), months__gt=OuterRef("months"))
    rows = rows.filter(~Exists(later), commitment__delegate__gone_at=None)
    rows = rows.filter(commitment__visit__course__removed_at=None)
    rows = rows.exclude(commitment__state=State.TAKEN_BACK)
    return rows.select_related("commitment__visit").order_by("pk")


def counts_of(visit: Visit) -> list[Count]:
    """Asked and answered, by months; of what was never asked, nothing.

    What nobody can answer any more counts neither way.
    """
    rows = Asked.objects.filter(_COUNTED, commitment__visit=visit)
    rows = rows.exclude(commitment__state=State.TAKEN_BACK).order_by("months")
    answered = TotalOf("pk", filter=Q(answered_at__isnull=False))
    told = rows.values_list("months").annotate(asked=TotalOf("pk"), answered=answered)
    return [Count(months, asked, answered) for months, asked, answered in told]


def asked_in(visit: Visit, months: int) -> QuerySet[Asked]:
    """The rows behind those numbers."""
    rows = Asked.objects.filter(_COUNTED, commitment__visit=visit, months=months)
    rows = rows.exclude(commitment__state=State.TAKEN_BACK)
    beside = ("commitment__practice", "commitment__delegate", "commitment__organisation")
    return rows.select_related(*beside).order_by("commitment__delegate__place", "pk")


def question_of(commitment: Commitment, months: int) -> Asked | None:
    """What was asked of a commitment after so many months."""
    return Asked.objects.filter(commitment=commitment, months=months).first()
