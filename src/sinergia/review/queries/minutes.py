"""What the minutes of a session say: while it lasts from its rows, then from its bytes."""

from collections.abc import Mapping

from sinergia.calls.queries.contests import rules_of
from sinergia.engine.minutes import (
    About,
    Ballot,
    Followed,
    Minutes,
    Proposal,
    Question,
    Recused,
    Seat,
    read,
    without,
)
from sinergia.people.models import Person
from sinergia.review.models import Item, Sitting
from sinergia.review.queries.commission import (
    hidden_examinations,
    hidden_items,
)
from sinergia.review.queries.rulings import followed_by
from sinergia.review.queries.sittings import Attendance, Counted, attendance_of, choice_of, counted
from sinergia.review.queries.winners import list_decided_on


def minutes_for(sitting: Sitting, reader: Person) -> Minutes:
    """The minutes as a reader may see them. Raises ValueError where the bytes are no minutes."""
    whole = read(bytes(sitting.minutes)) if sitting.minutes else drafted(sitting)
    contest = sitting.commission.contest
    hidden = [one for one in hidden_items(reader, contest) if one.sitting_id == sitting.pk]
    keys = hidden_examinations(reader, contest).values_list("key", flat=True)
    return without(
        whole, examinations={str(key) for key in keys}, numbers={one.number for one in hidden}
    )


def drafted(sitting: Sitting) -> Minutes:
    """The minutes by the rows as they are, whole."""
    commission, contest = sitting.commission, sitting.commission.contest
    room = attendance_of(sitting)
    rows = Item.objects.filter(sitting=sitting).select_related(
        "sitting", "examination__submission__organisation"
    )
    items = list(rows.order_by("number"))
    ever = room.there.union(*(one.present or () for one in items))
    followed = followed_by(items)
    questions = [_question(one, followed) for one in counted(sitting, items, room)]
    kept = rules_of(contest)
    lists = [
        one for one in items if one.kind == Item.Kind.LIST and one.decision == Item.Decision.ADOPTED
    ]
    return Minutes(
        contest=contest.call.name,
        contest_key=str(contest.call.key),
        fund=contest.call.fund.name_ru,
        centre=contest.centre.organisation.name,
        year=contest.call.contest_year,
        currency=contest.call.fund.currency,
        time_zone=contest.time_zone,
        rules_code=kept.rules.code if kept else "",
        rules_version=kept.row.version if kept else 0,
        rules_digest=kept.row.digest if kept else "",
        order_number=commission.order_number,
        order_on=commission.order_on,
        quorum=commission.quorum,
        number=sitting.number,
        form=sitting.form,
        place=sitting.place,
        begins_at=sitting.begins_at,
        ends_at=sitting.ends_at,
        closed_at=sitting.closed_at,
        has_quorum=room.has_quorum or any(one.present is not None for one in items),
        seats=_seats(room, ever),
        questions=tuple(questions),
        awards=tuple(list_decided_on(lists[-1])) if lists else (),
    )


def _seats(room: Attendance, ever: set[int]) -> tuple[Seat, ...]:
    """Members; ever: who was there when anything was decided, or is there."""
    return tuple(
        Seat(
            key=str(one.key),
            name=one.name,
            post=one.post,
            role=one.role,
            is_voting=one.is_voting,
            is_present=one.pk in ever,
        )
        for one in room.members
    )


def _question(one: Counted, followed: Mapping[int, Followed]) -> Question:
    item, told = one.item, one.count
    return Question(
        number=item.number,
        kind=item.kind,
        about=_about(item),
        question=item.question,
        reason=item.reason,
        proposal=Proposal.model_validate(item.proposal),
        recused=tuple(
            Recused(member=str(row.member.key), reason=row.reason) for row in one.recusals
        ),
        ballots=tuple(
            Ballot(member=str(row.member.key), choice=choice_of(row), dissent=row.dissent)
            for row in one.votes
            if row.member_id in one.table.taking_part
        ),
        taking_part=len(one.table.taking_part),
        needed=one.table.needed,
        in_favour=told.in_favour,
        against=told.against,
        abstained=told.abstained,
        by_chair=told.by_chair,
        decision=item.decision,
        decided_at=item.decided_at,
        followed=followed.get(item.pk),
    )


def _about(item: Item) -> About | None:
    if item.examination is None:
        return None
    submission = item.examination.submission
    return About(
        examination=str(item.examination.key),
        code=item.examination.code,
        number=submission.shown_number,
        title=submission.title,
        organisation=submission.organisation.name,
        asked_minor=submission.asked_minor,
    )
