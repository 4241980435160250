"""What an organisation chooses of its applications, and the decision written down."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.errands.steps import in_small_steps
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.projects.access import may_submit
from sinergia.review.access import may_run
from sinergia.review.actions.locking import run_locked
from sinergia.review.models import Award, Chosen, Examination, Item, Sitting
from sinergia.review.queries.decision import (
    Ranked,
    Ranking,
    awards_of,
    cuts_of,
    is_choosing_over,
    is_set,
    proposals_of,
    ranking_of,
    reason_of,
    siblings_of,
)
from sinergia.review.queries.winners import differing_from

STEP = 200  # awards in one transaction: nobody's save waits longer than for these


@transaction.atomic
def choose_application(examination: Examination, *, actor: Person, now: datetime) -> None:
    """Say which of its applications an organisation would have. Twice is harmless.

    Raises Refused once the commission sits over the list, decided or not: nobody learns from
    it whether a decision is written. Also where it has a single one.
    """
    Contest.objects.select_for_update().get(pk=examination.contest_id)
    if not may_submit(actor, examination.submission.project):
        raise PermissionDenied
    theirs = siblings_of(examination)
    if is_choosing_over(examination.contest, now=now):
        raise Refused([Gap("choice.late")])
    if theirs.count() < 2:
        raise Refused([Gap("choice.single")])
    if Chosen.objects.filter(examination=examination).exists():
        return
    Chosen.objects.filter(examination__in=theirs.values("pk")).delete()
    Chosen.objects.create(examination=examination, by=actor.key, at=now)
    codes: dict[str, str | int] = {"code": examination.code}
    record("decision.chosen", about=examination, actor=actor, at=now, codes=codes)


def decide_contest(contest: Contest, sitting: Sitting, *, actor: Person, now: datetime) -> int:
    """Write what a sitting decided about everybody; give how many rows were new or other ones.

    Twice is harmless. Until the result is published a later sitting may decide anew.
    Raises Refused where no list was adopted there, it has become another one since, or cannot
    stand.
    """
    ranking = _ranking_to_write(contest, sitting, actor)
    written = _drop_others(contest, ranking, actor=actor, now=now)
    for step in in_small_steps(_differing(contest, ranking, sitting), STEP):
        written += _write_some(contest, sitting, step, actor=actor, now=now)
    return written


def _ranking_to_write(contest: Contest, sitting: Sitting, actor: Person) -> Ranking:
    if not may_run(actor, contest):
        raise PermissionDenied
    lists = sitting.items.filter(kind=Item.Kind.LIST, decision=Item.Decision.ADOPTED)
    adopted = lists.order_by("-decided_at", "-pk").first()
    if sitting.commission.contest_id != contest.pk or adopted is None:
        raise Refused([Gap("decision.no_list")])
    kept = rules_of(contest)
    if kept is None:
        raise Refused([Gap("decision.no_rules")])
    ranking = ranking_of(contest, kept.rules, proposals_of(contest))
    if ranking.is_over:
        raise Refused([Gap("decision.over_budget")])
    wrong = [
        Gap("decision.sum_wrong", values={"code": one.candidate.key})
        for one in ranking.rows
        if one.candidate.offered_minor is not None
        and not 0 < one.candidate.offered_minor <= one.candidate.asked_minor
    ]
    if number := differing_from(adopted, ranking):
        wrong.append(Gap("decision.other_list", values={"number": number}))
    if wrong:
        raise Refused(wrong)
    return ranking


def _differing(contest: Contest, ranking: Ranking, sitting: Sitting) -> list[Ranked]:
    """Rows that are not written yet, or are written otherwise."""
    columns = ("sitting_id", "at", "place", "rating", "outcome", "awarded_minor", "reserve", "cuts")
    rows = awards_of(contest).values_list("examination_id", *columns, "reason")
    there = {pk: tuple(told) for pk, *told in rows}
    return [
        one
        for one in ranking.rows
        if there.get(one.examination)
        != (
            sitting.pk,
            one.placed.at,
            one.placed.place,
            one.candidate.rating,
            one.placed.outcome,
            one.placed.awarded_minor,
            one.placed.reserve,
            cuts_of(one),
            reason_of(one),
        )
    ]


@transaction.atomic
def _drop_others(contest: Contest, ranking: Ranking, *, actor: Person, now: datetime) -> int:
    """Take out what was decided about who is withdrawn since; give how many."""
    others = awards_of(contest).exclude(examination__in=[one.examination for one in ranking.rows])
    if not others.exists():
        return 0
    held = run_locked(contest, actor)
    _need_unpublished(held)
    gone, _by_model = others.delete()
    codes: dict[str, str | int] = {"number": gone}
    record("contest.decided", about=held.call, actor=actor, at=now, codes=codes)
    return gone


def _need_unpublished(contest: Contest) -> None:
    if is_set(contest):
        raise Refused([Gap("decision.published")])


@transaction.atomic
def _write_some(
    contest: Contest, sitting: Sitting, step: Sequence[Ranked], *, actor: Person, now: datetime
) -> int:
    held = run_locked(contest, actor)
    _need_unpublished(held)
    Award.objects.filter(examination__in=[one.examination for one in step]).delete()
    Award.objects.bulk_create(_award(one, sitting) for one in step)
    codes: dict[str, str | int] = {"number": len(step)}
    record("contest.decided", about=held.call, actor=actor, at=now, codes=codes)
    return len(step)


def _award(one: Ranked, sitting: Sitting) -> Award:
    placed = one.placed
    return Award(
        examination_id=one.examination,
        sitting=sitting,
        at=placed.at,
        place=placed.place,
        rating=one.candidate.rating,
        outcome=placed.outcome,
        why=placed.why,
        reason=reason_of(one),
        awarded_minor=placed.awarded_minor,
        cuts=cuts_of(one),
        reserve=placed.reserve,
    )
