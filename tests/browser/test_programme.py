"""A programme is moved by the mouse and by the keyboard, and looked at on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from sinergia.exchange.models import Session, Visit
from tests.arrange import a_delegate, a_theme, a_visit, an_organisation
from tests.exchange.arrange import a_session, hours, staff_of

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, object], None]


@pytest.fixture
def visit(database: None) -> Visit:
    made, host = a_visit(), an_organisation()
    for title, when in (("А", "09:00-10:00"), ("Б", "10:00-11:00"), ("В", "10:30-12:00")):
        a_session(title, when, visit=made, host=host)
    a_session("Г", "09:00-10:00", visit=made, day=1)
    a_delegate(visit=made).themes.create(theme=a_theme())
    return made


def opened(open_page: OpenPage, sign_in: SignIn, visit: Visit, **window: object) -> Page:
    page = open_page(**window)
    sign_in(page, staff_of(visit))
    page.goto(f"/visits/{visit.key}/programme/")
    return page


def row(page: Page, title: str) -> Locator:
    return page.locator(f"#session-{Session.objects.get(title=title).key}")


def drag(page: Page, title: str, above: Locator, *, after: bool = False) -> None:
    handle = row(page, title).locator("[data-handle]")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), above.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    where = end["y"] + (end["height"] - 4 if after else 4)
    page.mouse.move(end["x"] + 40, (start["y"] + where) / 2, steps=4)
    page.mouse.move(end["x"] + 40, where, steps=4)
    with page.expect_navigation():
        page.mouse.up()


def test_a_session_is_dragged_within_its_day_and_to_another_one_and_back(
    open_page: OpenPage, sign_in: SignIn, visit: Visit
) -> None:
    page = opened(open_page, sign_in, visit)
    page.set_viewport_size({"width": 1280, "height": 2_400})  # all of it is in sight

    drag(page, "В", row(page, "А"))
    assert hours(visit) == ["В 09:00-10:30", "А 10:30-11:30", "Б 11:00-12:00"]
    drag(page, "А", row(page, "Г"), after=True)
    assert hours(visit, day=1) == ["Г 09:00-10:00", "А 10:00-11:00"]
    with page.expect_navigation():
        page.locator("form[action*='/undo/'] button").click()

    assert hours(visit) == ["В 09:00-10:30", "А 10:30-11:30", "Б 11:00-12:00"]


def test_a_session_is_moved_by_the_keyboard_alone_and_without_scripts(
    open_page: OpenPage, sign_in: SignIn, visit: Visit
) -> None:
    page = opened(open_page, sign_in, visit, width=390, has_scripts=False)

    row(page, "Б").locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert hours(visit) == ["Б 09:00-10:00", "А 10:00-11:00", "В 10:30-12:00"]
    expect(row(page, "Б")).to_be_in_viewport()
    expect(row(page, "Б").locator("[data-handle]")).to_be_hidden()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)],
)
def test_a_programme_and_the_form_of_a_session_are_for_everybody(
    open_page: OpenPage,
    sign_in: SignIn,
    visit: Visit,
    axe: Callable[[Page], list[str]],
    width: int,
    scheme: str,
) -> None:
    page = opened(open_page, sign_in, visit, width=width, scheme=scheme)
    for details in page.locator("details.programme-move").all():
        details.evaluate("one => { one.open = true }")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(f"/visits/{visit.key}/programme/{Session.objects.get(title='А').key}/")
    assert axe(page) == []
