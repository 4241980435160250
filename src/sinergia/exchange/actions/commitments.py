"""«Беру в работу»: taken at a session, written out at leisure, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.exchange import access
from sinergia.exchange.models import Commitment, CommitmentTurn, Delegate, Session, Visit
from sinergia.exchange.queries.commitments import helpers_for
from sinergia.notices.actions import tell
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.models import Person
from sinergia.practices.models import Practice

MOST = 100  # of one delegate at one visit
IDEA = 500  # characters
State = Commitment.State
Given = Mapping[str, object]


@dataclass(frozen=True)
class Taken:
    """What is taken home, by whom. key: made where it was written."""

    key: UUID
    delegate: Delegate
    session: Session | None = None
    practice: Practice | None = None
    idea: str = ""


@transaction.atomic
def take_home(visit: Visit, taken: Taken, *, actor: Person, now: datetime) -> Commitment:
    """Take a practice or an idea home; one key is one, and so is the same thing twice.

    Raises Refused where nothing is named, or the visit is not approved.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    delegate, idea = taken.delegate, clean_line(taken.idea)[:IDEA]
    if delegate.visit_id != visit.pk or not access.may_write_for(actor, delegate):
        raise PermissionDenied
    key, there = _keyed(taken, idea)
    there = there or _same(delegate, taken.practice, idea)
    if there is not None:
        return there
    _refuse(visit, delegate, is_named=bool(taken.practice or idea))
    made = Commitment.objects.create(
        key=key,
        visit=visit,
        session=taken.session,
        practice=taken.practice,
        idea=idea,
        idea_folded=fold(idea)[:IDEA],
        organisation=delegate.organisation,
        delegate=delegate,
        made_at=now,
        changed_at=now,
    )
    record("commitment.taken", about=made, actor=actor, at=now, codes={"visit": str(visit.key)})
    return made


@transaction.atomic
def write_commitment(
    commitment: Commitment,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    seen: Given | None = None,
) -> Commitment:
    """Write whose it is, by when, the first step, who helps; whoever it is handed to is told.

    Raises Refused for what is wrong.
    """
    row = locked(commitment, actor)
    given = touched(row, given, seen)
    helper, was, owner = given["helper"], row.helper_id, row.delegate
    gaps = [] if row.practice_id or given["idea"] else [Gap("commitment.nothing", "idea")]
    if helper is not None and helper not in helpers_for(row.visit) and helper != row.helper:
        gaps.append(Gap("commitment.no_helper", "helper"))
    gaps += _gaps_of_owner(row, given.get("delegate", owner), actor)
    if gaps:
        raise Refused(gaps)
    if all(getattr(row, name) == value for name, value in given.items()):
        return row
    for name, value in given.items():
        setattr(row, name, value)
    row.idea_folded, row.changed_at = fold(row.idea)[:IDEA], now
    row.save(update_fields=[*given, "idea_folded", "changed_at"])
    record("commitment.written", about=row, actor=actor, at=now)
    if row.delegate != owner:
        _hand_over(row, owner, actor=actor, now=now)
    if row.helper is not None and row.helper_id not in (was, actor.pk):
        _tell_helper(row, now=now)
    return row


@transaction.atomic
def tick_step(commitment: Commitment, *, is_done: bool, actor: Person, now: datetime) -> Commitment:
    """Note that the first step is done, or is not; one that is done puts it in work."""
    row = locked(commitment, actor)
    if (row.stepped_at is not None) == is_done:
        return row
    row.stepped_at, row.changed_at = (now if is_done else None), now
    row.save(update_fields=["stepped_at", "changed_at"])
    if is_done:
        record("commitment.stepped", about=row, actor=actor, at=now)
    else:
        record("commitment.unstepped", about=row, actor=actor, at=now)
    if is_done and row.state == State.NOT_BEGUN:
        note_turn(row, Turned(State.IN_WORK), actor=actor, now=now)
    return row


@transaction.atomic
def take_back(commitment: Commitment, *, actor: Person, now: datetime) -> None:
    """Take a commitment back that was a slip of the finger. Twice is harmless.

    Raises Refused once it became a project or an answer was given of it: then it did not go.
    """
    row = locked(commitment, actor, with_taken_back=True)
    if row.state == State.TAKEN_BACK:
        return
    if row.state == State.PROJECT or row.asked.exclude(answered_at=None).exists():
        raise Refused([Gap("commitment.has_history")])
    row.state, row.changed_at = State.TAKEN_BACK, now
    row.save(update_fields=["state", "changed_at"])
    record("commitment.taken_back", about=row, actor=actor, at=now)


@transaction.atomic
def put_back(commitment: Commitment, *, actor: Person, now: datetime) -> None:
    """Undo that it was taken back: it stands as it stood before. Twice is harmless.

    Raises Refused where the delegate has taken the same anew meanwhile.
    """
    Visit.objects.select_for_update(of=("self",)).get(pk=commitment.visit_id)
    row = locked(commitment, actor, with_taken_back=True)
    if row.state != State.TAKEN_BACK:
        return
    last = row.turns.order_by("-pk").first()
    state = last.state if last is not None else State.NOT_BEGUN
    if state != State.DROPPED and _same(row.delegate, row.practice, row.idea) is not None:
        raise Refused([Gap("commitment.taken_anew")])
    row.state, row.changed_at = state, now
    row.save(update_fields=["state", "changed_at"])
    record("commitment.put_back", about=row, actor=actor, at=now)


@dataclass(frozen=True)
class Turned:
    """To which state, why, by what it is proven."""

    state: str
    words: str = ""
    ground: str = ""
    way: str = CommitmentTurn.By.HAND


def note_turn(row: Commitment, turned: Turned, *, actor: Keyed, now: datetime) -> None:
    """Write a state with its history: a part of actions that have asked and locked."""
    row.state, row.changed_at = turned.state, now
    row.why_not = turned.words[:300] if turned.state == State.DROPPED else ""
    row.ground = turned.ground or (row.ground if turned.state == State.PROJECT else "")
    row.save(update_fields=["state", "changed_at", "why_not", "ground"])
    CommitmentTurn.objects.create(
        commitment=row,
        state=turned.state,
        way=turned.way,
        words=turned.words,
        ground=turned.ground,
        by=actor.key,
        at=now,
    )
    codes = {"state": turned.state, "way": turned.way}
    record("commitment.turned", about=row, actor=actor, at=now, codes=codes)


def locked(commitment: Commitment, actor: Person, *, with_taken_back: bool = False) -> Commitment:
    """The row, locked, for whoever may change it."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        "visit__centre", "visit__course", "delegate__visit", "organisation", "helper", "practice"
    )
    row = rows.get(pk=commitment.pk)
    if not access.may_change_commitment(actor, row):
        raise PermissionDenied
    if row.state == State.TAKEN_BACK and not with_taken_back:
        raise Refused([Gap("commitment.gone")])
    return row


def _keyed(taken: Taken, idea: str) -> tuple[UUID, Commitment | None]:
    """The key of what is taken, and the row that has it already.

    A page to which somebody went back has the key of what they took first: another thing taken
    there has one made of both.
    """
    content = f"{taken.delegate.key} {taken.practice.key if taken.practice else fold(idea)}"
    for key in (taken.key, uuid5(taken.key, content)):
        there = Commitment.objects.filter(key=key).first()
        is_same = there is None or (
            there.delegate_id == taken.delegate.pk
            and there.practice == taken.practice
            and (there.idea_folded == fold(idea)[:IDEA] or taken.practice is not None)
        )
        if is_same:
            return key, there
    return key, there


def _same(delegate: Delegate, practice: Practice | None, idea: str) -> Commitment | None:
    """What the same delegate has taken already and not let go."""
    rows = Commitment.objects.filter(delegate=delegate, practice=practice)
    rows = rows.exclude(state__in=[State.TAKEN_BACK, State.DROPPED])
    if practice is None:
        rows = rows.filter(idea_folded=fold(idea)[:IDEA])
    return rows.first() if practice is not None or idea else None


def _refuse(visit: Visit, delegate: Delegate, *, is_named: bool) -> None:
    gaps = []
    if visit.stage not in access.PUBLISHED:
        gaps.append(Gap("commitment.too_early"))
    if not is_named:
        gaps.append(Gap("commitment.nothing", "idea"))
    if Commitment.objects.filter(delegate=delegate).count() >= MOST:
        gaps.append(Gap("commitment.too_many", values={"most": MOST}))
    if gaps:
        raise Refused(gaps)


def _gaps_of_owner(row: Commitment, owner: object, actor: Person) -> list[Gap]:
    """What is against another owner; it is handed over by whoever leads and by the home centre."""
    if owner == row.delegate:
        return []
    if not isinstance(owner, Delegate) or owner.visit_id != row.visit_id or owner.gone_at:
        return [Gap("delegate.not_travelling", "delegate")]
    if not access.may_hand_over(actor, row.visit):
        raise PermissionDenied
    is_theirs = _same(owner, row.practice, row.idea) is not None
    return [Gap("commitment.theirs_already", "delegate")] if is_theirs else []


def _hand_over(row: Commitment, former: Delegate, *, actor: Person, now: datetime) -> None:
    """Note that somebody else does it now; both are told, but not of what they did themselves."""
    codes = {"to": str(row.delegate.key)}
    record("commitment.handed_over", about=row, actor=actor, at=now, codes=codes)
    for delegate in (row.delegate, former):
        if delegate.person_id != actor.pk:
            promise(
                "exchange.tell_handed_over",
                now=now,
                key=row.key,
                to=delegate.key,
                is_theirs="yes" if delegate == row.delegate else "",
                mark=now.isoformat(),
            )


def _tell_helper(row: Commitment, *, now: datetime) -> None:
    if row.helper is not None:
        tell(
            row.helper,
            "exchange.commitment_helper",
            now=now,
            about=row,
            url=reverse("commitments:commitment", args=[row.key]),
            title=row.title,
        )
