"""What applicants say of those who must not read their application, and whom it means."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import OVER
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.notices.actions import tell
from sinergia.people.models import Person
from sinergia.review.access import may_object
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.conflicts import enter_conflict
from sinergia.review.actions.locking import run_locked
from sinergia.review.models import Conflict, Expert, Objection
from sinergia.review.queries.conflicts import now_in_force, objections_of
from sinergia.review.queries.operators import operators_seeing

MOST = 20  # of one application


@transaction.atomic
def raise_objection(
    submission: Submission, whom: str, reason: str, *, actor: Person, now: datetime
) -> Objection:
    """Say that somebody must not read an application; said twice it is said once.

    Raises Refused without a name or a reason, for one that is over, for too many.
    """
    rows = Submission.objects.select_for_update(of=("self",))
    held = rows.select_related("organisation", "contest__call", "contest__centre").get(
        pk=submission.pk
    )
    if not may_object(actor, held):
        raise PermissionDenied
    named, words = clean_line(whom), clean(reason).strip()
    there = objections_of(held)
    same = there.filter(whom=named, reason=words).first()
    if same is not None:
        return same
    gaps = [] if named else [Gap("objection.nobody", "whom")]
    gaps += [] if words else [Gap("conflict.no_reason", "reason")]
    gaps += [Gap("objection.over")] if held.stage in OVER else []
    gaps += [Gap("objection.too_many", values={"most": MOST})] if there.count() >= MOST else []
    if gaps:
        raise Refused(gaps)
    made = Objection.objects.create(
        submission=held, whom=named, reason=words, raised_at=now, raised_by=actor.key
    )
    codes: dict[str, str | int] = {"number": held.shown_number}
    record("submission.objected", about=held, actor=actor, at=now, codes=codes)
    url = reverse("assignment:conflicts", args=[held.contest.call.key])
    for person, _seen in operators_seeing(held.contest, [held.pk]):
        tell(person, "review.objection", now=now, about=held, url=url, number=held.shown_number)
    return made


@transaction.atomic
def settle_objection(
    objection: Objection, experts: Sequence[Expert], why: str, *, actor: Person, now: datetime
) -> Objection:
    """Say which experts an applicant meant; none of them with a reason.

    The same said twice is harmless. Raises Refused where there is neither an expert nor a reason,
    where it is settled otherwise, and for an operator of the organisation that applies.
    """
    contest = run_locked(objection.submission.contest, actor)
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    reason = clean(why).strip()
    if row.settled_by == actor.key and row.why == reason and _is_said(row, experts):
        return row
    need_apart(actor, objection.submission)
    if row.settled_at is not None:
        raise Refused([Gap("objection.settled")])
    if not experts and not reason:
        raise Refused([Gap("objection.no_reason", "why")])
    words, source = _evidence(row), Conflict.Source.APPLICANT
    read = now_in_force(objection.submission)
    for expert in experts:
        enter_conflict(expert, read, words, source=source, actor=actor, now=now)
    row.settled_at, row.settled_by, row.why = now, actor.key, reason
    row.save(update_fields=["settled_at", "settled_by", "why"])
    codes: dict[str, str | int] = {"experts": len(experts)}
    record("review.objection_settled", about=contest.call, actor=actor, at=now, codes=codes)
    return row


def _is_said(row: Objection, experts: Sequence[Expert]) -> bool:
    """Whether just these experts were named: conflicts entered by it are theirs, and they stand."""
    read = now_in_force(row.submission)
    there = Conflict.objects.filter(submission=read, kind=Conflict.Kind.DECLARED)
    entered = there.filter(source=Conflict.Source.APPLICANT, evidence=_evidence(row))
    named = {one.pk for one in experts}
    stand = set(there.filter(stage=Conflict.Stage.STANDS).values_list("expert", flat=True))
    return set(entered.values_list("expert", flat=True)) <= named <= stand


def _evidence(row: Objection) -> str:
    return f"{row.whom}: {row.reason}"
