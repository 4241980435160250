"""By which day, as the rules of its contest have it, an application is decided about."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min

from sinergia.applications.models import Submission
from sinergia.applications.queries.waiting import to_register
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of, rules_of_many
from sinergia.engine.granting.periods import after_workdays
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules

Stage = Submission.Stage


def due_on(row: Submission, contest: Contest, rules: Rules) -> date | None:
    """The last day for the next decision, by the clock of the contest; none where none waits.

    What came back and can be mended no more has none: its time ran before it came back.
    """
    closes_on = day_of(contest.closes_at, contest)
    if row.stage == Stage.SUBMITTED:
        return _register_by(row.submitted_at, contest, rules)
    if row.stage == Stage.REGISTERED and closes_on is not None:
        return closes_on + timedelta(days=rules.terms.admit_days)
    return None


def first_due(centre: Centre) -> dict[UUID, date]:
    """By the call's key: the day by which what was submitted first is to be registered."""
    waiting = to_register(centre).filter(stage=Stage.SUBMITTED).order_by()
    first = dict(waiting.values_list("contest").annotate(at=Min("submitted_at")))
    rules = rules_of_many(first)
    contests = Contest.objects.filter(pk__in=rules).select_related("call")
    return {one.call.key: _register_by(first[one.pk], one, rules[one.pk]) for one in contests}


def _register_by(submitted_at: datetime, contest: Contest, rules: Rules) -> date:
    day = submitted_at.astimezone(ZoneInfo(contest.time_zone)).date()
    return after_workdays(day, rules.terms.register_workdays)
