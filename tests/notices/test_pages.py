"""One's own messages: the bell, the list, one of them, what comes by e-mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html  # type: ignore[import-untyped]  # it has no stubs

from sinergia.base.letters.models import BrokenAddress
from sinergia.notices.models import Choice, Notice
from sinergia.people.models import Person
from tests.arrange import NOON, a_notice, a_person

pytestmark = pytest.mark.django_db
CHOSEN = {
    "email": "at_once",
    "digest_hour": "7",
    "quiet_from": "22",
    "quiet_to": "6",
    "time_zone": "Asia/Omsk",
}


@pytest.fixture
def anna(client: Client) -> Person:
    person = a_person()
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return person


def subjects_on(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/notices/{query}").context["page"]
    return [notice.values["subject"] for notice in page.rows]


def test_the_bell_says_the_number_on_every_page(client: Client, anna: Person) -> None:
    assert 'class="bell-count"' not in client.get("/").text
    a_notice(anna)
    a_notice(anna)
    a_notice(a_person("boris"))

    assert '<span class="bell-count">2</span>' in client.get("/").text
    assert "bell" not in Client().get("/").text


@pytest.mark.usefixtures("anna")
def test_nothing_yet_says_what_will_be_here(client: Client) -> None:
    assert "Here you are told what concerns you" in client.get("/notices/").text
    assert "Nothing is unseen." in client.get("/notices/?show=unseen").text


def test_the_unseen_come_first_each_with_a_word(client: Client, anna: Person) -> None:
    for number in range(4):
        is_seen = number == 3
        a_notice(anna, str(number), is_unseen=not is_seen, seen_at=NOON if is_seen else None)
    a_notice(a_person("boris"), "Чужое")

    assert subjects_on(client) == ["2", "1", "0", "3"]
    assert subjects_on(client, "?show=unseen") == ["2", "1", "0"]
    assert client.get("/notices/").text.count(">unseen</span>") == 3 + 1  # and the bell's own


@pytest.mark.both
def test_a_long_list_is_walked_to_its_end_and_back(client: Client, anna: Person) -> None:
    for number in range(60):
        is_seen = number % 2 == 0
        a_notice(anna, str(number), is_unseen=not is_seen, seen_at=NOON if is_seen else None)
    expected = [*map(str, range(59, 0, -2)), *map(str, range(58, -1, -2))]

    walked, query = [], ""
    while True:
        page = client.get(f"/notices/?{query}").context["page"]
        walked += [notice.values["subject"] for notice in page.rows]
        if not page.next_key:
            break
        query = f"after={page.next_key}"
    back = client.get(f"/notices/?before={page.previous_key}").context["page"]

    assert walked == expected
    assert [notice.values["subject"] for notice in back.rows] == expected[25:50]


def test_the_list_asks_as_often_for_three_as_for_one(client: Client, anna: Person) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            a_notice(anna)
        with CaptureQueriesContext(connection) as asked:
            client.get("/notices/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_looking_at_a_message_is_having_seen_it(client: Client, anna: Person) -> None:
    notice = a_notice(anna, "Accepted", url="/organisations/", is_urgent=True)

    page = client.get(f"/notices/{notice.key}/")
    seen_at = Notice.objects.get().seen_at
    client.get(f"/notices/{notice.key}/")

    assert (page.status_code, Notice.objects.get().is_unseen) == (200, False)
    assert Notice.objects.get().seen_at == seen_at
    assert 'href="/organisations/"' in page.text
    assert (
        "Accepted\n\nПодробности на странице.\n\nhttp://127.0.0.1:8000/organisations/" in page.text
    )


def test_a_message_is_marked_as_seen_one_by_one_or_all(client: Client, anna: Person) -> None:
    first, *_ = [a_notice(anna, str(number)) for number in range(3)]
    foreign = a_notice(a_person("boris"))

    one = client.post(f"/notices/{first.key}/seen/")
    assert (one.status_code, Notice.objects.filter(is_unseen=False).count()) == (302, 1)
    told = client.post("/notices/seen/", follow=True)
    again = client.post("/notices/seen/", follow=True)

    assert "2 messages are marked as seen." in told.text
    assert "There was nothing unseen." in again.text
    assert list(Notice.objects.filter(is_unseen=True)) == [foreign]


def test_a_foreign_message_is_not_there(client: Client, anna: Person) -> None:
    foreign = a_notice(a_person("boris"))

    answers = [
        client.get(f"/notices/{foreign.key}/"),
        client.post(f"/notices/{foreign.key}/seen/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Notice.objects.get().is_unseen


def test_what_comes_by_e_mail_is_chosen_and_said(client: Client, anna: Person) -> None:
    first = client.get("/notices/choices/")
    assert first.context["form"].initial["email"] == "digest"

    saved = client.post("/notices/choices/", CHOSEN, follow=True)

    choice = Choice.objects.get()
    assert "Saved: letters come as chosen here." in saved.text
    assert (choice.person, choice.email, choice.digest_hour, choice.quiet_from) == (
        anna,
        "at_once",
        7,
        22,
    )
    assert (choice.quiet_to, choice.time_zone) == (6, "Asia/Omsk")


@pytest.mark.usefixtures("anna")
def test_the_choice_is_one_of_the_pages_of_the_account(client: Client) -> None:
    page = html.fromstring(client.get("/notices/choices/").text)

    tabs = page.xpath("//nav[@class='local-nav'][@aria-label='Your account']//a")
    named = [(tab.text, tab.get("aria-current")) for tab in tabs]
    assert ("Profile", None) in named
    assert ("Letters", "page") in named


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "pigeon"},
        {"digest_hour": "24"},
        {"quiet_to": "-1"},
        {"time_zone": "Mars/North"},
        {"time_zone": "../etc/passwd"},
        {"time_zone": ""},
    ],
)
@pytest.mark.usefixtures("anna")
def test_a_choice_that_cannot_be_is_refused_at_its_field(
    wrong: dict[str, str], client: Client
) -> None:
    answer = client.post("/notices/choices/", CHOSEN | wrong)

    assert (answer.status_code, Choice.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == list(wrong)


def test_a_mailbox_that_came_back_is_told_to_its_owner_who_may_try_again(
    client: Client, anna: Person
) -> None:
    since = NOON + timedelta(hours=1)
    BrokenAddress.objects.create(address="anna@example.org", fault="5.2.2", since=since)

    warned = client.get("/notices/choices/")
    client.post("/notices/choices/trust/")
    after = client.get("/notices/choices/")

    assert ("Try my mailbox again" in warned.text, "Try my mailbox again" in after.text) == (
        True,
        False,
    )
    assert BrokenAddress.objects.count() == 0
