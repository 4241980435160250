"""A winner cuts budget and plan to the sum of the award; an operator accepts it or returns it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.access import has_interest
from sinergia.applications.queries.submissions import written_frozen
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.cutting import cut
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person
from sinergia.projects.access import may_submit
from sinergia.review.access import may_run
from sinergia.review.models import Award, RevisedBudget
from sinergia.review.queries.following import budgets_of, is_due, is_held
from sinergia.review.queries.sittings import WHOLE

SCHEMA = "budget/1"
Stage = RevisedBudget.Stage


@dataclass(frozen=True)
class Given:
    """What a winner sends. left: {line: what the grant pays of it}, those that are cut."""

    left: Mapping[str, int]
    plan: str = ""


@transaction.atomic
def send_budget(award: Award, given: Given, *, actor: Person, now: datetime) -> RevisedBudget:
    """Send the lines as they come to the award, with words on the plan.

    Pressed twice the first is returned. Raises Refused with every wrong line.
    """
    _contest, row = _locked(award)
    submission = row.examination.submission
    if not may_submit(actor, submission.project):
        raise PermissionDenied
    last = budgets_of(row).first()
    if last is not None and last.stage != Stage.RETURNED:
        if _said(row, given) == bytes(last.content):
            return last
        raise Refused([Gap("revised.done" if last.stage == Stage.ACCEPTED else "revised.waits")])
    if not is_due(row):
        raise Refused([Gap("revised.not_due")])
    content = _said(row, given)
    made = RevisedBudget.objects.create(
        award=row,
        version=last.version + 1 if last is not None else 1,
        content=content,
        digest=sha256(content).hexdigest(),
        sent_by=actor.key,
        sent_at=now,
    )
    codes: dict[str, str | int] = {"version": made.version, "digest": made.digest}
    record("budget.sent", about=made, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def settle_budget(
    budget: RevisedBudget, *, accepts: bool, words: str = "", actor: Person, now: datetime
) -> RevisedBudget:
    """Accept a budget, which then stays for the agreement, or return it with words.

    Twice is harmless. Raises Refused where somebody settled it otherwise meanwhile, and where the
    grant was declined.
    """
    contest, row = _locked(budget.award)
    if not may_run(actor, contest):
        raise PermissionDenied
    if has_interest(actor, row.examination.submission.organisation):
        raise Refused([Gap("decision.own")])
    held = RevisedBudget.objects.select_for_update().get(pk=budget.pk)
    wanted, words = Stage.ACCEPTED if accepts else Stage.RETURNED, clean(words).strip()
    if held.stage == wanted:
        return held
    if held.stage != Stage.SENT or not is_held(row):
        raise Refused([Gap("decision.meanwhile")])
    if not accepts and not words:
        raise Refused([Gap("revised.no_words", "words")])
    held.stage, held.words = wanted, "" if accepts else words
    held.settled_by, held.settled_at = actor.key, now
    held.save(update_fields=["stage", "words", "settled_by", "settled_at"])
    codes: dict[str, str | int] = {"version": held.version, "digest": held.digest}
    if accepts:
        record("budget.accepted", about=held, actor=actor, at=now, codes=codes)
    else:
        record("budget.returned", about=held, actor=actor, at=now, codes=codes)
    _tell(held, row, now=now)
    return held


def lines_of(row: Award) -> list[dict[str, Any]]:
    """Lines of the budget as it was handed in, and what the commission left of each."""
    submission = row.examination.submission
    cuts = {str(one["line"]): int(one["minor"]) for one in row.cuts}
    document = written_frozen(submission).document
    lines = [(one.id, one.what, one.article, one.asked_minor) for one in document.lines]
    return [
        {
            "id": name,
            "what": what,
            "article": article,
            "asked_minor": asked,
            "granted_minor": asked - cuts.get(name, 0),
        }
        for name, what, article, asked in lines or [(WHOLE, "", "", submission.asked_minor)]
    ]


def read_budget(budget: RevisedBudget) -> dict[str, Any]:
    """What was sent: lines, plan, sum_minor. ValueError where it is not what its digest says."""
    content = bytes(budget.content)
    if sha256(content).hexdigest() != budget.digest:
        raise ValueError(budget.digest)
    values: dict[str, Any] = json.loads(content)["values"]
    return values


def _said(row: Award, given: Given) -> bytes:
    """The document, whose sum is the award's. Raises Refused."""
    lines = lines_of(row)
    asked = {str(one["id"]): int(one["asked_minor"]) for one in lines}
    done = cut(asked, given.left, whole_minor=row.awarded_minor)
    told = [
        one | {"granted_minor": one["asked_minor"] - done.cuts.get(str(one["id"]), 0)}
        for one in lines
    ]
    values = {"lines": told, "plan": clean(given.plan).strip(), "sum_minor": done.sum_minor}
    return canonical({"schema": SCHEMA, "values": values})


def _locked(award: Award) -> tuple[Contest, Award]:
    contest = Contest.objects.select_for_update().get(pk=award.examination.contest_id)
    rows = Award.objects.select_for_update(of=("self",))
    names = ("project", "organisation", "frozen__rules", "contest__call")
    named = [f"examination__submission__{name}" for name in names]
    return contest, rows.select_related(*named).get(pk=award.pk)


def _tell(held: RevisedBudget, row: Award, *, now: datetime) -> None:
    submission = row.examination.submission
    code = "review.budget_accepted" if held.stage == Stage.ACCEPTED else "review.budget_returned"
    for member in memberships_of(submission.organisation):
        tell(
            member.person,
            code,
            now=now,
            about=held,
            url=reverse("decision:revised", args=[submission.key]),
            number=submission.shown_number,
            words=held.words,
        )
