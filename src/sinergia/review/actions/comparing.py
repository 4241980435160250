"""Conflicts found by comparing experts with the applications, some at a time."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.models import Submission
from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of, is_judged, rules_of
from sinergia.engine.interests import Readers, Tie
from sinergia.people.models import Person
from sinergia.review.access import may_run
from sinergia.review.actions.conflicts import set_aside
from sinergia.review.actions.locking import locked_contest, run_locked
from sinergia.review.models import Conflict, Expert
from sinergia.review.queries.comparing import (
    applicants_of,
    compared_experts,
    compared_submissions,
    readers_of,
)
from sinergia.review.queries.conflicts import carried_to, comparing_word

STEP = 200  # applications in one transaction
Stage = Conflict.Stage


def start_comparing(contest: Contest, *, actor: Person, now: datetime) -> None:
    """Have the worker compare; asked for while it does, it is one."""
    if not may_run(actor, contest):
        raise PermissionDenied
    word = comparing_word(contest)
    promise(
        "review.find_conflicts", now=now, once=word, is_long=True,
        key=contest.call.key, actor=actor.key,
    )  # fmt: skip


def compare_one(expert: Expert, *, now: datetime) -> None:
    """Have the worker compare an expert who is new, or another now, while applications are judged.

    Before that nothing is done: all are compared when the review begins.
    """
    contest = expert.contest
    if is_judged(contest):
        promise("review.find_conflicts", now=now, key=contest.call.key, expert=expert.key)


def find_conflicts(contest: Contest, *, actor: Person, now: datetime, expert: str = "") -> int:
    """Compare every expert with every application; give how many conflicts are new.

    expert: the key of one, who alone is compared. What a person has cleared stays cleared; a
    warning that has become firm stands. Twice is harmless.
    """
    if not (may_run(actor, contest) or actor.machine):
        raise PermissionDenied
    kept, everybody = rules_of(contest), compared_experts(contest)
    experts = [one for one in everybody if expert in ("", str(one.key))]
    if kept is None or not experts:
        return 0
    readers = readers_of(experts, kept.rules, today=day_of(now, contest) or now.date())
    new, last = 0, 0
    while some := list(compared_submissions(contest).filter(pk__gt=last)[:STEP]):
        last = some[-1].pk
        found = [*_found(some, experts, readers), *carried_to(some)]
        if found:
            new += _write(contest, found, actor=actor, now=now)
    return new


def _found(
    submissions: Sequence[Submission], experts: Sequence[Expert], readers: Readers
) -> Iterable[Conflict]:
    for submission, applicant in zip(submissions, applicants_of(submissions), strict=True):
        for at, tie in readers.ties(applicant):
            yield Conflict(
                expert=experts[at],
                submission=submission,
                source=Conflict.Source.FOUND,
                kind=tie.kind,
                stage=Stage.STANDS if tie.stands else Stage.WARNING,
                evidence=evidence_of(tie),
            )


def evidence_of(tie: Tie) -> str:
    """What is the same and where it stands, as codes: sentences are made of it when it is read."""
    told = {"field": tie.field, "theirs": tie.theirs, "ours": tie.ours}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


@transaction.atomic
def _write(contest: Contest, found: Sequence[Conflict], *, actor: Person, now: datetime) -> int:
    held = locked_contest(contest) if actor.machine else run_locked(contest, actor)
    rows = Conflict.objects.filter(submission__in={one.submission_id for one in found})
    there = {(one.expert_id, one.submission_id, one.kind): one for one in rows}
    new, firmer = [], []
    for one in found:
        known = there.get((one.expert_id, one.submission_id, one.kind))
        one.raised_at = now
        if known is None:
            new.append(one)
        elif known.stage == Stage.WARNING and one.stage == Stage.STANDS:
            known.stage, known.evidence = one.stage, one.evidence
            firmer.append(known)
    if not new and not firmer:
        return 0
    Conflict.objects.bulk_create(new)
    Conflict.objects.bulk_update(firmer, ["stage", "evidence"])
    codes: dict[str, str | int] = {"number": len(new) + len(firmer)}
    record("review.conflicts_found", about=held.call, actor=actor, at=now, codes=codes)
    standing = [one for one in (*new, *firmer) if one.stage == Stage.STANDS]
    set_aside(held, standing, actor=actor, now=now)
    return len(new)
