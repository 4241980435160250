"""What a programme wants to reach: written, ordered, looked at after a year."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.programmes import locked
from sinergia.exchange.models import Aim, Programme
from sinergia.exchange.queries.programmes import aims_of, looked_at_from
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.models import Person

Given = Mapping[str, object]
MOST = 30  # aims of one programme


@transaction.atomic
def write_aim(
    programme: Programme,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    aim: Aim | None = None,
    seen: Given | None = None,
) -> Aim:
    """Write an aim at the end of the list, or one anew; the same text twice is one aim."""
    programme = locked(programme, actor)
    row = Aim(programme=programme) if aim is None else _held(programme, aim)
    given = touched(row, given, seen)
    text = str(given["text"])
    same = programme.aims.filter(text=text).exclude(pk=row.pk).first()
    if same is not None and aim is None:
        return same
    if aim is None:
        if programme.aims.count() >= MOST:
            raise Refused([Gap("aim.too_many", "text", {"most": MOST})])
        row.place = (programme.aims.aggregate(last=Max("place"))["last"] or 0) + 1
    row.text = text
    row.save()
    record("programme.aim_written", about=programme, actor=actor, at=now)
    return row


@transaction.atomic
def move_aim(aim: Aim, step: int, *, actor: Person, now: datetime) -> None:
    """Put an aim a place higher (-1) or lower (1); past the ends nothing changes."""
    programme = locked(aim.programme, actor)
    rows = list(aims_of(programme))
    at = next((place for place, row in enumerate(rows) if row.pk == aim.pk), None)
    if at is None:
        raise Refused([Gap("aim.gone")])
    row = rows.pop(at)
    rows.insert(min(max(at + step, 0), len(rows)), row)
    for place, one in enumerate(rows, start=1):
        one.place = place
    Aim.objects.bulk_update(rows, ["place"])
    record("programme.aim_moved", about=programme, actor=actor, at=now)


@transaction.atomic
def remove_aim(aim: Aim, *, actor: Person, now: datetime) -> None:
    """Take an aim away that was not looked at yet; twice is harmless.

    Raises Refused for one that was: what came of it is part of the account.
    """
    programme = locked(aim.programme, actor)
    row = programme.aims.filter(pk=aim.pk).first()
    if row is None:
        return
    if row.verdict:
        raise Refused([Gap("aim.was_judged")])
    row.delete()
    record("programme.aim_removed", about=programme, actor=actor, at=now)


@transaction.atomic
def judge_aim(
    aim: Aim,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    today: date,
    seen: Given | None = None,
) -> Aim:
    """Say whether an aim was met, in part or not, and by what that is proven.

    Raises Refused before a year has passed, and without a proof.
    """
    programme = locked(aim.programme, actor)
    row = _held(programme, aim)
    given = touched(row, given, seen)
    verdict, proof = str(given["verdict"]), str(given["proof"])
    if (row.verdict, row.proof) == (verdict, proof):
        return row
    begins = looked_at_from(programme)
    gaps = [Gap("aim.too_early", "verdict", {"day": f"{begins:%d.%m.%Y}"})]
    gaps = gaps if today < begins else []
    gaps += [] if proof.strip() else [Gap("aim.no_proof", "proof")]
    if gaps:
        raise Refused(gaps)
    row.verdict, row.proof, row.judged_by, row.judged_at = verdict, proof, actor.key, now
    row.save(update_fields=["verdict", "proof", "judged_by", "judged_at"])
    record("programme.aim_judged", about=programme, actor=actor, at=now, codes={"verdict": verdict})
    return row


def _held(programme: Programme, aim: Aim) -> Aim:
    row = programme.aims.filter(pk=aim.pk).first()
    if row is None:
        raise Refused([Gap("aim.gone")])
    return row
