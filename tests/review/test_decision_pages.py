"""Pages of a ranking and its decision: who sees which figure, what is told when it changed."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.items import ItemGiven
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.models import Examination, Item
from sinergia.review.queries.decision import proposals_of, ranking_of, unwritten_of
from tests.arrange import NOON, a_consultant, sign_in_twice
from tests.review.commission import a_commission, a_member, an_item
from tests.review.commission import a_sitting as a_session
from tests.review.deciding import a_rated, a_sitting, adopted, decided, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with 200 000 for all."""
    contest.budget_minor = 200_000_00
    contest.save()
    return contest


def moving(about: Examination, reason: str = "Так", moved: str = "won") -> ItemGiven:
    return ItemGiven("move", "Сдвиг", reason, about, moved)


def less(about: Examination, **left: int) -> ItemGiven:
    return ItemGiven("less", "Меньше", "Дорого", about, left=left)


def test_the_page_shows_the_sum_running_down_and_takes_a_few_queries(
    rich: Contest, operator: Person, client: Client, django_assert_max_num_queries: object
) -> None:
    for title, rating in (("Первый", "90"), ("Второй", "80"), ("Третий", "75")):
        a_rated(title, rating, contest=rich)
    sign_in_twice(client, operator)

    with django_assert_max_num_queries(30) as seen:  # type: ignore[operator]  # of pytest-django
        page = client.get(f"/calls/{rich.call.key}/decision/")
    for number in range(30):
        a_rated(f"Проект {number}", "60", contest=rich)
    with django_assert_max_num_queries(len(seen)):  # type: ignore[operator]  # the same
        more = client.get(f"/calls/{rich.call.key}/decision/?after=2")

    assert page.status_code == more.status_code == 200
    assert [one.placed.running_minor for one in page.context["page"].rows] == [
        90_000_00,
        180_000_00,
        180_000_00,
    ]
    assert re.sub(r"\s", " ", page.context["tiles"][0].value) == "180 000 ₽ из 200 000 ₽"
    assert more.context["page"].rows[0].placed.at == 3


def test_the_page_filters_and_pages_by_place(
    rich: Contest, operator: Person, client: Client
) -> None:
    for number in range(35):
        a_rated(f"Проект {number:02}", "70", contest=rich, asked=10_000_00)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/decision/"

    first = client.get(address).context["page"]
    second = client.get(f"{address}?after={first.next_key}").context["page"]
    back = client.get(f"{address}?before={second.previous_key}").context["page"]
    found = client.get(f"{address}?q=проект+0008&outcome=won&after=junk").context["page"]

    assert (len(first.rows), len(second.rows), second.next_key) == (25, 10, "")
    assert back.rows == first.rows
    assert [one.placed.at for one in found.rows] == [8]


def test_a_rating_adopted_after_the_decision_is_told_until_it_is_written_anew(
    rich: Contest, operator: Person, client: Client
) -> None:
    first, _second = (a_rated(name, "90", contest=rich) for name in ("Первый", "Второй"))
    sitting = decided(rich, operator)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/decision/"
    assert client.get(address).context["unwritten"] == 0

    Examination.objects.filter(pk=first.pk).update(final=10)
    page = client.get(address, headers={"accept-language": "en"})
    assert page.context["unwritten"] == 1
    assert "changes 1 application" in page.content.decode()
    assert outcomes(rich)["Первый"] == ("won", "", 90_000_00)

    decide_contest(rich, sitting, actor=operator, now=NOON)
    assert client.get(address).context["unwritten"] == 0
    assert outcomes(rich)["Первый"] == ("lost", "line", 0)


def test_a_move_adopted_after_the_decision_is_told_too(rich: Contest, operator: Person) -> None:
    first = a_rated("Первый", "90", contest=rich)
    decided(rich, operator)
    adopted(a_sitting(rich, number="2"), "move", first, moved="lost", reason="Так")

    found = ranking_of(rich, shipped()["regional"], proposals_of(rich))

    assert unwritten_of(rich, found) == 1


def test_to_who_is_recused_no_figure_tells_what_is_hidden(
    rich: Contest, operator: Person, client: Client
) -> None:
    rows = [
        a_rated(name, rating, contest=rich, asked=asked)
        for name, rating, asked in (
            ("Первый", "90", 40_000_00),
            ("Второй", "80", 71_000_00),
            ("Третий", "75", 30_000_00),
        )
    ]
    person = a_consultant("recused", centre=rich.centre)
    commission = a_commission(rich, operator)
    seat = a_member(commission, operator, person=person)
    item = an_item(
        a_session(commission, operator), operator, kind="move", about=rows[1], reason="Так",
        moved="won",
    )  # fmt: skip
    recuse(item, seat, "Родня", actor=person, now=NOON)
    sign_in_twice(client, person)

    page = client.get(f"/calls/{rich.call.key}/decision/", headers={"accept-language": "en"})
    plain = re.sub(r"\s", " ", page.content.decode())

    assert [one.running_minor for one in page.context["rows"]] == [40_000_00, None]
    assert "70,000" in str(page.context["tiles"][0].value)
    assert [one.value for one in page.context["tiles"][1:]] == ["2", "0", "0"]
    assert [sum_ for sum_ in ("71 000", "111 000", "141 000") if sum_ in plain] == []
    assert "no sum runs down" in plain


def test_a_neighbour_and_an_unknown_row_find_nothing(
    rich: Contest, centre: Centre, operator: Person, client: Client
) -> None:
    sign_in_twice(client, operator)

    answers = [
        client.get(f"/calls/{rich.call.key}/decision/{uuid4()}/move/").status_code,
        client.post(f"/calls/{rich.call.key}/decision/write/", {"sitting": "x"}).status_code,
    ]

    assert answers == [404, 404]


def test_forms_of_a_move_and_a_cut_put_them_on_the_agenda(
    rich: Contest, operator: Person, client: Client
) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/decision/{one.key}"

    wrong = client.post(
        f"{address}/less/", {"aaaaaa": "-5", "reason": "Так", "sitting": sitting.key}
    )
    text = client.post(f"{address}/less/", {"aaaaaa": "x", "reason": "Так", "sitting": sitting.key})
    right = client.post(
        f"{address}/less/", {"aaaaaa": "60 000", "reason": "Так", "sitting": sitting.key}
    )
    moved = client.post(
        f"{address}/move/", {"moved": "reserve", "reason": "Так", "sitting": sitting.key}
    )

    assert [one.status_code for one in (wrong, text, right, moved)] == [422, 422, 302, 302]
    assert list(Item.objects.order_by("number").values_list("kind", "number")) == [
        ("less", 1),
        ("move", 2),
    ]
