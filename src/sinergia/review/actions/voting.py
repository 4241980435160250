"""Votes: given by members, entered from signed minutes, counted into a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.locking import minutes_locked
from sinergia.review.actions.ruling import enact
from sinergia.review.actions.sittings import held_sitting
from sinergia.review.models import Item, Member, Presence, Recusal, Sitting, Vote
from sinergia.review.queries.commission import hidden_items, members_of
from sinergia.review.queries.decision import OF_LIST, is_set
from sinergia.review.queries.sittings import attendance_of, counted
from sinergia.review.queries.winners import proposed_list

Form = Sitting.Form


@dataclass(frozen=True)
class VoteGiven:
    """A vote as it was given. dissent: goes into the minutes."""

    choice: str
    dissent: str = ""


@transaction.atomic
def cast_vote(
    item: Item, member: Member, given: VoteGiven, *, actor: Person, now: datetime
) -> Vote:
    """Vote as a member; until the item is decided a vote may be given anew.

    PermissionDenied for who is no voting member or is recused. Raises Refused where the session
    is not open, the member is not marked as present, the term is over, the item is decided.
    """
    contest_id = item.sitting.commission.contest_id
    contest = Contest.objects.select_for_update(of=("self",)).get(pk=contest_id)
    sitting, row = held_sitting(item.sitting), Item.objects.select_for_update().get(pk=item.pk)
    seats = Member.objects.filter(commission=sitting.commission_id, until=None, is_voting=True)
    seat = seats.filter(pk=member.pk, person=actor, person__is_active=True).first()
    if seat is None or hidden_items(actor, contest).filter(pk=row.pk).exists():
        raise PermissionDenied
    _need_open(sitting, row)
    is_remote = sitting.form == Form.CORRESPONDENCE
    if is_remote and sitting.ends_at is not None and now > sitting.ends_at:
        raise Refused([Gap("vote.late")])
    if not is_remote and not Presence.objects.filter(sitting=sitting, member=seat).exists():
        raise Refused([Gap("vote.not_present")])
    vote = _put(row, seat, given, actor=actor, now=now)
    codes: dict[str, str | int] = {"item": str(row.key), "member": str(seat.key)}
    record("commission.voted", about=contest.call, actor=actor, at=now, codes=codes)
    return vote


@transaction.atomic
def enter_votes(
    item: Item, given: Mapping[int, VoteGiven | None], *, seen: int, actor: Person, now: datetime
) -> None:
    """Enter votes from what was signed: by the primary key of the member.

    None takes out what was entered by mistake: they did not vote. seen: version of the item that
    was shown. A vote that a member gave here stands. Raises
    Refused without the scan, for who is not there, may not vote or is recused.
    """
    contest = minutes_locked(item.sitting.commission.contest, actor)
    sitting = held_sitting(item.sitting)
    row = _held(item, contest, seen=seen, actor=actor)
    _need_open(sitting, row)
    if sitting.scan_id is None:
        raise Refused([Gap("vote.no_scan")])
    may = _who_may(sitting, row)
    for pk, vote in given.items():
        member = may.get(pk)
        if member is None:
            raise Refused([Gap("vote.may_not")])
        before = Vote.objects.filter(item=row, member=member).first()
        if before is not None and member.person is not None and before.by == member.person.key:
            raise Refused([Gap("vote.own_stands")])
        if vote is None:
            _take_out(row, member)
        else:
            _put(row, member, vote, actor=actor, now=now)
    codes: dict[str, str | int] = {"item": str(row.key), "votes": len(given)}
    record("commission.votes_entered", about=contest.call, actor=actor, at=now, codes=codes)


@transaction.atomic
def decide_item(item: Item, *, seen: int, actor: Person, now: datetime) -> Item:
    """Count the votes, write down what was decided, and do what an adopted ruling says.

    seen: version of the item that was shown; of two who decide at once the second is told what
    the first decided (`item.meanwhile`). Raises Refused without a quorum or a vote, and by
    correspondence before the end as long as somebody has not voted; and for what would change the
    list of winners once the result is set.
    """
    contest = minutes_locked(item.sitting.commission.contest, actor)
    sitting = held_sitting(item.sitting)
    row = _held(item, contest, seen=seen, actor=actor)
    _need_open(sitting, row)
    if row.kind in OF_LIST and is_set(contest):
        raise Refused([Gap("decision.published")])
    room = attendance_of(sitting)
    told = counted(sitting, [row], room)[0]
    if not room.has_quorum:
        raise Refused([Gap("sitting.no_quorum")])
    if not told.table.has_quorum:
        raise Refused([Gap("item.no_quorum", values={"needed": told.table.needed})])
    if not told.count.cast:
        raise Refused([Gap("item.no_votes")])
    is_remote = sitting.form == Form.CORRESPONDENCE
    everybody = told.table.entitled - told.table.recused
    is_early = is_remote and sitting.ends_at is not None and now <= sitting.ends_at
    if is_early and told.table.taking_part != everybody:
        raise Refused([Gap("sitting.not_over")])
    row.decision = Item.Decision.ADOPTED if told.count.is_adopted else Item.Decision.REJECTED
    row.decided_at, row.version = now, row.version + 1
    row.present = None if is_remote else sorted(room.there)
    if row.kind == Item.Kind.LIST:  # what ratings come to later is not what was voted on
        lines = [one.model_dump(mode="json") for one in proposed_list(contest)]
        row.proposal = row.proposal | {"awards": lines}
    row.save(update_fields=["decision", "decided_at", "present", "version", "proposal"])
    codes: dict[str, str | int] = {"item": str(row.key), "decision": row.decision}
    record("commission.decided", about=contest.call, actor=actor, at=now, codes=codes)
    enact(row, actor=actor, now=now)
    return row


def _held(item: Item, contest: Contest, *, seen: int, actor: Person) -> Item:
    """An item under its lock, as it was shown. Who is recused does not keep its minutes."""
    row = Item.objects.select_for_update().filter(pk=item.pk).first()
    if row is None:
        raise Refused([Gap("item.gone")])
    if hidden_items(actor, contest).filter(pk=row.pk).exists():
        raise PermissionDenied
    if row.version != seen:
        raise Refused([Gap("item.meanwhile")])
    if row.examination is not None:
        need_apart(actor, row.examination.submission)
    return row


def _need_open(sitting: Sitting, row: Item) -> None:
    if sitting.stage != Sitting.Stage.OPEN:
        raise Refused([Gap("sitting.not_open")])
    if row.decision != Item.Decision.OPEN:
        raise Refused([Gap("item.decided")])


def _who_may(sitting: Sitting, row: Item) -> dict[int, Member]:
    """Members who may vote on an item: in person those who are there, without the recused."""
    rows = members_of(sitting.commission).filter(is_voting=True)
    rows = rows.exclude(pk__in=Recusal.objects.filter(item=row).values("member"))
    if sitting.form == Form.IN_PERSON:
        rows = rows.filter(pk__in=Presence.objects.filter(sitting=sitting).values("member"))
    return {one.pk: one for one in rows}


def _take_out(row: Item, member: Member) -> None:
    Vote.objects.filter(item=row, member=member).delete()
    row.version += 1
    row.save(update_fields=["version"])


def _put(row: Item, member: Member, given: VoteGiven, *, actor: Person, now: datetime) -> Vote:
    said = {"choice": given.choice, "dissent": given.dissent, "by": actor.key, "at": now}
    vote, _is_new = Vote.objects.update_or_create(item=row, member=member, defaults=said)
    row.version += 1
    row.save(update_fields=["version"])
    return vote
