"""Handing an application back: the expert is tied to it, and no sheet of theirs on it counts."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.queries.contests import rules_in_force
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE
from sinergia.review.actions.answering import LONGEST_REASON, tell_operators
from sinergia.review.actions.conflicts import tell_counts_still
from sinergia.review.actions.rating import recount
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.queries.decision import is_decided

Stage = Sheet.Stage


@transaction.atomic
def recuse(sheet: Sheet, why: str, *, actor: Person, now: datetime) -> Sheet:
    """Hand an application back because of a tie to it, in one press; twice is harmless.

    What was signed is set aside and counts no more, unless the decision stands on it already.
    The centre is told. Raises Refused for a reason that is too long.
    """
    examination = _locked_examination(sheet)
    rows = Sheet.objects.select_for_update(of=("self",))
    beside = ("expert__contest__call", "expert__contest__centre", "examination")
    row = rows.select_related(*beside).get(pk=sheet.pk)
    expert = row.expert
    is_own = expert.person_id == actor.pk and actor.is_active
    if not is_own or expert.stage != Expert.Stage.ACCEPTED:
        raise PermissionDenied
    if row.stage not in IN_FORCE or _is_tied(row):
        return row
    told = clean(why).strip()
    if len(told) > LONGEST_REASON:
        raise Refused([Gap("expert.long_reason", "why", {"longest": LONGEST_REASON})])
    declare_tie(expert, examination, told, actor=actor, now=now)
    was_signed = row.stage == Stage.SIGNED
    counts_still = was_signed and is_decided(expert.contest)
    if not counts_still:
        row.stage = Stage.SET_ASIDE if was_signed else Stage.RECUSED
        row.ended_at, row.why = now, told
        row.save(update_fields=["stage", "ended_at", "why"])
    if was_signed and not counts_still:
        recount(examination, rules_in_force(expert.contest), now=now)
    codes: dict[str, str | int] = {"expert": expert.code, "application": examination.code}
    record("sheet.recused", about=row, actor=actor, at=now, codes=codes)
    if counts_still:
        tell_counts_still(expert.contest, [row], now)
    else:
        tell_operators(expert, "review.recused", now=now, examination=examination)
    return row


def declare_tie(
    expert: Expert, examination: Examination, why: str, *, actor: Person, now: datetime
) -> Conflict:
    """Note what an expert says of a tie to an application; it stands whatever was found before."""
    written = {
        "source": Conflict.Source.EXPERT,
        "stage": Conflict.Stage.STANDS,
        "evidence": why,
        "raised_at": now,
        "raised_by": actor.key,
        "settled_at": None,
        "settled_by": None,
        "why": "",
    }
    row, _made = Conflict.objects.update_or_create(
        expert=expert,
        submission=examination.submission,
        kind=Conflict.Kind.DECLARED,
        defaults=written,
    )
    return row


def _is_tied(sheet: Sheet) -> bool:
    """Whether its expert has said already what ties them to its application."""
    said = Conflict.objects.filter(source=Conflict.Source.EXPERT, stage=Conflict.Stage.STANDS)
    about = {"expert": sheet.expert_id, "submission": sheet.examination.submission_id}
    return said.filter(**about).exists()


def _locked_examination(sheet: Sheet) -> Examination:
    rows = Examination.objects.select_for_update(of=("self",))
    return rows.select_related("submission").get(pk=sheet.examination_id)
