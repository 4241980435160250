"""What a home tells besides its texts, in signs of every kind, by one address or by two."""

import socket
import time
from collections.abc import Iterator
from typing import NoReturn

import pytest
from pytest_django import Settings

from sinergia.base.outside import Limits, call
from sinergia.engine.refusal import Refused
from sinergia.practices.actions.feeds import add_feed
from sinergia.practices.models import Feed, Practice
from sinergia.practices.reading.feeds import bring
from sinergia.practices.words import explain
from tests.arrange import NOON, a_region, an_administrator
from tests.practices.arrange_feeds import Home, a_feed, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    settings.FEEDS_NEAR = True
    with a_home() as made:
        yield made


def test_signs_that_no_table_keeps_are_left_out_of_what_is_told(home: Home) -> None:
    address = f"{home.site}/organisations/1/"
    authors = {"name": "Полтора\u0000 шага\u202e", "address": f"{address}\u0000"}
    region = {"code": "X\u0000", "name_ru": "Край\u0000", "name_en": ""}
    home.publish(authors=authors, licence="cc\u0000-by", region=region)

    told = bring(a_feed(home), now=NOON)

    foreign = Practice.objects.get().foreign
    assert (told.came, told.gap) == (1, None)
    assert (foreign.authors, foreign.authors_address) == ("Полтора шага", address)
    assert (foreign.licence, foreign.place) == ("cc-by", "Край")


def test_a_level_that_is_confirmed_at_home_is_known_here_though_no_text_changed(home: Home) -> None:
    home.publish()
    feed = a_feed(home)
    bring(feed, now=NOON)
    feed.refresh_from_db()
    region = {"code": a_region("XB-YAR").code, "name_ru": "Светлоборская область", "name_en": ""}
    home.publish(evidence=4, currency="USD", region=region)

    told = bring(feed, now=NOON)

    practice = Practice.objects.get()
    assert told.came == 1
    assert (practice.evidence, practice.currency) == (4, "USD")
    assert practice.region is not None
    assert practice.region.code == "XB-YAR"
    assert practice.revisions.count() == 1


def test_an_address_is_one_however_it_is_spelled(settings: Settings) -> None:
    settings.FEEDS_NEAR = True
    olga = an_administrator()
    typed = ["http://LOCALHOST", "HTTP://localhost:80/", " http://localhost/practices/feed.json"]

    told = {add_feed(one, actor=olga, now=NOON).address for one in typed}

    assert told == {"http://localhost/practices/feed.json"}


def test_a_home_that_is_read_by_another_address_is_not_read_twice(home: Home) -> None:
    home.publish()
    first = a_feed(home)
    second = Feed.objects.create(
        address=first.address.replace("http", "HTTP"), added_by=first.added_by, added_at=NOON
    )

    told = [bring(one, now=NOON) for one in (first, second)]

    assert [one.came for one in told] == [1, 0]
    assert told[1].gap is not None
    assert first.address in explain(told[1].gap)
    assert Practice.objects.count() == 1


def test_a_name_with_many_silent_addresses_takes_no_longer_than_the_whole_may(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FEEDS_NEAR = True
    tried: list[str] = []

    def silent(address: tuple[str, int], timeout: float) -> NoReturn:
        tried.append(address[0])
        time.sleep(timeout)
        raise TimeoutError

    rows = [(2, 1, 6, "", (f"203.0.113.{at}", 80)) for at in range(50)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_told, **_more: rows)
    monkeypatch.setattr(socket, "create_connection", silent)
    begun = time.monotonic()

    with pytest.raises(Refused) as refusal:
        call("http://ngo.example.org/", limits=Limits(0.4))

    assert refusal.value.gaps[0].code == "outside.slow"
    assert time.monotonic() - begun < 1
    assert tried == [f"203.0.113.{at}" for at in range(4)]
