"""A session decides with a quorum, without those who are recused, once, and then stands."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Membership
from sinergia.people.models import Person
from sinergia.review.actions.items import remove_item
from sinergia.review.actions.sittings import (
    SittingGiven,
    add_scan,
    close_sitting,
    mark_present,
    open_sitting,
    write_sitting,
)
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.actions.voting import VoteGiven, cast_vote, decide_item, enter_votes
from sinergia.review.models import Item, Member, Recusal, Vote
from sinergia.review.queries.commission import hidden_from
from sinergia.review.queries.sittings import attendance_of, counted, waiting_for_vote
from tests.afterwards import codes_in
from tests.arrange import NOON, a_consultant, a_person, an_upload
from tests.arrange_review import an_examination
from tests.review.commission import (
    a_commission,
    a_member,
    a_sitting,
    an_item,
    members,
    opened,
    votes,
    with_scan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def fresh(item: Item) -> Item:
    return Item.objects.select_related("sitting__commission__contest").get(pk=item.pk)


def decide(item: Item, actor: Person, *, seen: int | None = None) -> Item:
    row = fresh(item)
    return decide_item(row, seen=row.version if seen is None else seen, actor=actor, now=NOON)


def test_more_than_half_of_the_votes_adopt_a_question(contest: Contest, operator: Person) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second, third)
    votes(item, chair)
    votes(item, second, "against")
    votes(item, third, "abstain")
    votes(item, third, "for", "С оговоркой")  # given anew

    assert decide(item, operator).decision == "adopted"
    assert Vote.objects.get(member=third).dissent == "С оговоркой"
    told = [one.code for one in Notice.objects.order_by("pk")]
    assert told == ["review.sitting_set"] * 3 + ["review.sitting_opened"] * 3
    assert Entry.objects.filter(verb="commission.decided").count() == 1


def test_a_half_is_rejected_unless_the_order_lets_the_chair_decide(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    plain, by_chair = an_item(sitting, operator), an_item(sitting, operator, question="Второй")
    opened(sitting, operator, chair, second)
    for item in (plain, by_chair):
        votes(item, chair)
        votes(item, second, "against")
    first = decide(plain, operator)
    commission.is_chair_decisive = True
    commission.save()

    assert (first.decision, decide(by_chair, operator).decision) == ("rejected", "adopted")


def test_without_a_quorum_nothing_is_decided_and_the_session_closes_so(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator, quorum=3)
    chair, second, _third = members(commission, operator)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second)
    votes(item, chair)

    with pytest.raises(Refused) as refusal:
        decide(item, operator)
    closed = close_sitting(sitting, actor=operator, now=NOON)

    assert codes_in(refusal) == ["sitting.no_quorum"]
    minutes = json.loads(bytes(closed.minutes))
    assert (minutes["has_quorum"], minutes["questions"][0]["decision"]) == (False, "")


def test_who_may_not_vote_makes_no_quorum(contest: Contest, operator: Person) -> None:
    commission = a_commission(contest, operator, quorum=2)
    chair = members(commission, operator, 1)[0]
    secretary = a_member(commission, operator, role="secretary", is_voting=False)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, secretary)

    assert not attendance_of(sitting).has_quorum
    with pytest.raises(PermissionDenied):
        votes(item, secretary)


def test_the_recused_leave_the_quorum_of_their_question_and_do_not_vote(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator, quorum=3)
    chair, second, third = members(commission, operator)
    sitting, examination = a_sitting(commission, operator), an_examination(contest=contest)
    item = an_item(sitting, operator, kind="move", about=examination, reason="Важно", moved="won")
    opened(sitting, operator, chair, second, third)
    votes(item, third)
    assert third.person is not None
    recuse(fresh(item), third, "Дружу с руководителем", actor=third.person, now=NOON)
    votes(item, chair)
    votes(item, second)

    with pytest.raises(PermissionDenied):
        votes(item, third, "against")
    one = counted(sitting, [item], attendance_of(sitting))[0]
    assert (one.table.needed, len(one.table.taking_part)) == (2, 2)
    assert decide(item, operator).decision == "adopted"
    assert Vote.objects.filter(member=third).count() == 0
    assert hidden_from(third) == {examination.pk}


def test_a_recusal_holds_for_every_open_question_about_the_application(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting, examination = a_sitting(commission, operator), an_examination(contest=contest)
    first = an_item(sitting, operator, kind="move", about=examination, reason="…", moved="won")
    other = an_item(sitting, operator, kind="move", about=examination, reason="…", moved="lost")
    recuse(fresh(first), second, "Родня", actor=operator, now=NOON)
    later = an_item(sitting, operator, kind="move", about=examination, reason="…", moved="lost")
    opened(sitting, operator, chair, second)

    rows = Recusal.objects.order_by("item").values_list("item", "member", "reason")
    assert list(rows) == [(one.pk, second.pk, "Родня") for one in (first, other, later)]
    assert list(waiting_for_vote(second.person, now=NOON)) == []  # type: ignore[arg-type]
    assert list(waiting_for_vote(chair.person, now=NOON)) == [first, other, later]  # type: ignore[arg-type]


def test_the_machine_recuses_who_joins_the_organisation_meanwhile(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting, examination = a_sitting(commission, operator), an_examination(contest=contest)
    item = an_item(sitting, operator, kind="move", about=examination, reason="…", moved="won")
    body = examination.submission.organisation
    opened(sitting, operator, chair, second)
    assert second.person is not None
    Membership.objects.create(organisation=body, person=second.person, role="editor", since=NOON)

    with pytest.raises(PermissionDenied):
        votes(item, second)
    assert hidden_from(second) == {examination.pk}


def test_a_recusal_needs_a_reason_and_comes_before_the_decision(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second, third)
    with pytest.raises(Refused) as unreasoned:
        recuse(fresh(item), chair, " ", actor=operator, now=NOON)
    with pytest.raises(PermissionDenied):
        recuse(fresh(item), chair, "За него", actor=second.person, now=NOON)  # type: ignore[arg-type]
    votes(item, second)
    votes(item, third)
    decide(item, operator)
    with pytest.raises(Refused) as late:
        recuse(fresh(item), chair, "Поздно", actor=operator, now=NOON)

    assert (codes_in(unreasoned), codes_in(late)) == (["recusal.unexplained"], ["item.decided"])


def test_of_two_secretaries_the_second_sees_what_the_first_decided(
    contest: Contest, operator: Person, centre: Centre
) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second)
    votes(item, chair)
    votes(item, second)
    seen = fresh(item).version
    decide(item, operator, seen=seen)

    with pytest.raises(Refused) as refusal:
        decide(item, a_consultant("other", centre=centre), seen=seen)

    assert codes_in(refusal) == ["item.meanwhile"]
    assert Entry.objects.filter(verb="commission.decided").count() == 1
    with pytest.raises(Refused) as again:
        decide(item, operator)
    assert codes_in(again) == ["item.decided"]


def test_a_vote_that_came_meanwhile_is_shown_before_the_decision(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second)
    votes(item, chair)
    seen = fresh(item).version
    votes(item, second, "against")

    with pytest.raises(Refused) as refusal:
        decide(item, operator, seen=seen)

    assert codes_in(refusal) == ["item.meanwhile"]


def test_presence_is_marked_in_person_and_stands_for_who_has_voted(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator, quorum=1)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair)
    with pytest.raises(Refused) as absent:
        votes(item, second)
    votes(item, chair)
    with pytest.raises(Refused) as voted:
        mark_present(sitting, [], actor=operator, now=NOON)

    told = [codes_in(one) for one in (absent, voted)]
    assert told == [["vote.not_present"], ["presence.has_voted"]]


def test_by_correspondence_who_voted_is_present_and_the_term_is_waited_for(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting = a_sitting(commission, operator, form="correspondence")
    item = an_item(sitting, operator)
    opened(sitting, operator)
    assert not attendance_of(sitting).has_quorum
    votes(item, chair)
    votes(item, second)
    with pytest.raises(Refused) as early:
        decide(item, operator)
    with pytest.raises(Refused) as ticked:
        mark_present(sitting, [third.pk], actor=operator, now=NOON)
    after, row = NOON + timedelta(days=2, seconds=1), fresh(item)
    with pytest.raises(Refused) as late:
        cast_vote(row, third, VoteGiven("for"), actor=third.person, now=after)  # type: ignore[arg-type]

    waiting = [
        waiting_for_vote(third.person, now=at).count()  # type: ignore[arg-type]
        for at in (NOON + timedelta(days=2), after)
    ]

    assert waiting == [1, 0]
    told = [codes_in(one) for one in (early, ticked, late)]
    assert told == [["sitting.not_over"], ["presence.by_votes"], ["vote.late"]]
    made = decide_item(row, seen=fresh(item).version, actor=operator, now=after)
    assert made.decision == "adopted"


def test_votes_are_entered_from_the_scan_and_never_over_a_members_own(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second)
    votes(item, chair)

    def enter(*who: Member) -> None:
        given, row = {one.pk: VoteGiven("for") for one in who}, fresh(item)
        enter_votes(row, given, seen=row.version, actor=operator, now=NOON)

    with pytest.raises(Refused) as unscanned:
        enter(second)
    add_scan(sitting, an_upload(operator), actor=operator, now=NOON)
    with pytest.raises(Refused) as own:
        enter(chair)
    with pytest.raises(Refused) as absent:
        enter(third)
    enter(second)

    told = [codes_in(one) for one in (unscanned, own, absent)]
    assert told == [["vote.no_scan"], ["vote.own_stands"], ["vote.may_not"]]
    assert Vote.objects.get(member=second).by == operator.key


def test_a_recused_secretary_does_not_keep_the_minutes_of_that_question(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    secretary = a_member(commission, operator, role="secretary", person=a_person("sec"))
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    with_scan(sitting, operator)
    opened(sitting, operator, chair, second)
    votes(item, chair)
    votes(item, second)
    person = secretary.person
    assert person is not None
    recuse(fresh(item), secretary, "Родня", actor=person, now=NOON)

    with pytest.raises(PermissionDenied):
        decide(item, person)
    assert decide(item, operator).decision == "adopted"


def test_a_closed_session_stands_with_its_digest(contest: Contest, operator: Person) -> None:
    commission = a_commission(contest, operator)
    chair, second = members(commission, operator, 2)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    opened(sitting, operator, chair, second)
    with pytest.raises(Refused) as open_items:
        close_sitting(sitting, actor=operator, now=NOON)
    votes(item, chair)
    votes(item, second)
    decide(item, operator)
    closed = close_sitting(sitting, actor=operator, now=NOON)
    again = close_sitting(sitting, actor=operator, now=NOON + timedelta(days=1))

    assert codes_in(open_items) == ["sitting.open_items"]
    assert (closed.digest, closed.closed_at) == (again.digest, again.closed_at)
    attempts = (
        lambda: votes(item, chair, "against"),
        lambda: an_item(sitting, operator),
        lambda: mark_present(sitting, [], actor=operator, now=NOON),
        lambda: write_sitting(
            commission,
            SittingGiven("2", "in_person", NOON),
            sitting=sitting,
            actor=operator,
            now=NOON,
        ),
        lambda: add_scan(sitting, an_upload(operator), actor=operator, now=NOON),
        lambda: open_sitting(sitting, actor=operator, now=NOON),
        lambda: remove_item(fresh(item), actor=operator, now=NOON),
    )
    for attempt in attempts:
        with pytest.raises(Refused) as refusal:
            attempt()
        assert codes_in(refusal) == ["sitting.closed"]
