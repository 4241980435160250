"""A telephone on the road: what walks without network have in common."""

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from playwright.sync_api import Page, expect

from sinergia.exchange.models import Visit


def open_there(page: Page, visit: Visit) -> None:
    page.goto(f"/visits/{visit.key}/there/")
    expect(page.locator("[data-road-kept]")).to_contain_text("Saved for the road", timeout=20_000)


class Road:
    """A site that nothing sent reaches while the network is lost.

    The browser alone does not see to that: a page that just begins to load is not told it is
    offline, and what a service worker lets pass is not shown to who would stop it.
    """

    is_lost = False
    pause = 0.0  # seconds that an attempt takes to fail

    def __init__(self, site: WSGIApplication) -> None:
        self.site = site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if Road.is_lost and environ["REQUEST_METHOD"] == "POST":
            time.sleep(Road.pause)
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        return self.site(environ, start_response)


def lose_network(page: Page) -> None:
    Road.is_lost = True
    page.context.set_offline(True)


def find_network(page: Page) -> None:
    Road.is_lost = False
    page.context.set_offline(False)


def status(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def note(page: Page, text: str) -> None:
    page.get_by_label("Note", exact=True).fill(text)
    page.get_by_role("button", name="Keep the note").click()


def stored(page: Page) -> list[str]:
    """What of anybody lies on the device: caches of pages, and what was typed."""
    found: list[str] = page.evaluate(
        "async () => [...(await caches.keys()).filter((name) => name.startsWith('road:')),"
        " ...Object.keys(localStorage)]"
    )
    return found
