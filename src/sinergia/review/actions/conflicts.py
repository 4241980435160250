"""Conflicts of interest: entered, settled, and what one that stands does to a sheet."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.models import Submission
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_in_force
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.locking import run_locked
from sinergia.review.actions.rating import recount
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.queries.decision import is_decided
from sinergia.review.queries.operators import operators_seeing

Stage = Conflict.Stage
TOLD = 10  # applications that a message names


@transaction.atomic
def enter_conflict(
    expert: Expert,
    submission: Submission,
    reason: str,
    *,
    source: Conflict.Source = Conflict.Source.OPERATOR,
    actor: Person,
    now: datetime,
) -> Conflict:
    """Enter that an expert has an interest in an application; one that was cleared stands again.

    Entered twice it is one. Raises Refused without a reason, and for an operator of the
    organisation that applies.
    """
    contest = run_locked(expert.contest, actor)
    if submission.contest_id != contest.pk:
        raise PermissionDenied
    need_apart(actor, submission)
    evidence = clean(reason).strip()
    if not evidence:
        raise Refused([Gap("conflict.no_reason", "reason")])
    kind = Conflict.Kind.DECLARED
    row = Conflict.objects.filter(expert=expert, submission=submission, kind=kind).first()
    if row is not None and row.stage == Stage.STANDS:
        return row
    row = row or Conflict(expert=expert, submission=submission, kind=kind)
    row.source, row.stage, row.evidence = source, Stage.STANDS, evidence
    row.raised_at, row.raised_by = now, actor.key
    row.settled_at, row.settled_by, row.why = None, None, ""
    row.save()
    record("conflict.entered", about=row, actor=actor, at=now, codes=_codes(row))
    set_aside(contest, [row], actor=actor, now=now)
    return row


@transaction.atomic
def confirm_conflict(conflict: Conflict, *, actor: Person, now: datetime) -> Conflict:
    """Say that a warning is a conflict; pressing twice is harmless.

    Raises Refused for an operator of the organisation that applies.
    """
    contest, row = _locked(conflict, actor)
    if row.stage == Stage.STANDS:
        return row
    need_apart(actor, row.submission)
    row.stage, row.settled_at, row.settled_by, row.why = Stage.STANDS, now, actor.key, ""
    row.save(update_fields=["stage", "settled_at", "settled_by", "why"])
    record("conflict.confirmed", about=row, actor=actor, at=now, codes=_codes(row))
    set_aside(contest, [row], actor=actor, now=now)
    return row


@transaction.atomic
def clear_conflict(conflict: Conflict, why: str, *, actor: Person, now: datetime) -> Conflict:
    """Say that there is no conflict, and why; a sheet that was set aside stays so.

    Raises Refused without a reason, where the expert themselves declared it, and for an operator
    of the organisation that applies.
    """
    _contest, row = _locked(conflict, actor)
    if row.stage == Stage.CLEARED:
        return row
    need_apart(actor, row.submission)
    if row.source == Conflict.Source.EXPERT:
        raise Refused([Gap("conflict.of_the_expert")])
    reason = clean(why).strip()
    if not reason:
        raise Refused([Gap("conflict.no_reason", "why")])
    row.stage, row.settled_at, row.settled_by, row.why = Stage.CLEARED, now, actor.key, reason
    row.save(update_fields=["stage", "settled_at", "settled_by", "why"])
    record("conflict.cleared", about=row, actor=actor, at=now, codes=_codes(row))
    return row


def set_aside(
    contest: Contest, conflicts: Collection[Conflict], *, actor: Person, now: datetime
) -> int:
    """Set aside the sheets in force against which conflicts stand; give how many.

    A part of a transaction that holds the contest. What their applications come to is counted
    anew, and the operators are told that other experts are needed, unless it is decided. What
    the decision stands on counts as it did: of that they are told, and the commission may rule.
    """
    standing = {(one.expert_id, one.submission_id): one for one in conflicts}
    submissions = {submission for _expert, submission in standing}
    rows = Sheet.objects.filter(examination__submission__in=submissions, stage__in=IN_FORCE)
    pairs = rows.order_by("pk").values_list("pk", "expert", "examination__submission")
    why = {pk: standing.get((expert, submission)) for pk, expert, submission in pairs}
    found = {pk: conflict for pk, conflict in why.items() if conflict is not None}
    if not found:
        return 0
    sheets = _sheets(found)
    decided = is_decided(contest)
    if decided:
        tell_counts_still(contest, [one for one in sheets if one.stage == Sheet.Stage.SIGNED], now)
        sheets = [sheet for sheet in sheets if sheet.stage != Sheet.Stage.SIGNED]
    for sheet in sheets:
        kind = str(found[sheet.pk].get_kind_display())
        sheet.stage, sheet.ended_at, sheet.why = Sheet.Stage.SET_ASIDE, now, kind
        sheet.save(update_fields=["stage", "ended_at", "why"])
    rules = rules_in_force(contest)
    for examination in {sheet.examination for sheet in sheets}:
        recount(examination, rules, now=now)
    if sheets:
        codes: dict[str, str | int] = {"number": len(sheets)}
        record("review.sheets_set_aside", about=contest.call, actor=actor, at=now, codes=codes)
        _tell_set_aside(contest, sheets, now, decided="yes" if decided else "")
    return len(sheets)


def tell_counts_still(contest: Contest, sheets: Sequence[Sheet], now: datetime) -> None:
    """Tell the operators of ties that became known when the decision stood on the sheets."""
    url = reverse("assignment:conflicts", args=[contest.call.key])
    _tell(contest, "review.tied_after_decision", sheets, url=url, now=now)


def _tell_set_aside(
    contest: Contest, sheets: Sequence[Sheet], now: datetime, *, decided: str
) -> None:
    """Lead to where other experts are found; once decided none is needed, and nothing to do."""
    lacking = reverse("assignment:assignment", args=[contest.call.key]) + "?lacking=yes"
    url = reverse("assignment:conflicts", args=[contest.call.key]) if decided else lacking
    _tell(contest, "review.sheets_set_aside", sheets, url=url, now=now, decided=decided)


def _locked(conflict: Conflict, actor: Person) -> tuple[Contest, Conflict]:
    contest = run_locked(conflict.expert.contest, actor)
    return contest, Conflict.objects.select_for_update().get(pk=conflict.pk)


def _sheets(found: Collection[int]) -> Sequence[Sheet]:
    """Sheets and before them their applications, held in the order of the house."""
    named = Sheet.objects.filter(pk__in=found).values("examination")
    list(Examination.objects.select_for_update().filter(pk__in=named).order_by("pk"))
    rows = Sheet.objects.select_for_update(of=("self",)).filter(pk__in=found).order_by("pk")
    return list(rows.select_related("examination__submission"))


def _codes(row: Conflict) -> dict[str, str | int]:
    return {"kind": row.kind, "source": row.source}


def _tell(
    contest: Contest,
    code: str,
    sheets: Sequence[Sheet],
    *,
    url: str,
    now: datetime,
    decided: str = "",
) -> None:
    """Tell the operators about the applications of some sheets; nothing where there are none."""
    codes = {one.examination.submission_id: one.examination.code for one in sheets}
    for person, seen in operators_seeing(contest, codes):
        named = sorted(codes[pk] for pk in seen)
        more = "…" if len(named) > TOLD else ""
        tell(
            person, code, now=now, about=contest.call, url=url, contest=contest.call.name,
            applications=", ".join(named[:TOLD]) + more, decided=decided,
        )  # fmt: skip
