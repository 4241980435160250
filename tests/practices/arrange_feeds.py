"""Another installation as a small real server, which says whatever a test has it say."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from sinergia.engine.practice.feed import hash_of
from sinergia.practices.actions.feeds import add_feed
from sinergia.practices.models import Feed
from tests.arrange import NOON, a_person

Say = Callable[["Handler"], None]
NAMES = UUID(int=7)
CARD = {
    "title": "Домашний маршрут",
    "essence": "Реабилитолог приезжает в сёла, где его нет.",
    "theme": "Забота",
    "audiences/aaaaaa/who": "special-children",
    "problem": "До ближайшего специалиста 80 км.",
    "actions": "Выездная бригада занимается с семьями дома.",
    "result": "46 семей занимаются сами.",
    "cost_start": "120000",
    "licence": "cc-by",
}


@dataclass
class Home:
    """A home of practices. changes: its items by name, in their order; say: instead of a page."""

    site: str = ""
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    number: int = 0
    page: int = 50
    key: str = "key"
    say: Say | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, mark that was given
    sent: list[tuple[str, bytes, str]] = field(default_factory=list)  # path, body, signature
    answers: int = 202

    def publish(self, name: str = "Домашний маршрут", **more: Any) -> dict[str, Any]:  # noqa: ANN401  # of an item
        """Put a practice there, or change it; more: whatever is to differ."""
        values = CARD | {"title": name} | more.pop("values", {})
        self.number += 1
        key = str(uuid5(NAMES, more.pop("of", name)))
        self.changes.pop(key, None)
        self.changes[key] = {
            "key": key,
            "number": self.number,
            "changed_at": NOON.isoformat(),
            "address": f"{self.site}/practices/{key}/",
            "state": "published",
            "hash": hash_of(values),
            "licence": "cc-by",
            "published_at": NOON.isoformat(),
            "authors": {"name": "АНО «Полтора шага»", "address": f"{self.site}/organisations/1/"},
            "region": {"code": "XA-SVB", "name_ru": "Светлоборская область", "name_en": ""},
            "evidence": 2,
            "currency": "RUB",
            "content": {"schema": "practice/1", "values": values},
        } | more
        return self.changes[key]

    def withdraw(self, name: str = "Домашний маршрут") -> None:
        """Take it out there."""
        self.number += 1
        key = str(uuid5(NAMES, name))
        address = self.changes.pop(key)["address"]
        gone = {"key": key, "address": address, "state": "withdrawn"}
        self.changes[key] = gone | {"number": self.number, "changed_at": NOON.isoformat()}

    def feed(self, after: int) -> dict[str, Any]:
        """A page behind a change."""
        rest = [one for one in self.changes.values() if one["number"] > after]
        items = rest[: self.page]
        last = items[-1]["number"] if items else after
        onward = f"{self.site}/practices/feed.json?after={last}"
        return {
            "schema": "sinergia.practices/1",
            "site": f"{self.site}/",
            "name": "Центр соседей",
            "key": self.key,
            "items": items,
            "after": last,
            "last": self.number,
            "next": onward if len(rest) > self.page else None,
        }


class Handler(BaseHTTPRequestHandler):
    """Answers for a home."""

    home: Home

    def do_GET(self) -> None:
        self.home.asked.append((self.path, self.headers.get("If-None-Match", "")))
        if self.home.say is not None:
            self.home.say(self)
            return
        if self.path.startswith("/practices/feed/key.json"):
            self.tell(json.dumps({"site": f"{self.home.site}/", "key": self.home.key}).encode())
            return
        after = int(self.path.partition("after=")[2] or 0)
        mark = f'"{self.home.number}-{after}"'
        if self.headers.get("If-None-Match") == mark:
            self.tell(b"", status=304)
            return
        self.tell(json.dumps(self.home.feed(after)).encode(), headers={"ETag": mark})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.home.sent.append((self.path, body, self.headers.get("Sinergia-Signature", "")))
        self.tell(b"{}", status=self.home.answers)

    def tell(
        self, content: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer with this."""
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing on the terminal."""


@contextmanager
def a_home() -> Iterator[Home]:
    """Another installation, reachable on this machine while the test lasts."""
    home = Home()
    handler = type("Theirs", (Handler,), {"home": home})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    home.site = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield home
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def a_feed(home: Home) -> Feed:
    """The feed of a home, added by an administrator."""
    assert settings.FEEDS_NEAR
    administrator = a_person(f"olga-{Feed.objects.count()}", is_administrator=True)
    return add_feed(home.site, actor=administrator, now=NOON)
