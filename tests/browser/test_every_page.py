import sqlite3
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from sinergia.people.models import Person
from tests.browser.conftest import a_page, a_window, speak, unexpected
from tests.house.matrix import MATRIX, World, a_world, reader_of, sample_names

pytestmark = pytest.mark.browser

Windows = Callable[[int, str, str], tuple[Page, list[str]]]
WIDTHS, SCHEMES, LANGUAGES = (390, 1280), ("light", "dark"), ("ru", "en")
VARIANTS = list(product(WIDTHS, SCHEMES, LANGUAGES))
# Each of two neighbours differs from the last in every respect, so few pages meet every pair.
ROTATION = [VARIANTS[n] for n in (0, 7, 2, 5, 1, 6, 3, 4)]
PAGES = [
    name
    for name, rule in MATRIX.items()
    if rule.verb == "get" and reader_of(rule) and not rule.is_file
]


PARTS = "web:components"


def cases() -> list[object]:
    """Every page in one variant, by turns, and whole in all of them in the full run.

    Contrast is measured there: of every part of a page it is measured always, in both schemes, on
    the page of parts, and on the pages of the walks.
    """
    made: list[object] = []
    for place, name in enumerate(PAGES):
        turn = ROTATION[place % len(ROTATION)]
        made.append(pytest.param(name, *turn, False))
        marks = () if name == PARTS else (pytest.mark.slow,)
        made += [pytest.param(name, *one, True, marks=marks) for one in VARIANTS]
    return made


@pytest.fixture(scope="session")
def kept() -> list[tuple[World, dict[str, str], sqlite3.Connection]]:
    """The world of the matrix once it was made: so many pages would make it so many times."""
    return []


@pytest.fixture
def furnished(
    empty_database: sqlite3.Connection,
    django_db_blocker: DjangoDbBlocker,
    kept: list[tuple[World, dict[str, str], sqlite3.Connection]],
) -> Iterator[tuple[World, dict[str, str]]]:
    """The same world for every page, whatever the page before did to it."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        yield _furnish(empty_database, kept)
        connection.close()


def _furnish(
    empty: sqlite3.Connection, kept: list[tuple[World, dict[str, str], sqlite3.Connection]]
) -> tuple[World, dict[str, str]]:
    if not kept:
        empty.backup(connection.connection)
        world = a_world()
        known = sample_names(world)
        rows = sqlite3.connect(":memory:")
        connection.connection.backup(rows)
        kept.append((world, known, rows))
    world, known, rows = kept[0]
    rows.backup(connection.connection)
    return world, known


@pytest.fixture(scope="session")
def windows(site: LiveServer, browser: Browser) -> Iterator[Windows]:
    """A page of each kind with its complaints, kept from address to address, as people keep it.

    What pages share is fetched once, and no program of the browser is started for each.
    """
    opened: dict[tuple[int, str, str], tuple[Page, list[str]]] = {}

    def window(width: int, scheme: str, language: str) -> tuple[Page, list[str]]:
        known = (width, scheme, language)
        if known not in opened:
            complaints: list[str] = []
            context = a_window(browser, site, width, language, scheme)
            opened[known] = (a_page(context, complaints), complaints)
        page, complaints = opened[known]
        complaints.clear()
        page.context.clear_cookies()
        speak(page.context, site, language)
        return page, complaints

    yield window
    for page, _complaints in opened.values():
        page.context.close()


@pytest.mark.parametrize(("name", "width", "scheme", "language", "is_whole"), cases())
def test_a_page_is_open_to_everybody(
    name: str,
    width: int,
    scheme: str,
    language: str,
    is_whole: bool,  # a case of the table
    windows: Windows,
    axe: Callable[..., list[str]],
    sign_in: Callable[[Page, Person], None],
    furnished: tuple[World, dict[str, str]],
) -> None:
    page, complaints = windows(width, scheme, language)
    rule, (world, known) = MATRIX[name], furnished
    reader = reader_of(rule)
    if reader != "visitor":
        sign_in(page, world.people[reader])
    named = {word: known.get(kind, kind) for word, kind in rule.names.items()}

    page.goto(reverse(name, kwargs=named) + f"?{rule.query}")

    assert axe(page, is_whole=is_whole) == []
    lang, wider = page.evaluate(
        "(html => [html.lang, html.scrollWidth - html.clientWidth])(document.documentElement)"
    )
    assert (lang, wider <= 0) == (language, True)
    assert unexpected(complaints) == []
