"""Handing an application back: the expert is tied to it, and no sheet of theirs on it counts."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.rating import rating_of, spread
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.packs.rules.frozen import thawed
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE
from sinergia.review.actions.answering import LONGEST_REASON, tell_operators
from sinergia.review.models import Conflict, Examination, Expert, Score, Sheet

Stage = Sheet.Stage


@transaction.atomic
def recuse(sheet: Sheet, why: str, *, actor: Person, now: datetime) -> Sheet:
    """Hand an application back because of a tie to it; twice is harmless.

    What was signed is set aside and counts no more. The centre is told. Raises Refused without a
    reason.
    """
    examination = _locked_examination(sheet)
    rows = Sheet.objects.select_for_update(of=("self",))
    beside = ("expert__contest__call", "expert__contest__centre")
    row = rows.select_related(*beside).get(pk=sheet.pk)
    expert = row.expert
    is_own = expert.person_id == actor.pk and actor.is_active
    if not is_own or expert.stage != Expert.Stage.ACCEPTED:
        raise PermissionDenied
    if row.stage not in IN_FORCE:
        return row
    told = _reason(why)
    declare_tie(expert, examination, told, actor=actor, now=now)
    was_signed = row.stage == Stage.SIGNED
    row.stage = Stage.SET_ASIDE if was_signed else Stage.RECUSED
    row.ended_at, row.why = now, told
    row.save(update_fields=["stage", "ended_at", "why"])
    if was_signed:
        count_sheets(examination)
    codes: dict[str, str | int] = {"expert": expert.code, "application": examination.code}
    record("sheet.recused", about=row, actor=actor, at=now, codes=codes)
    tell_operators(expert, "review.recused", now=now, application=examination.code)
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
    }
    row, _made = Conflict.objects.update_or_create(
        expert=expert,
        submission=examination.submission,
        kind=Conflict.Kind.DECLARED,
        defaults=written,
    )
    return row


def count_sheets(examination: Examination) -> Examination:
    """Count again what the signed sheets of an application come to; it is under its lock."""
    rules = thawed(bytes(examination.submission.frozen.rules.content))
    criteria = rules.criteria_of(examination.category)
    weights = {one.code: one.weights[examination.category] for one in criteria}
    signed = Sheet.objects.filter(examination=examination, stage=Stage.SIGNED).order_by("pk")
    ratings = [one for one in signed.values_list("rating", flat=True) if one is not None]
    sheets: dict[int, dict[str, Decimal]] = {pk: {} for pk in signed.values_list("pk", flat=True)}
    scores = Score.objects.filter(sheet__in=list(sheets)).order_by("pk")
    for pk, criterion, score in scores.values_list("sheet", "criterion", "score"):
        sheets[pk][criterion] = score
    examination.signed = len(sheets)
    examination.preliminary = rating_of(
        list(sheets.values()),
        weights,
        average=rules.scoring.average,
        decimals=rules.scoring.decimals,
    )
    examination.spread = spread(ratings)
    examination.save(update_fields=["signed", "preliminary", "spread"])
    return examination


def _locked_examination(sheet: Sheet) -> Examination:
    rows = Examination.objects.select_for_update(of=("self",))
    return rows.select_related("submission__frozen__rules").get(pk=sheet.examination_id)


def _reason(why: str) -> str:
    told = clean(why).strip()
    if not told:
        raise Refused([Gap("recusal.no_reason", "why")])
    if len(told) > LONGEST_REASON:
        raise Refused([Gap("expert.long_reason", "why", {"longest": LONGEST_REASON})])
    return told
