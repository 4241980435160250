"""A live site and a browser. Each test begins with the same empty database.

The journal's triggers refuse the deletes of a flush, so a template is copied back instead.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from sinergia.people.models import Person
from tests.browser.chromium import find_chromium
from tests.browser.road import Road

# The browser's driver keeps an event loop in this thread, from which Django would keep us away.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--in-process-gpu",
    "--renderer-process-limit=1",
    "--disable-features=BackForwardCache,Translate,OptimizationHints,MediaRouter,PaintHolding",
]
LOCALES = {"ru": "ru-RU", "en": "en-GB"}

# Begun last, one of these would be walked alone, the other worker with nothing left to do.
LONG_WALKS = ("story_of", "first_visit", "accounts", "monday", "application_evening")

PATIENCE = 15_000  # ms; on a machine with much to do a page takes its time
expect.set_options(timeout=PATIENCE)

AXE = {"resultTypes": ["violations"]}  # of what is right nobody asks each place
SCRIPT = Axe().axe_script
# Read in the page: the whole answer takes longer to come over than axe to look.
FAULTS = """options => axe.run(options).then(
    told => told.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target}`)))"""

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, Person], None]
SetClock = Callable[[datetime], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long walks first."""
    items.sort(key=lambda item: not any(walk in item.path.stem for walk in LONG_WALKS))


@pytest.fixture(scope="session")
def empty_database(
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[sqlite3.Connection]:
    """The database as migrations leave it, in a file: the site's threads connect to it too."""
    kept, before = sqlite3.connect(":memory:"), connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(tmp_path_factory.mktemp("site") / "site.sqlite3")
    with django_db_blocker.unblock():
        connection.close()
        call_command("migrate", verbosity=0)
        connection.ensure_connection()
        connection.connection.backup(kept)
        connection.close()
    yield kept
    kept.close()
    connection.settings_dict["NAME"] = before


@pytest.fixture
def database(
    empty_database: sqlite3.Connection, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The rows that a test makes, seen by the site, gone before the next."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        empty_database.backup(connection.connection)
        yield
        connection.close()
    Road.is_lost, Road.pause = False, 0.0


@pytest.fixture(scope="session")
def site(empty_database: sqlite3.Connection) -> Iterator[LiveServer]:
    """The site on a free port, with the style and scripts of the sources."""
    server = LiveServer("localhost")
    served = server.thread.httpd
    site = served.get_app()
    assert site is not None
    served.set_app(Road(site))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = find_chromium()
    if not path:
        pytest.skip("no Chromium here (Debian: chromium)")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(database: None, site: LiveServer, browser: Browser) -> Iterator[OpenPage]:
    """Open windows: open_page(width=390, language="en", scheme="dark", has_scripts=False).

    A test fails at its end where a page complained: a script that broke, a file that was not
    there, a content policy that was not kept.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(
        *, width: int = 1280, language: str = "ru", scheme: str = "light", has_scripts: bool = True
    ) -> Page:
        context = a_window(browser, site, width, language, scheme, has_scripts=has_scripts)
        contexts.append(context)
        return a_page(context, complaints)

    yield open_one
    for context in contexts:
        context.close()
    assert unexpected(complaints) == []


def a_window(
    browser: Browser,
    site: LiveServer,
    width: int,
    language: str,
    scheme: str,
    *,
    has_scripts: bool = True,
) -> BrowserContext:
    """A window of its own: its width, its language, light or dark."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        locale=LOCALES[language],
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=has_scripts,
        reduced_motion="reduce",
    )
    speak(context, site, language)
    return context


def speak(context: BrowserContext, site: LiveServer, language: str) -> None:
    """Let a window be shown the site in a language."""
    name = settings.LANGUAGE_COOKIE_NAME
    context.add_cookies([{"name": name, "value": language, "url": site.url}])


def a_page(context: BrowserContext, complaints: list[str]) -> Page:
    """A page of a window; what it complains of is noted."""

    def note(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", note)
    return page


def unexpected(complaints: list[str]) -> list[str]:
    """Complaints that are none of an answer, or of a network, which a test asked for."""
    said = "Failed to load resource: "
    answers = ("the server responded with a status of 4", "net::ERR_INTERNET_", "net::ERR_FAILED")
    expected = tuple(said + answer for answer in answers)
    return [text for text in complaints if not text.startswith(expected)]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A wide window in Russian."""
    return open_page()


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """What axe has against a page: `rule: where`, for each place.

    is_whole: with contrast, which takes two thirds of its time.
    """

    def faults(page: Page, *, is_whole: bool = True) -> list[str]:
        options = AXE if is_whole else AXE | {"rules": {"color-contrast": {"enabled": False}}}
        page.evaluate(SCRIPT)
        found: list[str] = page.evaluate(FAULTS, options)
        return sorted(found)

    return faults


@pytest.fixture
def sign_in(site: LiveServer) -> SignIn:
    """Let a window be somebody's, without the walk through the sign-in page."""

    def enter(page: Page, person: Person) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": site.url}]
        )

    return enter


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Say what time it is for the site; from then on it goes as it does."""

    def begin(moment: datetime) -> None:
        since = time.monotonic()
        monkeypatch.setattr(
            timezone, "now", lambda: moment + timedelta(seconds=time.monotonic() - since)
        )

    return begin


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where a test may leave a picture of what it saw."""
    folder = Path(settings.MEDIA_ROOT) / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
