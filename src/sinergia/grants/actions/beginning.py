"""A grant is begun: from an award that was published, or from a win elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.models import Application, Submission
from sinergia.applications.queries.origins import origin_of
from sinergia.applications.queries.submissions import written_frozen
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest, Outcome
from sinergia.calls.queries.contests import day_of, rules_of
from sinergia.engine.granting.periods import Part, parts_of
from sinergia.engine.granting.plan import granted_lines, write_plan
from sinergia.engine.project import read_document
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import may_begin
from sinergia.grants.actions.locking import refuse
from sinergia.grants.actions.telling import tell_team
from sinergia.grants.models import Condition, Grant, Period, Plan
from sinergia.grants.queries.awaiting import NAMES, gaps_of
from sinergia.packs.rules import Rules
from sinergia.packs.rules.grants import Grants
from sinergia.people.models import Person
from sinergia.projects.queries.writing import written
from sinergia.review.access import may_run
from sinergia.review.actions.recutting import read_budget
from sinergia.review.models import Award, Publication
from sinergia.review.queries.following import accepted_budget_of


@dataclass(frozen=True)
class Won:
    """What was won elsewhere, as its papers say. sum_minor: in the fund's currency."""

    sum_minor: int
    begins_on: date
    ends_on: date


@transaction.atomic
def begin_grant(award: Award, *, actor: Person, now: datetime) -> Grant:
    """Make the grant of an award: conditions, the first plan, periods by the rules of the contest.

    Pressed twice it is one. Raises Refused with everything that keeps it from being begun.
    """
    contest = Contest.objects.select_for_update().get(pk=award.examination.contest_id)
    if not may_run(actor, contest):
        raise PermissionDenied
    told = Publication.objects.filter(contest=contest, stage="published").first()
    if told is None or told.published_at is None or contest.is_training:
        raise PermissionDenied
    rows = Award.objects.select_for_update(of=("self",))
    row = rows.select_related(*(f"examination__{name}" for name in NAMES)).get(pk=award.pk)
    there = Grant.objects.filter(award=row).first()
    if there is not None:
        return there
    refuse(gaps_of(row))
    rules = rules_of(contest)
    if rules is None:
        raise Refused([Gap("grant.no_rules")])
    since = day_of(row.followed_at or told.published_at, contest) or now.date()
    grant = _made_of(row, since + timedelta(days=rules.rules.terms.sign_days), now=now)
    _furnish(grant, row.examination.submission, row, rules.rules, now=now)
    codes: dict[str, str | int] = {"number": row.examination.submission.shown_number}
    record("grant.begun", about=grant, actor=actor, at=now, codes=codes)
    tell_team(grant, "grants.begun", now=now)
    return grant


@transaction.atomic
def begin_elsewhere(application: Application, won: Won, *, actor: Person, now: datetime) -> Grant:
    """Make the grant of an application that won elsewhere; pressed twice it is one.

    One that was declined is begun over again. Its plan is that of the project it was written
    from, where that is known, else the sum alone.
    Raises Refused for dates and sums that cannot be.
    """
    rows = Application.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation", "fund").get(pk=application.pk)
    if not may_begin(actor, row):
        raise PermissionDenied
    there = Grant.objects.select_for_update().filter(application=row).first()
    if there is not None and there.stage != Grant.Stage.DECLINED:
        return there
    owner = row.organisation
    refuse(_against(row, won))
    if owner is None:
        raise Refused([Gap("grant.not_won")])
    grant = _elsewhere(there or Grant(application=row, organisation=owner), won, now=now)
    texts = written(grant.project).values if grant.project is not None else {}
    write_first_plan(grant, dated(texts, grant), now=now)
    write_parts(grant, parts_by(Grants(), grant))
    record("grant.begun_elsewhere", about=grant, actor=actor, at=now)
    return grant


def write_first_plan(
    grant: Grant, texts: Mapping[str, str], left: Mapping[str, int] | None = None, *, now: datetime
) -> Plan:
    """Version 1 of its plan. left: what the grant pays of lines that were cut."""
    lines = read_document(texts, currency=grant.currency).lines
    kept = write_plan(texts, granted_lines(lines, sum_minor=grant.sum_minor, left=left))
    return Plan.objects.create(
        grant=grant, version=1, content=kept.content, digest=kept.digest, made_at=now
    )


def dated(texts: Mapping[str, str], grant: Grant) -> dict[str, str]:
    """Texts of a project with the days of a grant elsewhere: its papers say them, no draft."""
    days = {"starts_on": grant.begins_on, "ends_on": grant.ends_on}
    return {**texts, **{name: day.isoformat() for name, day in days.items()}}


def parts_by(rules: Grants, grant: Grant) -> list[Part]:
    """Periods with tranches as rules share the time and the sum of a grant."""
    return parts_of(
        grant.begins_on,
        grant.ends_on,
        grant.sum_minor,
        [one.share for one in rules.periods_of(grant.sum_minor)],
        report_workdays=rules.report_workdays,
    )


def write_parts(grant: Grant, parts: list[Part]) -> None:
    """Write periods, for the first time or over those that were there before the signing."""
    grant.periods.all().delete()
    Period.objects.bulk_create(
        Period(
            grant=grant,
            number=number,
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            report_on=one.report_on,
            tranche_minor=one.tranche_minor,
        )
        for number, one in enumerate(parts, start=1)
    )


def _made_of(award: Award, sign_by: date, *, now: datetime) -> Grant:
    submission, contest = award.examination.submission, award.examination.contest
    document, application = written_frozen(submission).document, submission.application
    if application is None or document.starts_on is None or document.ends_on is None:
        raise Refused([Gap("grant.no_dates")])  # what `gaps_of` has told before
    return Grant.objects.create(
        application=application,
        award=award,
        organisation=submission.organisation,
        centre=contest.centre,
        project=submission.project,
        currency=submission.currency,
        sum_minor=award.awarded_minor,
        begins_on=document.starts_on,
        ends_on=document.ends_on,
        sign_by=sign_by,
        made_at=now,
    )


def _elsewhere(grant: Grant, won: Won, *, now: datetime) -> Grant:
    """A grant won elsewhere as its papers say, with nothing of it that was written before."""
    origin = origin_of(grant.application)
    grant.project = origin.project if origin is not None else None
    grant.currency, grant.sum_minor = grant.application.currency, won.sum_minor
    grant.begins_on, grant.ends_on = won.begins_on, won.ends_on
    grant.stage, grant.made_at = Grant.Stage.PREPARING, now
    grant.save()
    grant.papers.update(plan=None)
    grant.plans.all().delete()
    return grant


def _furnish(
    grant: Grant, submission: Submission, award: Award, rules: Rules, *, now: datetime
) -> None:
    """Conditions, plan and periods of a new grant."""
    Condition.objects.bulk_create(
        Condition(grant=grant, code=one.code, text=one.text.ru[:500])
        for one in rules.grants.conditions
    )
    cut = accepted_budget_of(award)
    lines = read_budget(cut)["lines"] if cut is not None else []
    left = {str(one["id"]): int(one["granted_minor"]) for one in lines}
    write_first_plan(grant, written_frozen(submission).values, left, now=now)
    write_parts(grant, parts_by(rules.grants, grant))


def _against(row: Application, won: Won) -> list[Gap]:
    told = []
    if row.outcome != Outcome.WON or row.organisation_id is None:
        told.append(Gap("grant.not_won"))
    if hasattr(row, "submission"):
        told.append(Gap("grant.of_here"))
    if won.sum_minor <= 0:
        told.append(Gap("grant.no_sum", "sum"))
    if won.ends_on < won.begins_on:
        told.append(Gap("grant.ends_early", "ends_on"))
    return told
