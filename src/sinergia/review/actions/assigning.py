"""An assignment is asked for, made by the worker, looked at, and dropped or accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np
from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.assigning import Impossible, assign, examine
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.review.access import may_run
from sinergia.review.actions.comparing import find_conflicts
from sinergia.review.actions.course import need_open
from sinergia.review.actions.locking import run_locked
from sinergia.review.models import Assignment
from sinergia.review.queries.assigning import Asked, accepted_experts, ask, standing_of
from sinergia.review.queries.naming import titles_named
from sinergia.review.queries.proposals import Proposal, Reading

Stage = Assignment.Stage
OPEN = (Stage.WAITING, Stage.READY)
WORST = 10  # applications that are shown as served worst
NAMED = 200  # codes that are kept of those who are short
WHY = {  # the sentence for each shortage of the engine
    "nobody": "assignment.nobody",
    "reviews": "assignment.reviews",
    "loads": "assignment.loads",
}
BEGUN, COMPARED, GATHERED, MADE = 2, 25, 80, 95  # how much is done by then, of a hundred


@dataclass(frozen=True)
class Wanted:
    """What the operator asks for. least, most: applications of each expert; none: as they say."""

    least: int = 0
    most: int | None = None
    is_repair: bool = False


@transaction.atomic
def propose(contest: Contest, wanted: Wanted, *, actor: Person, now: datetime) -> Assignment:
    """Have an assignment made; asked for while one is made, it is that one.

    One that was proposed and not accepted is dropped. Raises Refused where there is nobody who
    reads, nothing to be read, or nothing missing, and once the decision is made.
    """
    held = run_locked(contest, actor)
    need_open(held)
    there = Assignment.objects.filter(contest=held, stage__in=OPEN).first()
    if there is not None and there.stage == Stage.WAITING:
        return there
    kept, standing = rules_of(held), standing_of(held)
    gaps = [] if standing.applications else [Gap("assignment.no_applications")]
    gaps += [] if accepted_experts(held).exists() else [Gap("assignment.no_experts")]
    if wanted.is_repair and standing.applications and not standing.lacking:
        gaps.append(Gap("assignment.nothing_missing"))
    if wanted.most is not None and wanted.most < wanted.least:
        gaps.append(Gap("assignment.bounds", "most"))
    if gaps or kept is None:
        raise Refused(gaps or [Gap("assignment.no_applications")])
    if there is not None:
        _end(there, Stage.DROPPED, now=now)
    made = Assignment.objects.create(
        contest=held,
        reviews=kept.rules.review.experts,
        least=wanted.least,
        most=wanted.most,
        is_repair=wanted.is_repair,
        made_by=actor.key,
        made_at=now,
    )
    record("assignment.asked", about=made, actor=actor, at=now)
    promise("review.make_assignment", now=now, is_long=True, key=made.key)
    return made


@transaction.atomic
def drop(assignment: Assignment, *, actor: Person, now: datetime) -> None:
    """Let an assignment that is not accepted go; pressing twice is harmless."""
    run_locked(assignment.contest, actor)
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.stage in (Stage.ACCEPTED, Stage.DROPPED):
        return
    _end(row, Stage.DROPPED, now=now)
    record("assignment.dropped", about=row, actor=actor, at=now)


def make_assignment(assignment: Assignment, *, now: datetime) -> None:
    """Compare, gather, solve, and keep what came of it; one that was dropped meanwhile is left."""
    contest, kept = assignment.contest, rules_of(assignment.contest)
    if assignment.stage != Stage.WAITING or kept is None:
        return
    _progress(assignment, BEGUN)
    maker = account_by(assignment.made_by)
    if maker is not None and may_run(maker, contest):  # they may have left meanwhile
        find_conflicts(contest, actor=maker, now=now)
    _progress(assignment, COMPARED)

    def gathered(done: int) -> None:
        _progress(assignment, COMPARED + (GATHERED - COMPARED) * done // 100)

    asked = ask(assignment, kept.rules, progress=gathered)
    _progress(assignment, GATHERED)
    try:
        proposal = _solved(asked)
    except Impossible as impossible:
        _keep(assignment, Stage.IMPOSSIBLE, why=_why_not(impossible, asked), now=now)
        return
    _progress(assignment, MADE)
    why = _summary(proposal)
    titles = titles_named(contest, [code for code, _mean in why["worst"]])
    why["worst"] = [[code, titles.get(code, ""), mean] for code, mean in why["worst"]]
    _keep(assignment, Stage.READY, proposal.to_bytes(), why=why, now=now)


def _solved(asked: Asked) -> Proposal:
    """The best assignment with its proof and with why each reading is where it is."""
    found = assign(asked.task)
    return Proposal(
        applications=asked.applications,
        experts=asked.experts,
        task=asked.task,
        readings=[
            Reading(int(one), int(expert), asked.affinities.parts(int(one), int(expert)))
            for one, expert in np.argwhere(found.chosen)
        ],
        prices=[int(price) for price in found.prices],
        weights=asked.weights,
        number=asked.affinities.number,
    )


def _summary(proposal: Proposal) -> dict[str, Any]:
    """What a proposal comes to, for its page. worst: codes with their mean affinity."""
    task, chosen = proposal.task, proposal.chosen
    told = examine(task, chosen, proposal.prices)
    gained = np.where(chosen, task.affinity, 0).sum(axis=1)
    means = [int(sum_) // int(n) for sum_, n in zip(gained, task.reviews, strict=True)]
    worst = sorted(range(len(means)), key=lambda at: (means[at], at))[:WORST]
    return {
        "readings": len(proposal.readings),
        "applications": len(proposal.applications),
        "total": int(told.objective),
        "bound": int(told.bound),
        "loads": list(told.loads),
        "worst": [[proposal.applications[at], means[at]] for at in worst],
    }


def _why_not(impossible: Impossible, asked: Asked) -> dict[str, object]:
    """Why nothing can be proposed: codes and numbers, of which a sentence is made when read."""
    short = impossible.shortage
    code = WHY["nobody" if short.code == "reviews" and not short.experts else short.code]
    return {
        "code": code,
        "applications": [asked.applications[at] for at in short.applications[:NAMED]],
        "number": len(short.applications),
        "experts": [asked.experts[at] for at in short.experts[:NAMED]],
        "needed": short.needed,
        "available": short.available,
    }


@transaction.atomic
def _keep(
    assignment: Assignment,
    stage: Stage,
    content: bytes = b"",
    *,
    why: Mapping[str, object],
    now: datetime,
) -> None:
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.stage != Stage.WAITING:
        return
    row.stage, row.done, row.why = stage, 100, dict(why)
    row.content, row.digest = content, sha256(content).hexdigest() if content else ""
    row.save(update_fields=["stage", "done", "why", "content", "digest"])
    actor = account_by(row.made_by) or command_person(now)
    codes: dict[str, str | int] = {"stage": stage.value, "digest": row.digest}
    record("assignment.made", about=row, actor=actor, at=now, codes=codes)


def _progress(assignment: Assignment, done: int) -> None:
    Assignment.objects.filter(pk=assignment.pk, stage=Stage.WAITING).update(done=done)


def _end(row: Assignment, stage: Stage, *, now: datetime) -> None:
    row.stage, row.ended_at = stage, now
    row.save(update_fields=["stage", "ended_at"])
