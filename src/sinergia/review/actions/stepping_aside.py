"""Recusals: declared by a member, noted by the secretary, found by comparing."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.people.models import Person
from sinergia.review.access import may_keep_minutes
from sinergia.review.actions.locking import minutes_locked
from sinergia.review.models import Item, Member, Recusal, Sitting, Vote
from sinergia.review.queries.commission import bound_to, hidden_from, hidden_items, members_of

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
    if not is_own:
        _tell(seat, row, contest, "review.recusal_noted", now=now)
    return Recusal.objects.get(item=row, member=seat)


@transaction.atomic
def take_back_recusal(item: Item, member: Member, *, actor: Person, now: datetime) -> None:
    """Take a recusal back that was noted by mistake, from every open item about the application.

    The member is told, and sees it again. Twice is harmless. Raises Refused for one that was found
    by comparing, and where anything about the application was decided without them.
    """
    contest = minutes_locked(item.sitting.commission.contest, actor)
    row = Item.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=item.pk)
    if hidden_items(actor, contest).filter(pk=row.pk).exists():
        raise PermissionDenied
    there = Recusal.objects.filter(item=row, member=member).first()
    if there is None:
        return
    theirs = Recusal.objects.filter(member=member, item__in=_about_the_same(row))
    if row.decision != OPEN or theirs.exclude(item__decision=OPEN).exists():
        raise Refused([Gap("item.decided")])
    if not there.reason or row.examination_id in bound_to(member).values_list("pk", flat=True):
        raise Refused([Gap("recusal.found")])
    items = list(theirs.values_list("item", flat=True))
    theirs.delete()
    Item.objects.filter(pk__in=items).update(version=F("version") + 1)
    codes: dict[str, str | int] = {"item": str(row.key), "member": str(member.key)}
    record("commission.recusal_taken_back", about=contest.call, actor=actor, at=now, codes=codes)
    _tell(member, row, contest, "review.recusal_taken_back", now=now)


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


def _about_the_same(item: Item) -> QuerySet[Item]:
    """The item, and every other one about the same application, decided or not."""
    alike = Q(pk=item.pk)
    if item.examination_id is not None:
        alike |= Q(examination=item.examination_id)
    return Item.objects.filter(alike)


def _tell(seat: Member, item: Item, contest: Contest, code: str, *, now: datetime) -> None:
    """Tell a member with an account of a recusal; no word says from what."""
    if seat.person is not None and seat.person.is_active:
        tell(
            seat.person, code, now=now, about=contest.call, url=reverse("commission:own"),
            number=item.sitting.number, contest=contest.call.name,
        )  # fmt: skip


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
