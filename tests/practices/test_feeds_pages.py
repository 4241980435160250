"""Pages about practices of other installations, and their practices on every page there is."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from sinergia.practices.models import Adoption, Feed, Practice
from sinergia.practices.reading.feeds import bring
from tests.afterwards import run_errands
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_practice,
    an_organisation,
    sign_in_twice,
)
from tests.practices.arrange_feeds import Home, a_feed, a_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    settings.FEEDS_NEAR = True
    with a_home() as made:
        yield made


def of(role: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in_twice(client, a_consultant(role, centre=a_centre(f"Центр {role}"), role=role))
    return client


def text(client: Client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def apply(client: Client, practice: Practice, **more: str) -> int:
    """Send the form of taking a practice home as it came."""
    url = reverse("projects:apply", args=[practice.key])
    form = client.get(url).context["form"]
    given = {one.name: one.value() or "" for one in form}
    return client.post(url, given | more).status_code


def test_a_head_adds_a_site_reads_it_and_removes_it(home: Home) -> None:
    home.publish()
    client = of("head")

    added = client.post(reverse("practices:add_feed"), {"address": home.site})
    run_errands()
    feed = Feed.objects.get()
    listed = text(client, "practices:feeds")
    again = client.post(reverse("practices:read_feed", args=[feed.key]))
    asked = text(client, "practices:remove_feed", feed.key)
    removed = client.post(reverse("practices:remove_feed", args=[feed.key]))

    assert [one.status_code for one in (added, again, removed)] == [302] * 3
    assert ("Центр соседей" in listed, "new and changed: 1, withdrawn: 0" in listed) == (True, True)
    assert "Read this site no more?" in asked
    assert "No other site is read yet." in text(client, "practices:feeds")
    assert Practice.objects.get().stage == "withdrawn"


def test_a_consultant_reads_how_it_stands_and_changes_nothing(home: Home) -> None:
    client, feed = of("consultant"), a_feed(home)

    page = text(client, "practices:feeds")
    statuses = [
        client.post(reverse("practices:add_feed"), {"address": home.site}).status_code,
        client.post(reverse("practices:read_feed", args=[feed.key])).status_code,
        client.post(reverse("practices:remove_feed", args=[feed.key])).status_code,
    ]

    assert ("not read yet" in page, "Read its practices" in page) == (True, False)
    assert statuses == [403] * 3


def test_what_went_wrong_is_said_in_words(home: Home) -> None:
    home.publish(hash="0" * 64)
    client, feed = of("head"), a_feed(home)

    bring(feed, now=NOON)

    assert "is not what its checksum says" in text(client, "practices:feeds")


def test_an_address_that_cannot_be_is_said_beside_the_field() -> None:
    answer = of("head").post(reverse("practices:add_feed"), {"address": "ftp://x"})

    assert (answer.status_code, "This is no address of a site" in answer.content.decode()) == (
        422,
        True,
    )


def test_the_catalogue_is_narrowed_to_a_home_and_counts_it(home: Home) -> None:
    home.publish("Чужая")
    feed = a_feed(home)
    bring(feed, now=NOON)
    a_practice("Своя")
    client = Client(headers={"Accept-Language": "en"})

    whole, theirs, ours = (
        text(client, "practices:catalogue", home=value) for value in ("", str(feed.key), "ours")
    )

    assert ("Чужая" in whole, "Своя" in whole) == (True, True)
    assert ("Чужая" in theirs, "Своя" in theirs) == (True, False)
    assert ("Чужая" in ours, "Своя" in ours) == (False, True)
    assert "At home in: Центр соседей" in whole
    assert "Where it is at home: Центр соседей" in theirs


def test_without_feeds_nobody_is_asked_where_a_practice_is_at_home() -> None:
    a_practice()

    assert "Where it is at home" not in text(Client(), "practices:catalogue")


def test_a_foreign_practice_says_whose_it_is_on_its_page_beside_others_and_on_paper(
    home: Home,
) -> None:
    item = home.publish()
    bring(a_feed(home), now=NOON)
    practice, client = Practice.objects.get(), Client(headers={"Accept-Language": "en"})

    page = text(client, "practices:practice", practice.key)
    beside = text(client, "practices:compare", key=str(practice.key))
    found = text(client, "search:page", q="реабилитолог")
    paper = client.get(reverse("practices:passport", args=[practice.key, "ru"]))
    book = client.get(reverse("practices:export", args=["csv"]))

    assert "A practice of another site: Центр соседей" in page
    assert (item["address"] in page, "АНО «Полтора шага»" in page) == (True, True)
    assert ("Центр соседей" in beside, "Центр соседей" in found) == (True, True)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    assert "Центр соседей" in b"".join(book).decode()


def test_a_foreign_practice_is_applied_at_home_and_nothing_is_told_without_a_word(
    home: Home,
) -> None:
    home.publish()
    bring(a_feed(home), now=NOON)
    practice, client = Practice.objects.get(), Client(headers={"Accept-Language": "en"})
    client.force_login(a_leader(organisation=an_organisation("Рядом")))

    applied = apply(client, practice, way="partner")
    adoption = Adoption.objects.get()
    page = text(client, "projects:adoption", adoption.key)
    asked = text(client, "practices:report", adoption.key)
    told = client.post(reverse("practices:report", args=[adoption.key]))

    assert (applied, adoption.way) == (302, "alone")
    assert "Its home knows nothing of what you do." in page
    assert "This goes there, and nothing else:" in asked
    assert (told.status_code, adoption.report.is_agreed) == (302, True)
    assert "It is on its way there." in text(client, "projects:adoption", adoption.key)


def test_the_page_of_what_was_taken_home_says_that_its_practice_is_withdrawn(home: Home) -> None:
    home.publish()
    feed = a_feed(home)
    bring(feed, now=NOON)
    practice, client = Practice.objects.get(), Client(headers={"Accept-Language": "en"})
    client.force_login(a_leader(organisation=an_organisation("Рядом")))
    apply(client, practice)
    home.withdraw()
    feed.refresh_from_db()

    bring(feed, now=NOON)

    page = text(client, "projects:adoption", Adoption.objects.get().key)
    assert "It stands in the catalogue no more; what was taken stays as it was." in page
    assert client.get(reverse("practices:practice", args=[practice.key])).status_code == 404


def test_adoptions_of_our_own_practices_have_no_home_to_be_told(client: Client) -> None:
    practice = a_practice()
    leader = a_leader(organisation=an_organisation("Рядом"))
    client.force_login(leader)
    apply(client, practice, way="alone")

    answer = client.get(reverse("practices:report", args=[Adoption.objects.get().key]))

    assert answer.status_code == 404
