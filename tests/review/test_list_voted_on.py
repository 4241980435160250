"""The list of winners that members vote on is the one that they see and the minutes keep."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.engine.minutes import read
from sinergia.people.models import Person
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.publishing import publish_now
from sinergia.review.actions.sittings import close_sitting
from sinergia.review.actions.voting import decide_item
from sinergia.review.models import Award, Examination, Item, Member, Sitting
from sinergia.review.queries.minutes import drafted
from tests.afterwards import codes_of
from tests.arrange import NOON
from tests.review.commission import a_commission, a_sitting, an_item, members, opened, votes
from tests.review.deciding import a_rated

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BEFORE, AFTER = ["Первый"], ["Второй"]


@pytest.fixture
def seats(contest: Contest, operator: Person) -> list[Member]:
    """A commission; of two applications one has the rating, and the money, to win."""
    Contest.objects.filter(pk=contest.pk).update(budget_minor=100_000_00)
    a_rated("Первый", "90", contest=contest)
    a_rated("Второй", "80", contest=contest)
    return members(a_commission(Contest.objects.get(), operator), operator)


def a_vote(seats: list[Member], operator: Person, *, number: str = "1") -> Item:
    """A session that is open, with a list that everybody has voted for."""
    sitting = a_sitting(seats[0].commission, operator, number=number)
    item = an_item(sitting, operator, kind="list")
    opened(sitting, operator, *seats)
    for member in seats:
        votes(item, member)
    return Item.objects.select_related("sitting__commission__contest").get(pk=item.pk)


def swap_ratings() -> None:
    """From now on the other one wins."""
    Examination.objects.filter(submission__title="Первый").update(final=70)


def seen(item: Item, seats: list[Member], operator: Person, client: Client) -> Iterator[list[str]]:
    """Who wins by the page of a member, and by that of whoever keeps the minutes."""
    sitting = item.sitting
    person, call = seats[0].person, sitting.commission.contest.call.key
    assert person is not None
    client.force_login(person)
    (row,) = client.get(f"/commission/{sitting.key}/").context["rows"]
    yield [one.title for one in row["awards"].rows if one.outcome == "won"]
    client.force_login(operator)
    page = client.get(f"/calls/{call}/commission/sittings/{sitting.key}/items/{item.key}/")
    yield [one.title for one in page.context["awards"].rows if one.outcome == "won"]
    told = page.content.decode()
    yield [title for title in ("Первый", "Второй") if title in told]


def frozen(sitting: Sitting) -> list[str]:
    """Who wins by the minutes."""
    sitting.refresh_from_db()
    return [one.title for one in read(bytes(sitting.minutes)).awards if one.outcome == "won"]


def adopted(item: Item, operator: Person) -> Item:
    return decide_item(item, seen=item.version, actor=operator, now=NOON)


def test_before_the_first_decision_members_see_what_they_vote_on(
    seats: list[Member], operator: Person, client: Client
) -> None:
    item = a_vote(seats, operator)

    assert list(seen(item, seats, operator, client)) == [BEFORE, BEFORE, ["Первый", "Второй"]]


def test_the_list_is_shown_by_few_queries_however_many_are_on_it(
    seats: list[Member],
    operator: Person,
    client: Client,
    django_assert_max_num_queries: Any,  # noqa: ANN401  # of pytest-django
) -> None:
    item, person = a_vote(seats, operator), seats[0].person
    assert person is not None
    for number in range(20):
        a_rated(f"Проект {number}", "70", contest=item.sitting.commission.contest)
    client.force_login(person)

    with django_assert_max_num_queries(17):
        client.get(f"/commission/{item.sitting.key}/")


def test_minutes_that_close_before_the_decision_is_written_hold_what_was_adopted(
    seats: list[Member], operator: Person, client: Client
) -> None:
    item = adopted(a_vote(seats, operator), operator)
    swap_ratings()
    close_sitting(item.sitting, actor=operator, now=NOON)

    assert not Award.objects.exists()
    assert frozen(item.sitting) == BEFORE
    assert list(seen(item, seats, operator, client))[:2] == [BEFORE, BEFORE]


def test_another_list_than_the_one_that_was_adopted_is_not_written(
    seats: list[Member], operator: Person
) -> None:
    item = adopted(a_vote(seats, operator), operator)
    contest = item.sitting.commission.contest
    swap_ratings()

    def decide() -> int:
        return decide_contest(contest, item.sitting, actor=operator, now=NOON)

    assert codes_of(decide) == ["decision.other_list"]
    assert not Award.objects.exists()
    Examination.objects.update(final=None)
    assert decide() == 2
    assert Award.objects.exists()


def test_a_later_session_votes_on_its_own_list_and_not_on_the_one_that_is_written(
    seats: list[Member], operator: Person, client: Client
) -> None:
    first = adopted(a_vote(seats, operator), operator)
    contest = first.sitting.commission.contest
    decide_contest(contest, first.sitting, actor=operator, now=NOON)
    swap_ratings()
    second = a_vote(seats, operator, number="2")
    assert list(seen(second, seats, operator, client))[:2] == [AFTER, AFTER]

    adopted(second, operator)
    for item in (first, second):
        close_sitting(item.sitting, actor=operator, now=NOON)

    assert (frozen(first.sitting), frozen(second.sitting)) == (BEFORE, AFTER)
    assert list(seen(first, seats, operator, client))[:2] == [BEFORE, BEFORE]


def test_once_the_result_is_set_nothing_of_its_list_is_decided_and_sessions_close_without(
    seats: list[Member], operator: Person
) -> None:
    first = adopted(a_vote(seats, operator), operator)
    contest = first.sitting.commission.contest
    late = a_vote(seats, operator, number="2")
    decide_contest(contest, first.sitting, actor=operator, now=NOON)
    close_sitting(first.sitting, actor=operator, now=NOON)
    publish_now(contest, actor=operator, now=NOON)

    assert codes_of(lambda: adopted(late, operator)) == ["decision.published"]
    assert close_sitting(late.sitting, actor=operator, now=NOON).stage == "closed"


def test_minutes_of_a_list_adopted_before_lists_were_kept_take_awards_of_their_session_alone(
    seats: list[Member], operator: Person
) -> None:
    first, second = (a_vote(seats, operator, number=one) for one in ("1", "2"))
    for item in (first, second):
        adopted(item, operator)
    decide_contest(first.sitting.commission.contest, first.sitting, actor=operator, now=NOON)
    Item.objects.update(proposal={})

    told = [[one.title for one in drafted(item.sitting).awards] for item in (first, second)]

    assert told == [["Первый", "Второй"], []]


def test_a_long_list_is_shown_page_by_page(
    seats: list[Member], operator: Person, client: Client
) -> None:
    contest = seats[0].commission.contest
    Contest.objects.filter(pk=contest.pk).update(budget_minor=None)
    for number in range(30):
        a_rated(f"Проект {number:02d}", "85", contest=contest)
    item = a_vote(seats, operator)
    key, person = item.sitting.key, seats[0].person
    assert person is not None
    client.force_login(person)

    (row,) = client.get(f"/commission/{key}/").context["rows"]
    first = client.get(f"/commission/{key}/{item.key}/list/").context["page"]
    after = {"after": first.next_key}
    second = client.get(f"/commission/{key}/{item.key}/list/", after).context["page"]
    client.force_login(operator)
    call = contest.call.key
    url = f"/calls/{call}/commission/sittings/{key}/items/{item.key}/"
    inside = client.get(url, after).context["awards"]

    assert (len(row["awards"].rows), row["awards"].total) == (25, 32)
    assert [len(one.rows) for one in (first, second, inside)] == [25, 7, 7]
    assert [one.title for one in second.rows] == [one.title for one in inside.rows]
