"""The page of the ranking and its decision, and the forms of what goes before the commission."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.models import Examination, Item
from tests.arrange import sign_in_twice
from tests.review.deciding import a_rated, a_sitting, adopted

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with 200 000 for all."""
    contest.budget_minor = 200_000_00
    contest.save()
    return contest


def test_what_is_put_from_the_ranking_opens_in_the_session_and_stands_in_its_minutes(
    rich: Contest, operator: Person, client: Client
) -> None:
    one, sitting = a_rated("Проект", "70", contest=rich), a_sitting(rich)
    client.force_login(operator)
    call = rich.call.key
    sent = {"aaaaaa": "60000", "reason": "Дорого", "sitting": str(sitting.key)}

    answer = client.post(f"/calls/{call}/decision/{one.key}/less/", sent)

    item = Item.objects.get()
    assert (answer.status_code, item.kind) == (302, "less")
    assert one.submission.shown_number in item.question
    room = f"/calls/{call}/commission/sittings/{sitting.key}/"
    page = client.get(f"{room}items/{item.key}/")
    assert "60\u00a0000" in page.content.decode()
    assert client.get(f"{room}minutes.docx").status_code == 200


def test_the_page_shows_the_sum_running_down_and_takes_a_few_queries(
    rich: Contest, operator: Person, client: Client, django_assert_max_num_queries: object
) -> None:
    for title, rating in (("Первый", "90"), ("Второй", "80"), ("Третий", "75")):
        a_rated(title, rating, contest=rich)
    sign_in_twice(client, operator)

    with django_assert_max_num_queries(12) as seen:  # type: ignore[operator]  # of pytest-django
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
    rows = Examination.objects.filter(submission__title="Первый").values_list
    ((key, submission),) = rows("key", "submission__key")
    (first, *_rest) = page.context["rows"]
    assert (first.url, first.move_url, first.less_url) == (
        reverse("applications:screened", args=[submission]),
        *(reverse("decision:proposal", args=[rich.call.key, key, one]) for one in ("move", "less")),
    )
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


def test_what_decided_is_a_filter_too(rich: Contest, operator: Person, client: Client) -> None:
    for title, rating in (("Первый", "90"), ("Второй", "85"), ("Короткий", "80"), ("Низкий", "10")):
        a_rated(title, rating, contest=rich)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/decision/"

    below, short = (client.get(f"{address}?outcome={one}").context for one in ("below", "short"))

    found = [[row.shown.title for row in one["rows"]] for one in (below, short)]
    assert found == [["Низкий"], ["Короткий"]]
    offered = dict(below["form"].fields["outcome"].choices)
    assert ("below" in offered, "short" in offered, "declined" in offered) == (True, True, False)


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


def test_the_page_says_by_which_day_the_rules_have_the_list_approved(
    rich: Contest, operator: Person, client: Client
) -> None:
    a_rated("Проект", "70", contest=rich)
    sign_in_twice(client, operator)
    client.cookies["django_language"] = "en"
    address = f"/calls/{rich.call.key}/decision/"
    before = client.get(address).text
    item = adopted(a_sitting(rich, stage="closed"))
    Item.objects.filter(pk=item.pk).update(decided_at=datetime(2026, 3, 13, 9, tzinfo=UTC))
    after = client.get(address).text
    client.post(f"/calls/{rich.call.key}/decision/write/", {"sitting": str(item.sitting.key)})

    said = "the list is approved by 20\u00a0March\u00a02026"
    assert [said in page for page in (before, after, client.get(address).text)] == [
        False, True, False,
    ]  # fmt: skip
