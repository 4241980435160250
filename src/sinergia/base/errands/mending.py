"""What a person does to an errand by hand. Whoever may is asked by the room of the page."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import OPEN, errands_to_run_again
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused


@transaction.atomic
def run_again(key: UUID, *, actor: Keyed, now: datetime) -> Errand:
    """Have an errand run at once: one that was given up, or one that waits for its next try.

    Pressing the button twice is harmless. Raises Refused where somebody runs it now, where it
    is done, or where the same was promised again since it was given up.
    """
    errand = Errand.objects.select_for_update().get(key=key)
    gaps = list(_against(errand, now=now))
    if gaps:
        raise Refused(gaps)
    if errand.given_up_at is None and errand.run_after <= now:
        return errand
    if errand.given_up_at is not None:
        errand.attempts = 0
    errand.given_up_at, errand.run_after = None, now
    errand.leased_until = errand.claim = None
    errand.save(update_fields=["given_up_at", "attempts", "run_after", "leased_until", "claim"])
    record("errand.run_again", about=errand, actor=actor, at=now, codes={"name": errand.name})
    return errand


@transaction.atomic
def run_all_again(name: str, *, actor: Keyed, now: datetime) -> int:
    """Have every errand of a name that was given up run at once; give how many.

    One that was promised again since is left: it runs anyway.
    """
    chosen = errands_to_run_again(name)
    errands = list(chosen.select_for_update().only("pk", "key"))
    if not errands:
        return 0
    Errand.objects.filter(pk__in=[errand.pk for errand in errands]).update(
        given_up_at=None, attempts=0, run_after=now, leased_until=None, claim=None
    )
    keys = "\n".join(str(errand.key) for errand in errands)
    told: dict[str, str | int] = {
        "name": name,
        "count": len(errands),
        "digest": hashlib.sha256(keys.encode()).hexdigest(),
    }
    record("errand.all_run_again", about=errands[0], actor=actor, at=now, codes=told)
    return len(errands)


@transaction.atomic
def give_up(key: UUID, *, actor: Keyed, now: datetime) -> Errand:
    """Have an errand that waits not be tried any more; twice is harmless.

    Raises Refused where somebody runs it now, or where it is done.
    """
    errand = Errand.objects.select_for_update().get(key=key)
    if errand.given_up_at is not None:
        return errand
    gaps = list(_against(errand, now=now))
    if gaps:
        raise Refused(gaps)
    errand.given_up_at, errand.leased_until, errand.claim = now, None, None
    errand.save(update_fields=["given_up_at", "leased_until", "claim"])
    record("errand.given_up", about=errand, actor=actor, at=now, codes={"name": errand.name})
    return errand


def _against(errand: Errand, *, now: datetime) -> list[Gap]:
    """What speaks against touching an errand."""
    if errand.done_at is not None:
        return [Gap("errand.is_done")]
    if errand.leased_until is not None and errand.leased_until >= now:
        return [Gap("errand.is_running")]
    twin = Q(once=errand.once) & ~Q(once="") & ~Q(pk=errand.pk)
    if errand.given_up_at is not None and Errand.objects.filter(OPEN, twin).exists():
        return [Gap("errand.is_promised_again")]
    return []
