"""Practices of another installation: taken, changed, withdrawn, as their home does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import Intent, intend
from sinergia.practices.actions.feeds import add_feed, remove_feed
from sinergia.practices.models import Feed, ForeignPractice, Practice, PracticeRevision
from sinergia.practices.queries.catalogue import PracticeFilter, found
from sinergia.practices.reading.feeds import bring
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_region,
    a_theme,
    an_administrator,
    an_organisation,
)
from tests.practices.arrange_feeds import Home, a_feed, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    settings.FEEDS_NEAR = True
    with a_home() as made:
        yield made


def titles(q: str = "") -> list[str]:
    return sorted(found(PracticeFilter(q=q)).values_list("title", flat=True))


def test_a_practice_comes_with_its_home_and_is_found_beside_our_own(home: Home) -> None:
    region, theme = a_region(), a_theme("Забота", region=a_region("XB-YAR"))
    item = home.publish()
    feed = a_feed(home)

    told = bring(feed, now=NOON)

    practice = Practice.objects.get()
    foreign = practice.foreign
    feed.refresh_from_db()
    assert (told.came, told.left, told.gap) == (1, 0, None)
    assert (feed.name, feed.after, feed.fault, feed.read_at) == ("Центр соседей", 1, "", NOON)
    assert (practice.organisation, practice.stage) == (None, "published")
    assert (practice.region, practice.theme, practice.evidence) == (region, theme, 2)
    assert (practice.start_minor, practice.title) == (120_000_00, "Домашний маршрут")
    assert (foreign.address, foreign.digest) == (item["address"], item["hash"])
    assert (foreign.authors, foreign.licence) == ("АНО «Полтора шага»", "cc-by")
    assert titles("реабилитологи") == ["Домашний маршрут"]


def test_what_is_read_again_is_neither_doubled_nor_asked_for_whole(home: Home) -> None:
    home.publish()
    feed = a_feed(home)

    told: list[Any] = []
    for _turn in range(3):
        told.append(bring(feed, now=NOON))
        feed.refresh_from_db()

    assert [(one.came, one.left, one.gap) for one in told] == [(1, 0, None), *[(0, 0, None)] * 2]
    assert [mark for _path, mark in home.asked] == ["", "", '"1-1"']
    assert (Practice.objects.count(), PracticeRevision.objects.count()) == (1, 1)


def test_a_change_at_home_is_a_new_text_here_and_a_withdrawal_takes_it_out(home: Home) -> None:
    home.publish()
    feed = a_feed(home)
    bring(feed, now=NOON)
    home.publish("Маршрут домой", of="Домашний маршрут")
    feed.refresh_from_db()

    bring(feed, now=NOON)
    after_change = (titles(), titles("реабилитолог"), PracticeRevision.objects.count())
    home.withdraw()
    feed.refresh_from_db()
    bring(feed, now=NOON)

    assert after_change == (["Маршрут домой"], ["Маршрут домой"], 2)
    assert (titles(), titles("реабилитолог")) == ([], [])
    assert Practice.objects.get().stage == "withdrawn"
    feed.refresh_from_db()
    assert (feed.came, feed.left) == (0, 1)


def test_one_that_comes_back_stands_there_again(home: Home) -> None:
    home.publish()
    feed = a_feed(home)
    bring(feed, now=NOON)
    home.withdraw()
    feed.refresh_from_db()
    bring(feed, now=NOON)
    home.publish()
    feed.refresh_from_db()

    bring(feed, now=NOON)

    assert (titles(), Practice.objects.count()) == (["Домашний маршрут"], 1)


def test_whoever_took_home_what_is_withdrawn_keeps_it_and_is_told(home: Home) -> None:
    home.publish()
    feed = a_feed(home)
    bring(feed, now=NOON)
    adopter = an_organisation("Рядом")
    leader = a_leader(organisation=adopter)
    adoption = intend(Practice.objects.get(), adopter, Intent(), actor=leader, now=NOON)
    home.withdraw()
    feed.refresh_from_db()

    bring(feed, now=NOON)

    adoption.refresh_from_db()
    assert adoption.state == "intended"
    assert adoption.origin.practice.stage == "withdrawn"
    assert [one.code for one in leader_notices(leader)] == ["practices.home_withdrew"]


def leader_notices(leader: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=leader).order_by("pk"))


def test_many_pages_are_read_to_their_end(home: Home) -> None:
    home.page = 2
    for number in range(5):
        home.publish(f"Практика {number}")
    feed = a_feed(home)

    told = bring(feed, now=NOON)

    feed.refresh_from_db()
    assert (told.came, feed.after, len(home.asked)) == (5, 5, 3)
    assert titles() == [f"Практика {number}" for number in range(5)]


def test_a_home_that_counts_anew_is_read_from_its_beginning(home: Home) -> None:
    for number in range(3):
        home.publish(f"Практика {number}")
    feed = a_feed(home)
    bring(feed, now=NOON)
    home.changes.clear()
    home.number = 0
    home.publish("Практика 1")
    home.publish("Новая")
    feed.refresh_from_db()

    told = bring(feed, now=NOON)

    feed.refresh_from_db()
    assert (told.gap, told.came, told.left, feed.after) == (None, 1, 2, 2)
    assert titles() == ["Новая", "Практика 1"]


def test_a_feed_that_is_removed_leaves_nothing_in_the_catalogue_until_it_is_added_again(
    home: Home,
) -> None:
    home.publish()
    feed = a_feed(home)
    bring(feed, now=NOON)
    administrator = an_administrator()

    remove_feed(feed, actor=administrator, now=NOON)
    removed = titles()
    again = add_feed(home.site, actor=administrator, now=NOON)
    bring(again, now=NOON)

    assert (removed, titles()) == ([], ["Домашний маршрут"])
    assert (again.pk, Feed.objects.count(), ForeignPractice.objects.count()) == (feed.pk, 1, 1)


def test_heads_and_administrators_alone_keep_feeds(home: Home) -> None:
    centre = a_centre()
    head = a_consultant("head", centre=centre, role="head")
    consultant = a_consultant(centre=centre)

    made = add_feed(home.site, actor=head, now=NOON)

    assert add_feed(f"{home.site}/", actor=head, now=NOON) == made
    with pytest.raises(PermissionDenied):
        add_feed(home.site, actor=consultant, now=NOON)
    with pytest.raises(PermissionDenied):
        remove_feed(made, actor=consultant, now=NOON)


@pytest.mark.parametrize(
    "address", ["ftp://ngo.example.org", "file:///etc/passwd", "http://", "http://u:p@127.0.0.1/"]
)
def test_what_is_no_address_of_a_site_is_refused(address: str, settings: Settings) -> None:
    settings.FEEDS_NEAR = True

    with pytest.raises(Refused) as refused:
        add_feed(address, actor=an_administrator(), now=NOON)

    assert [gap.code for gap in refused.value.gaps] == ["outside.no_address"]
