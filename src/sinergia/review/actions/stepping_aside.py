"""Recusals: declared by a member, noted by the secretary, found by comparing."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.review.access import may_keep_minutes
from sinergia.review.models import Item, Member, Recusal, Sitting, Vote
from sinergia.review.queries.commission import bound_to, hidden_from, members_of

OPEN = Item.Decision.OPEN


@transaction.atomic
def recuse(item: Item, member: Member, reason: str, *, actor: Person, now: datetime) -> Recusal:
    """Note that a member takes no part in an item: by themselves, or by whoever keeps minutes.

    It holds for every open item about the same application; votes given before are taken back.
    Twice is harmless. Raises Refused once the item is decided, and without a reason.
    """
    contest_id = item.sitting.commission.contest_id
    contest = Contest.objects.select_for_update(of=("self",)).get(pk=contest_id)
    row = Item.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=item.pk)
    seat = Member.objects.get(pk=member.pk, commission=item.sitting.commission_id)
    is_own = seat.person_id == actor.pk and seat.until is None and actor.is_active
    if not is_own and not may_keep_minutes(actor, contest):
        raise PermissionDenied
    there = Recusal.objects.filter(item=row, member=seat).first()
    if there is not None:
        return there
    if row.decision != OPEN or row.sitting.stage == Sitting.Stage.CLOSED:
        raise Refused([Gap("item.decided")])
    if not reason.strip():
        raise Refused([Gap("recusal.unexplained", "reason")])
    for other in _alike(row):
        _note(other, seat, reason.strip(), now=now)
    codes: dict[str, str | int] = {"item": str(row.key), "member": str(seat.key)}
    record("commission.recused", about=contest.call, actor=actor, at=now, codes=codes)
    return Recusal.objects.get(item=row, member=seat)


def recuse_bound(member: Member, *, now: datetime) -> None:
    """Recuse a member from open items about applications of their organisations."""
    bound = bound_to(member).values("pk")
    for item in _open_items().filter(
        sitting__commission=member.commission_id, examination__in=bound
    ):
        _note(item, member, "", now=now)


def recuse_all_bound(sitting: Sitting, items: Sequence[Item], *, now: datetime) -> None:
    """Recuse from items whoever is of their organisation, or is recused from their application."""
    for member in members_of(sitting.commission):
        hidden = hidden_from(member)
        for item in items:
            if item.examination_id in hidden:
                rows = Recusal.objects.filter(member=member, item__examination=item.examination_id)
                told = rows.exclude(reason="").values_list("reason", flat=True).first()
                _note(item, member, told or "", now=now)


def _open_items() -> QuerySet[Item]:
    rows = Item.objects.filter(decision=OPEN)
    return rows.exclude(sitting__stage=Sitting.Stage.CLOSED).order_by("pk")


def _alike(item: Item) -> list[Item]:
    """The item, and other open ones about the same application."""
    if item.examination_id is None:
        return [item]
    return list(_open_items().filter(examination=item.examination_id))


def _note(item: Item, member: Member, reason: str, *, now: datetime) -> None:
    _made, is_new = Recusal.objects.get_or_create(
        item=item, member=member, defaults={"reason": reason, "at": now}
    )
    if is_new:
        Vote.objects.filter(item=item, member=member).delete()
        Item.objects.filter(pk=item.pk).update(version=F("version") + 1)
