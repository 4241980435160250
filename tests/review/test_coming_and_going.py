"""A session is set and called off; members come late, leave, and are recused by mistake."""

from datetime import timedelta

import pytest
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.minutes import read
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.review.actions.sittings import (
    SittingGiven,
    close_sitting,
    mark_present,
    remove_sitting,
    write_sitting,
)
from sinergia.review.actions.stepping_aside import recuse, take_back_recusal
from sinergia.review.actions.voting import decide_item
from sinergia.review.models import Item, Member, Recusal, Sitting
from sinergia.review.queries.commission import hidden_from
from sinergia.review.queries.decision import choosing_ends
from tests.afterwards import codes_in
from tests.arrange import NOON
from tests.arrange_review import an_examination
from tests.review.commission import a_commission, a_sitting, an_item, members, opened, votes

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def decide(item: Item, actor: Person) -> Item:
    row = Item.objects.select_related("sitting__commission__contest").get(pk=item.pk)
    return decide_item(row, seen=row.version, actor=actor, now=NOON)


def told(member: Member, code: str) -> list[Notice]:
    return list(Notice.objects.filter(person=member.person, code=code).order_by("pk"))


def test_who_comes_late_votes_on_what_is_open_and_who_leaves_counts_where_they_were(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting = a_sitting(commission, operator)
    first, last = an_item(sitting, operator), an_item(sitting, operator, question="Второй")
    opened(sitting, operator, chair, second)
    for one in (chair, second):
        votes(first, one)
    decide(first, operator)
    votes(last, second)
    with pytest.raises(Refused) as voted:
        mark_present(sitting, [chair.pk, third.pk], actor=operator, now=NOON)
    mark_present(sitting, [second.pk, third.pk], actor=operator, now=NOON)
    votes(last, third)
    decide(last, operator)
    row = close_sitting(sitting, actor=operator, now=NOON)

    minutes = read(bytes(row.minutes))

    assert codes_in(voted) == ["presence.has_voted"]
    names = {str(one.key): at for at, one in enumerate((chair, second, third))}
    ballots = [[names[vote.member] for vote in one.ballots] for one in minutes.questions]
    assert ballots == [[0, 1], [1, 2]]
    assert [one.taking_part for one in minutes.questions] == [2, 2]
    assert [one.is_present for one in minutes.seats] == [True, True, True]
    assert minutes.has_quorum


def test_members_are_told_when_a_session_is_set_moved_and_called_off(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    (chair,) = members(commission, operator, 1)
    sitting = a_sitting(commission, operator)
    an_item(sitting, operator, kind="list")
    again = SittingGiven("2", "in_person", NOON, None, "Зал 5")
    write_sitting(commission, again, sitting=sitting, actor=operator, now=NOON)
    moved = SittingGiven("2", "in_person", NOON, None, "Зал 7")
    write_sitting(commission, moved, sitting=sitting, actor=operator, now=NOON)
    assert chair.person is not None
    client.force_login(chair.person)
    page = client.get("/commission/").content.decode()

    assert [one.values["place"] for one in told(chair, "review.sitting_set")] == ["Зал 5", "Зал 7"]
    assert "Зал 7" in page
    assert f"/commission/{sitting.key}/" not in page
    assert choosing_ends(contest) == NOON
    client.force_login(operator)
    step = f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/step/remove/"
    assert client.get(step).status_code == 200
    remove_sitting(sitting, actor=operator, now=NOON)
    assert client.post(step)["Location"] == f"/calls/{contest.call.key}/commission/"
    assert len(told(chair, "review.sitting_removed")) == 1
    assert choosing_ends(contest) is None
    assert Entry.objects.filter(verb="sitting.removed").count() == 1


def test_that_a_session_of_a_past_day_is_taken_away_is_told_to_nobody(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    (chair,) = members(commission, operator, 1)
    sitting = a_sitting(commission, operator)

    remove_sitting(sitting, actor=operator, now=sitting.begins_at + timedelta(days=1))

    assert (told(chair, "review.sitting_removed"), Sitting.objects.count()) == ([], 0)


def test_a_session_that_was_opened_is_not_taken_away(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    (chair,) = members(commission, operator, 1)
    sitting = a_sitting(commission, operator)
    an_item(sitting, operator)
    opened(sitting, operator, chair)

    with pytest.raises(Refused) as refusal:
        remove_sitting(sitting, actor=operator, now=NOON)

    assert codes_in(refusal) == ["sitting.was_opened"]
    assert Sitting.objects.count() == 1
    client.force_login(operator)
    here = f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/"
    assert client.post(f"{here}step/remove/")["Location"] == here


def test_a_recusal_noted_by_mistake_is_taken_back_and_the_member_is_told(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting, about = a_sitting(commission, operator), an_examination(contest=contest)
    item, other = (
        an_item(sitting, operator, kind="move", about=about, reason="Так", moved="won")
        for _one in range(2)
    )
    opened(sitting, operator, chair, second, third)
    recuse(item, third, "Родня", actor=operator, now=NOON)
    assert hidden_from(third) == {about.pk}
    client.force_login(operator)
    url = f"/calls/{contest.call.key}/commission/sittings/{sitting.key}/items/{item.key}/"
    client.post(f"{url}recuse/{third.key}/take-back/")

    assert hidden_from(third) == set()
    assert not Recusal.objects.exists()
    assert [len(told(third, f"review.recusal_{one}")) for one in ("noted", "taken_back")] == [1, 1]
    votes(other, third)


def test_a_recusal_stands_that_was_found_or_without_which_something_was_decided(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    chair, second, third = members(commission, operator)
    sitting, about = a_sitting(commission, operator), an_examination(contest=contest)
    assert third.person is not None
    owner = about.submission.organisation
    Membership.objects.create(person=third.person, organisation=owner, role="editor", since=NOON)
    item = an_item(sitting, operator, kind="move", about=about, reason="Так", moved="won")
    other = an_item(sitting, operator, kind="move", about=about, reason="Так", moved="lost")
    opened(sitting, operator, chair, second, third)
    with pytest.raises(Refused) as found:
        take_back_recusal(item, third, actor=operator, now=NOON)
    recuse(item, second, "Родня", actor=operator, now=NOON)
    Item.objects.filter(pk=other.pk).update(decision="rejected", decided_at=NOON)
    with pytest.raises(Refused) as decided:
        take_back_recusal(item, second, actor=operator, now=NOON)

    assert (codes_in(found), codes_in(decided)) == (["recusal.found"], ["item.decided"])
