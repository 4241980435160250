"""Who decides about a contest: the order, its members, their accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from sinergia.base.files.actions import keep_upload, remove_file
from sinergia.base.files.models import StoredFile, Upload
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.notices.actions import tell
from sinergia.people.actions import (
    InvitationLetter,
    invite,
    take_invitation,
    withdraw_invitation,
)
from sinergia.people.models import Invitation, Person
from sinergia.review.access import may_keep_minutes
from sinergia.review.actions.locking import minutes_locked
from sinergia.review.actions.stepping_aside import recuse_bound
from sinergia.review.models import Commission, Member, Sitting
from sinergia.review.queries.commission import (
    KIND,
    ROLE,
    bound_to,
    expert_names,
    invitation_by,
    is_expert_of,
    links_to,
    member_of,
    members_of,
    seats_in,
)

MOST = 60  # members


@dataclass(frozen=True)
class OrderGiven:
    """The order as it was typed. scan: none where the file stays."""

    number: str
    on: date
    quorum: int
    is_chair_decisive: bool = False
    scan: Upload | None = None


@dataclass(frozen=True)
class MemberGiven:
    """A member as they were typed. is_namesake: no expert, in spite of the name."""

    name: str
    post: str = ""
    role: str = Member.Role.MEMBER
    is_voting: bool = True
    is_namesake: bool = False


@transaction.atomic
def write_order(contest: Contest, given: OrderGiven, *, actor: Person, now: datetime) -> Commission:
    """Write by which order the commission sits, and how many must be there.

    Raises Refused while a session is open: its quorum stands.
    """
    held = minutes_locked(contest, actor)
    row = Commission.objects.filter(contest=held).first() or Commission(contest=held)
    if row.pk is not None:
        _need_no_session(row)
    row.order_number, row.order_on = given.number, given.on
    row.quorum, row.is_chair_decisive = given.quorum, given.is_chair_decisive
    before = row.scan
    if given.scan is not None:
        row.scan = kept_scan(given.scan, actor=actor, now=now)
    row.save()
    if before is not None and before != row.scan:
        remove_file(before, actor=actor, now=now)
    codes: dict[str, str | int] = {"quorum": row.quorum}
    record("commission.ordered", about=held.call, actor=actor, at=now, codes=codes)
    return row


@transaction.atomic
def write_member(
    commission: Commission,
    given: MemberGiven,
    *,
    actor: Person,
    now: datetime,
    member: Member | None = None,
) -> Member:
    """Write down a member at the end of the list, or write one anew.

    Raises Refused while a session is open, and where an expert of the contest has that name.
    """
    held = minutes_locked(commission.contest, actor)
    row = _row(commission, member)
    gaps = list(_gaps(held, row, given))
    if gaps:
        raise Refused(gaps)
    row.name, row.post, row.role = given.name, given.post, given.role
    row.is_voting = given.is_voting
    row.save()
    record("commission.member_written", about=held.call, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def move_member(member: Member, step: int, *, actor: Person, now: datetime) -> None:
    """Put a member higher (-1) or lower (1) in the order of the paper."""
    held = minutes_locked(member.commission.contest, actor)
    rows = list(members_of(member.commission))
    at = next((at for at, one in enumerate(rows) if one.pk == member.pk), None)
    if at is None or not 0 <= at + step < len(rows):
        return
    rows[at], rows[at + step] = rows[at + step], rows[at]
    for rank, one in enumerate(rows, start=1):
        one.rank = rank
    Member.objects.bulk_update(rows, ["rank"])
    record("commission.reordered", about=held.call, actor=actor, at=now)


@transaction.atomic
def end_seat(member: Member, *, actor: Person, now: datetime) -> None:
    """Let a member go; what they voted stays. Twice is harmless.

    Raises Refused while a session is open.
    """
    held = minutes_locked(member.commission.contest, actor)
    row = Member.objects.select_for_update().get(pk=member.pk)
    if row.until is not None:
        return
    _need_no_session(member.commission)
    for before in links_to(row):
        withdraw_invitation(before, actor=actor, now=now)
    row.until = now
    row.save(update_fields=["until"])
    record("commission.member_left", about=held.call, actor=actor, at=now, codes=_codes(row))


@transaction.atomic
def invite_member(
    member: Member,
    *,
    email: str,
    ends_at: datetime,
    letter: InvitationLetter,
    actor: Person,
    now: datetime,
) -> tuple[Invitation, str]:
    """Make a link by which a member votes here; those made before are worthless.

    Raises Refused for who has an account already, or is no member any more.
    """
    minutes_locked(member.commission.contest, actor)
    row = Member.objects.select_for_update().get(pk=member.pk)
    if row.until is not None:
        raise Refused([Gap("member.gone")])
    if row.person_id is not None:
        raise Refused([Gap("member.has_account")])
    for before in links_to(row):
        withdraw_invitation(before, actor=actor, now=now)
    return invite(
        KIND, row.key, ROLE, email=email, ends_at=ends_at, actor=actor, now=now, letter=letter
    )


@transaction.atomic
def take_seat(
    key: UUID, token: str, *, knows_recusal: bool, actor: Person, now: datetime
) -> Member:
    """Take up the place of a member by its link; the same person twice is harmless.

    Raises Refused for a link that is not good, for an expert of the contest, and for who is of an
    organisation that applied and has not read that this recuses them (`member.recusal_untold`).
    """
    asked = invitation_by(key, token)
    found = member_of(asked) if asked else None
    if asked is None or found is None:
        raise Refused([Gap("invitation.over")])
    contest = Contest.objects.select_for_update(of=("self",)).get(pk=found.commission.contest_id)
    row = Member.objects.select_for_update().get(pk=found.pk)
    if row.person_id == actor.pk:
        return row
    gaps = list(_gaps_of_taking(contest, asked, row, actor))
    if gaps:
        raise Refused(gaps)
    take_invitation(key, token, kind=KIND, actor=actor, now=now)
    row.person = actor
    if bound_to(row).exists() and not knows_recusal:
        raise Refused([Gap("member.recusal_untold", "knows_recusal")])
    row.save(update_fields=["person"])
    recuse_bound(row, now=now)
    record("commission.seat_taken", about=contest.call, actor=actor, at=now, codes=_codes(row))
    url = reverse("commission:composition", args=[contest.call.key])
    tell(
        asked.invited_by,
        "review.seat_taken",
        now=now,
        about=contest.call,
        url=url,
        contest=contest.call.name,
    )
    return row


def kept_scan(upload: Upload, *, actor: Person, now: datetime) -> StoredFile:
    """Keep a scan that came. Raises Refused where it is not there any more."""
    return keep_upload(upload, actor=actor, now=now, gone=Gap("commission.scan_gone", "scan"))


def _row(commission: Commission, member: Member | None) -> Member:
    if member is not None:
        return Member.objects.select_for_update().get(pk=member.pk)
    last = members_of(commission).last()
    return Member(commission=commission, rank=last.rank + 1 if last else 1)


def _gaps(contest: Contest, row: Member, given: MemberGiven) -> Iterator[Gap]:
    if row.until is not None:
        yield Gap("member.gone")
    others = members_of(row.commission).exclude(pk=row.pk)
    if row.pk is None and others.count() >= MOST:
        yield Gap("member.too_many", "name", {"most": MOST})
    if given.role == Member.Role.CHAIR and others.filter(role=Member.Role.CHAIR).exists():
        yield Gap("member.second_chair", "role")
    names = {fold(one) for one in expert_names(contest)}
    if not given.is_namesake and fold(given.name) in names:
        yield Gap("member.is_expert", "name")
    changed = row.pk is None or (row.role, row.is_voting) != (given.role, given.is_voting)
    if changed and _open_sessions(row.commission):
        yield Gap("commission.session_open")


def _gaps_of_taking(
    contest: Contest, asked: Invitation, row: Member, actor: Person
) -> Iterator[Gap]:
    if asked.invited_by_id == actor.pk:
        yield Gap("invitation.own")
    if row.person_id is not None or not may_keep_minutes(asked.invited_by, contest):
        yield Gap("invitation.over")
    if seats_in(actor, contest).filter(until=None).exists():
        yield Gap("member.account_known")
    if is_expert_of(contest, actor):
        yield Gap("member.is_expert")


def _need_no_session(commission: Commission) -> None:
    if _open_sessions(commission):
        raise Refused([Gap("commission.session_open")])


def _open_sessions(commission: Commission) -> bool:
    return commission.sittings.filter(stage=Sitting.Stage.OPEN).exists()


def _codes(row: Member) -> dict[str, str | int]:
    return {"member": str(row.key), "role": row.role}
