"""The one link of a letter: what it opens, whom it tells, and how letters are given up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from sinergia.base.letters.models import Letter
from sinergia.notices import actions, tasks
from sinergia.notices.access import link_token
from sinergia.notices.actions.notices import open_digest
from sinergia.notices.models import Choice, Digest, Mailing, Notice, Recipient, Silence
from sinergia.people.models import Person
from tests.arrange import NOON, a_notice, a_person
from tests.notices.test_mailings import a_draft, to

pytestmark = [pytest.mark.django_db]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def link_of(thing: Notice | Digest | Recipient) -> str:
    return f"/n/{thing.key}/{link_token(thing.key)}/"


def a_sent_mailing(*rows: tuple[str, str]) -> Mailing:
    anna = a_person("author")
    mailing = a_draft(*(to(name, address) for name, address in rows), author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    tasks.send_batch(str(mailing.key))
    return mailing


def opened() -> list[str]:
    rows = Recipient.objects.filter(opened_at__isnull=False).order_by("pk")
    return list(rows.values_list("name", flat=True))


def test_a_letter_of_a_mailing_opens_without_signing_in_and_is_known_as_opened(
    client: Client,
) -> None:
    a_sent_mailing(("One", "one@example.org"), ("Two", "two@example.org"))
    one = Recipient.objects.get(name="One")

    first = client.get(link_of(one))
    at = Recipient.objects.get(name="One").opened_at
    second = client.get(link_of(one))

    assert (first.status_code, second.status_code) == (200, 200)
    assert "Come, One." in first.text
    assert "Two" not in first.text
    assert (opened(), Recipient.objects.get(name="One").opened_at) == (["One"], at)
    assert first.headers["Referrer-Policy"] == "strict-origin"
    assert first.headers["Cache-Control"] == "no-store"


def test_links_of_its_pages_stay_where_the_reader_is(client: Client) -> None:
    here = link_of(a_notice(a_person()))

    pages = client.get(here).text, client.get(here + "stop/").text

    assert [f'href="{here}stop/"' in pages[0], f'href="{here}"' in pages[1]] == [True, True]


def test_whoever_shares_a_mailbox_is_reached_by_its_letter(client: Client) -> None:
    a_sent_mailing(("One", "one@example.org"), ("Alike", "one@example.org"), ("X", "x@example.org"))

    client.get(link_of(Recipient.objects.get(name="One")))

    assert opened() == ["One", "Alike"]


@pytest.mark.parametrize(
    ("verb", "headers"),
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch;prerender"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"X-Purpose": "preview"}),
    ],
)
def test_a_look_ahead_by_a_program_is_no_opening(
    verb: str, headers: dict[str, str], client: Client
) -> None:
    a_sent_mailing(("One", "one@example.org"))

    getattr(client, verb)(link_of(Recipient.objects.get()), headers=headers)

    assert opened() == []


@pytest.mark.parametrize("part", ["key", "token", "both"])
def test_a_forged_link_and_a_forgotten_message_are_answered_alike(
    part: str, client: Client
) -> None:
    notice = a_notice(a_person())
    key = notice.key if part == "token" else uuid4()
    token = link_token(notice.key if part == "key" else key)
    token = token[::-1] if part == "token" else token

    forged = [client.get(f"/n/{key}/{token}/{tail}") for tail in ("", "stop/")]
    missing = client.get(f"/n/{uuid4()}/nothing/")

    assert [answer.status_code for answer in forged] == [404, 404]
    assert missing.status_code == 404
    assert Notice.objects.get().is_unseen


def test_the_link_of_a_message_shows_it_and_marks_it_as_seen(client: Client) -> None:
    notice = a_notice(a_person(), "Заявка принята", url="/organisations/")

    answer = client.get(link_of(notice))

    assert "Подробности на странице." in answer.text
    assert 'href="/organisations/"' in answer.text
    assert not Notice.objects.get().is_unseen


def test_the_link_of_a_daily_letter_shows_what_stood_in_it_and_no_more(client: Client) -> None:
    anna, boris = a_person(), a_person("boris")
    a_notice(anna, "Первое")
    a_notice(anna, "Второе")
    a_notice(boris, "Чужое")
    digest = open_digest(anna, NOON.date(), now=NOON)
    assert digest is not None
    later = a_notice(anna, "Позже")

    answer = client.get(link_of(digest))

    seen = Notice.objects.filter(is_unseen=False).order_by("pk")
    assert [one.values["subject"] for one in seen] == ["Первое", "Второе"]
    assert [word in answer.text for word in ("Первое", "Второе", "Чужое", "Позже")] == [
        True,
        True,
        False,
        False,
    ]
    digest.refresh_from_db()
    assert (digest.opened_at is not None, later.is_unseen) == (True, True)


def test_a_closed_accounts_links_open_nothing(client: Client) -> None:
    notice = a_notice(a_person())
    Person.objects.update(is_active=False)

    assert client.get(link_of(notice)).status_code == 404


def test_the_page_speaks_the_language_of_the_letter_until_another_is_chosen(
    client: Client,
) -> None:
    anna = a_person()
    Person.objects.update(language="en")
    notice = a_notice(anna)

    as_the_letter = client.get(link_of(notice))
    client.cookies["django_language"] = "ru"
    as_chosen = client.get(link_of(notice))

    assert ('lang="en"' in as_the_letter.text, 'lang="ru"' in as_chosen.text) == (True, True)


def test_one_press_in_a_mail_program_gives_mailings_up_and_one_takes_them_back() -> None:
    mailing = a_sent_mailing(("One", "One@example.org"))
    strict = Client(enforce_csrf_checks=True)  # a mail program has no cookie and no form of ours
    stop = link_of(Recipient.objects.get()) + "stop/"

    looked_at = strict.get(stop)
    assert (looked_at.status_code, Silence.objects.count()) == (200, 0)

    for _ in range(2):
        pressed = strict.post(stop, ONE_CLICK)
        assert pressed.status_code == 200
    assert Silence.objects.get().address == "one@example.org"

    anna = mailing.author
    again = a_draft(to("One", "one@EXAMPLE.org"), author=anna)
    assert Recipient.objects.get(mailing=again).state == "withheld"

    strict.post(stop, {"again": "1"})
    assert Silence.objects.count() == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [("digest", "urgent"), ("at_once", "urgent"), ("urgent", "urgent"), ("never", "never")],
)
def test_giving_up_the_sites_letters_leaves_the_urgent_ones(
    before: str, after: str, client: Client
) -> None:
    anna = a_person()
    actions.choose(anna, {"email": before}, now=NOON)
    stop = link_of(a_notice(anna)) + "stop/"

    client.post(stop, ONE_CLICK)
    assert Choice.objects.get().email == after

    client.post(stop, {"again": "1"})
    assert Choice.objects.get().email == "digest"


def test_reading_a_mailing_in_the_site_is_opening_it(client: Client) -> None:
    anna, boris = a_person(), a_person("boris")
    mailing = a_draft(to("One", "boris@example.org", person_id=boris.pk), author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    tasks.send_batch(str(mailing.key))
    client.force_login(boris)

    client.get(f"/notices/{Notice.objects.get().key}/")

    assert opened() == ["One"]


def test_opening_the_letter_marks_the_message_in_the_site_as_seen(client: Client) -> None:
    anna, boris = a_person(), a_person("boris")
    mailing = a_draft(to("One", "boris@example.org", person_id=boris.pk), author=anna)
    actions.send_mailing(mailing.key, actor=anna, now=NOON)
    tasks.send_batch(str(mailing.key))

    client.get(link_of(Recipient.objects.get()))

    assert not Notice.objects.get().is_unseen
    assert Letter.objects.get().made_at - NOON < timedelta(days=3650)
