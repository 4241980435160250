"""Feeds that are slow, endless, huge, or lie: each is refused in words, and nothing is taken."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from sinergia.base.outside import Limits, call, is_far, target_of
from sinergia.engine.refusal import Refused
from sinergia.practices.models import Feed, ForeignPractice, Practice, PracticeRevision
from sinergia.practices.reading.feeds import bring
from sinergia.practices.words import explain
from tests.arrange import NOON
from tests.practices.arrange_feeds import Handler, Home, a_feed, a_home

pytestmark = pytest.mark.django_db
Spoil = Callable[[dict[str, Any]], None]


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    settings.FEEDS_NEAR = True
    with a_home() as made:
        yield made


def taken() -> list[int]:
    return [model.objects.count() for model in (Practice, ForeignPractice, PracticeRevision)]


def refused(home: Home, feed: Feed | None = None, *, limits: Limits | None = None) -> str:
    """The code of what is said; nothing is taken, and the page says it in a sentence."""
    feed = feed or a_feed(home)
    before = taken()
    told = bring(feed, now=NOON, limits=limits)
    feed.refresh_from_db()
    assert told.gap is not None
    assert (feed.fault, feed.read_at, taken()) == (told.gap.code, None, before)
    assert len(explain(told.gap)) > 20
    return feed.fault


def answering(content: bytes, **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.tell(content, headers=headers)


def test_a_feed_that_answers_drop_by_drop_is_left_in_time(home: Home) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _drop in range(100):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    home.say = drip
    feed, begun = a_feed(home), time.monotonic()

    assert refused(home, feed, limits=Limits(0.5)) == "outside.slow"
    assert time.monotonic() - begun < 2


def test_a_feed_whose_headers_never_end_is_left_in_time(home: Home) -> None:
    def drip(handler: Handler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _drop in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    home.say = drip

    assert refused(home, limits=Limits(0.5)) == "outside.slow"


def test_a_feed_that_says_nothing_is_left_in_time(home: Home) -> None:
    home.say = lambda _handler: time.sleep(1.5)

    assert refused(home, limits=Limits(0.3)) == "outside.slow"


def test_a_feed_that_is_too_large_is_not_read_to_its_end(home: Home) -> None:
    sent: list[int] = []

    def pour(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for turn in range(1_000):
                handler.wfile.write(b" " * 100_000)
                sent.append(turn)
        except OSError:
            pass

    home.say = pour

    assert refused(home, limits=Limits(20, 500_000)) == "outside.large"
    assert len(sent) < 900


def test_a_feed_that_says_it_is_too_large_is_not_read_at_all(home: Home) -> None:
    def boast(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()

    home.say = boast

    assert refused(home) == "outside.large"


def test_a_feed_that_never_ends_is_refused_whole(home: Home) -> None:
    item = home.publish()

    def onward(handler: Handler) -> None:
        number = int(handler.path.partition("after=")[2] or 0) + 1
        page = home.feed(0) | {
            "items": [item | {"number": number}],
            "after": number,
            "last": 10**9,
            "next": f"{home.site}/practices/feed.json?after={number}",
        }
        handler.tell(json.dumps(page).encode())

    home.say = onward

    assert refused(home) == "feed.endless"


def test_a_feed_that_breaks_on_its_second_page_leaves_nothing_of_the_first(home: Home) -> None:
    home.page = 1
    home.publish("Первая")
    home.publish("Вторая", hash="0" * 64)

    assert refused(home) == "feed.lies"
    assert [path for path, _mark in home.asked] == [
        "/practices/feed.json",
        "/practices/feed.json?after=1",
    ]


def test_more_practices_than_one_feed_may_bring_are_refused(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sinergia.practices.actions.feeds.MOST_PRACTICES", 2)
    for number in range(3):
        home.publish(f"Практика {number}")

    assert refused(home) == "feed.many_practices"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda page: page["items"][0].update(hash="f" * 64), "feed.lies"),
        (lambda page: page["items"][0]["content"]["values"].update(effect="иное"), "feed.lies"),
        (lambda page: page["items"][0].update(content=None), "feed.no_title"),
        (lambda page: page["items"][0].update(number=0), "feed.no_feed"),
        (lambda page: page["items"][0].update(evidence=9), "feed.no_feed"),
        (lambda page: page["items"][0].update(key="junk"), "feed.no_feed"),
        (lambda page: page["items"][0].update(changed_at="0001-01-01T00:00+14:00"), "feed.no_feed"),
        (lambda page: page["items"][0].update(address="javascript:alert(1)"), "feed.no_feed"),
        (lambda page: page["items"][0].update(address="https://evil.org/"), "feed.other_site"),
        (lambda page: page.update(site="https://evil.org/"), "feed.other_site"),
        (lambda page: page.update(next="https://evil.org/feed.json"), "feed.other_site"),
        (lambda page: page.update(after=0), "feed.in_a_circle"),
        (lambda page: page.update(items=page["items"] * 2), "feed.in_a_circle"),
        (lambda page: page.update(items=[], next=page["site"]), "feed.in_a_circle"),
        (lambda page: page.update(items=page["items"] * 201), "feed.no_feed"),
        (lambda page: page.update(schema="other/1"), "feed.no_feed"),
        (
            lambda page: page["items"][0]["content"]["values"].update(effect="я" * 400_000),
            "feed.item_large",
        ),
        (
            lambda page: page["items"][0]["content"]["values"].update(effect="\ud800"),
            "feed.no_feed",
        ),
    ],
)
def test_a_page_that_is_not_right_is_refused_whole(spoil: Spoil, code: str, home: Home) -> None:
    home.publish()
    page = home.feed(0)
    spoil(page)
    home.say = answering(json.dumps(page).encode())

    assert refused(home) == code


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b"\xff\xfe", b"null"]
)
def test_what_is_no_feed_is_refused(content: bytes, home: Home) -> None:
    home.say = answering(content)

    assert refused(home) == "feed.no_feed"


@pytest.mark.parametrize("status", [204, 403, 404, 500])
def test_a_fault_of_the_home_is_said_with_its_number(status: int, home: Home) -> None:
    home.say = lambda handler: handler.tell(b"", status=status)

    assert refused(home) == "outside.status"


def test_an_answer_that_breaks_off_is_no_answer(home: Home) -> None:
    def break_off(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{")

    home.say = break_off

    assert refused(home) == "outside.no_answer"


def test_a_packed_answer_that_was_not_asked_for_is_refused(home: Home) -> None:
    home.say = answering(b"x" * 10, **{"Content-Encoding": "gzip"})

    assert refused(home) == "outside.no_answer"


def test_a_feed_that_leads_on_without_end_is_refused(home: Home) -> None:
    def onward(handler: Handler) -> None:
        handler.tell(b"", status=302, headers={"Location": f"{home.site}/again"})

    home.say = onward

    assert refused(home) == "outside.many_turns"
    assert len(home.asked) == 4


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", "outside.no_address"),
        ("ftp://ngo.example.org/", "outside.no_address"),
    ],
)
def test_a_feed_leads_to_http_alone(location: str, code: str, home: Home) -> None:
    home.say = lambda handler: handler.tell(b"", status=302, headers={"Location": location})

    assert refused(home) == code


@pytest.mark.parametrize("near", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "[fd00::1]"])
def test_a_far_feed_that_leads_to_a_near_address_is_refused(
    near: str, home: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is far by its name; where it leads is judged anew."""
    feed = a_feed(home)
    settings.FEEDS_NEAR = False
    there = home.site.rpartition(":")[2]
    monkeypatch.setattr("sinergia.base.outside.is_far", lambda at: at == "127.0.0.1" and is_first())
    turns: list[int] = []

    def is_first() -> bool:
        turns.append(1)
        return len(turns) == 1

    home.say = lambda handler: handler.tell(
        b"", status=302, headers={"Location": f"http://{near}:{there}/"}
    )

    assert refused(home, feed) == "outside.near"
    assert len(home.asked) == 1


def test_a_near_address_is_refused_unless_the_installation_is_for_tests(
    home: Home, settings: Settings
) -> None:
    feed = a_feed(home)
    settings.FEEDS_NEAR = False

    assert (refused(home, feed), home.asked) == ("outside.near", [])


@pytest.mark.parametrize(
    "near",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1"),
        *("fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:53aa:64c:0:0:80ff:fffe", "192.0.2.1"),
    ],
)
def test_an_address_inside_is_known_in_every_dress(near: str) -> None:
    assert not is_far(near)


@pytest.mark.parametrize("far", ["8.8.8.8", "93.184.216.34", "2a00:1450::1", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_known(far: str) -> None:
    assert is_far(far)


@pytest.mark.parametrize(
    "address",
    [
        *("http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://localhost/"),
        *("http://[::ffff:7f00:1]/", "http://0/", "http://LOCALHOST./"),
    ],
)
def test_a_near_address_written_otherwise_is_refused(address: str) -> None:
    with pytest.raises(Refused) as caught:
        target_of(address)

    assert caught.value.gaps[0].code in ("outside.near", "outside.no_name")


def test_a_name_that_means_something_else_a_moment_later_leads_to_what_was_judged(
    home: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up once: far at first, and near from then on."""
    settings.FEEDS_NEAR = False
    asked: list[str] = []
    reached: list[tuple[str, int]] = []

    def look_up(host: str, port: int, **_more: object) -> list[tuple[Any, ...]]:
        asked.append(host)
        found = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    def connect(address: tuple[str, int], _timeout: float) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(Refused):
        call("http://rebinding.example.org/")

    assert (asked, reached) == (["rebinding.example.org"], [("93.184.216.34", 80)])


def test_a_name_with_one_far_and_one_near_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look_up(_host: str, port: int, **_more: object) -> list[tuple[Any, ...]]:
        both = ("93.184.216.34", "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in both]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(Refused) as caught:
        target_of("http://two-faced.example.org/")

    assert [gap.code for gap in caught.value.gaps] == ["outside.near"]


def test_a_name_in_cyrillic_is_a_name(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _host, port, **_more: [(socket.AF_INET, 1, 6, "", ("93.184.216.34", port))],
    )

    told = target_of("https://центр.рф/practices/feed.json")

    assert (told.host, told.port) == ("xn--e1aqjhr.xn--p1ai", 443)
