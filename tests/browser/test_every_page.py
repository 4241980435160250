import sqlite3
from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page

from sinergia.people.models import Person
from tests.browser.conftest import OpenPage
from tests.house.matrix import MATRIX, World, a_world, reader_of, sample_names

pytestmark = pytest.mark.browser

WIDTHS, SCHEMES, LANGUAGES = (390, 1280), ("light", "dark"), ("ru", "en")
VARIANTS = list(product(WIDTHS, SCHEMES, LANGUAGES))
# Each of two neighbours differs from the last in every respect, so few pages meet every pair.
ROTATION = [VARIANTS[n] for n in (0, 7, 2, 5, 1, 6, 3, 4)]
PAGES = [
    name
    for name, rule in MATRIX.items()
    if rule.verb == "get" and reader_of(rule) and not rule.is_file
]


def cases() -> list[object]:
    """Every page in one variant, by turns; in all the others only in the full run."""
    made: list[object] = []
    for place, name in enumerate(PAGES):
        for variant in VARIANTS:
            is_turn = variant == ROTATION[place % len(ROTATION)]
            marks = () if is_turn else (pytest.mark.slow,)
            made.append(pytest.param(name, *variant, marks=marks))
    return made


@pytest.fixture(scope="session")
def kept() -> list[tuple[World, dict[str, str], sqlite3.Connection]]:
    """The world of the matrix once it was made: so many pages would make it so many times."""
    return []


@pytest.fixture
def furnished(
    database: None, kept: list[tuple[World, dict[str, str], sqlite3.Connection]]
) -> tuple[World, dict[str, str]]:
    """The same world for every page, whatever the page before did to it."""
    if not kept:
        world = a_world()
        known = sample_names(world)
        rows = sqlite3.connect(":memory:")
        connection.connection.backup(rows)
        kept.append((world, known, rows))
    world, known, rows = kept[0]
    rows.backup(connection.connection)
    return world, known


@pytest.mark.parametrize(("name", "width", "scheme", "language"), cases())
def test_a_page_is_open_to_everybody(
    name: str,
    width: int,
    scheme: str,
    language: str,
    open_page: OpenPage,
    axe: Callable[[Page], list[str]],
    sign_in: Callable[[Page, Person], None],
    furnished: tuple[World, dict[str, str]],
) -> None:
    page = open_page(width=width, scheme=scheme, language=language)
    rule, (world, known) = MATRIX[name], furnished
    reader = reader_of(rule)
    if reader != "visitor":
        sign_in(page, world.people[reader])
    named = {word: known.get(kind, kind) for word, kind in rule.names.items()}

    page.goto(reverse(name, kwargs=named) + f"?{rule.query}")

    assert axe(page) == []
    assert page.get_attribute("html", "lang") == language
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
