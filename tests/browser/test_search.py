import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_the_key_of_search_goes_to_the_box_and_types_nothing(open_page: OpenPage) -> None:
    page = open_page(width=1280)
    page.goto("/")

    page.keyboard.press("/")
    page.keyboard.type("26/7")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=26%2F7")
    expect(page.locator("#search-words")).to_have_value("26/7")


def test_on_a_phone_the_key_opens_the_page_of_search(open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.goto("/")
    expect(page.locator("#site-search")).to_be_hidden()

    page.keyboard.press("/")

    page.wait_for_url("**/search/")
    expect(page.locator("#search-words")).to_be_focused()


def test_without_scripts_the_box_searches(open_page: OpenPage) -> None:
    page = open_page(width=1280, has_scripts=False)
    page.goto("/organisations/")

    page.locator("#site-search").fill("совет")
    page.locator("#site-search").press("Enter")

    page.wait_for_url("**/search/?q=*")
    expect(page.locator("h1")).to_be_visible()
