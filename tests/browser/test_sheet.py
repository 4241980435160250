"""A score sheet in a browser: two columns or one, saved as one types, by keys alone, signed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sinergia.people.models import Person
from sinergia.review.models import Sheet, SheetText, SignedSheet
from tests.arrange import a_centre, a_contest
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_sheets import expert_of, fill, sign, whole

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, Person], None]
OpenPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]

WIDTHS = [1280, pytest.param(390, marks=pytest.mark.slow)]


@pytest.fixture
def sheet(database: None) -> Sheet:
    contest = a_contest(centre=a_centre())
    expert = an_expert(contest=contest)
    sign(a_sheet(expert, an_examination("Сад", contest=contest)), "6")
    return a_sheet(expert, an_examination(contest=contest))


def value_of(path: str, sheet: Sheet) -> str:
    return SheetText.objects.get(sheet=sheet, path=path).value


@pytest.mark.parametrize("width", WIDTHS)
def test_an_expert_scores_and_signs(
    open_page: OpenPage, sign_in: SignIn, axe: Axe, sheet: Sheet, width: int
) -> None:
    page = open_page(width=width)
    sign_in(page, expert_of(sheet))
    page.goto(f"/reviews/{sheet.expert.key}/sheets/")
    assert axe(page) == []
    page.get_by_role("link", name="Тёплый двор").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    first = page.locator("[data-field='scores/relevance']")
    first.get_by_role("button", name="9", exact=True).click()
    expect(page.locator("[data-rating]")).to_contain_text("22,5")
    expect(first.locator("input")).to_have_value("9")
    assert value_of("scores/relevance", sheet) == "9"

    texts = whole(sheet)
    for path, text in texts.items():
        if path == "recommendation":
            page.locator("[name=recommendation]").select_option(text)
        else:
            page.locator(f"[name='{path}']").fill(text)
    page.get_by_role("button", name="Подписать оценочный лист").click()
    page.wait_for_url("**/sign/")  # what was typed is saved before
    assert axe(page) == []
    page.get_by_role("button", name="Подписать оценочный лист").click()

    page.wait_for_url("**/receipt/")
    assert axe(page) == []
    expect(page.locator(".digest")).to_have_text(SignedSheet.objects.get(sheet=sheet).digest)


def test_keys_alone_give_scores_and_go_from_criterion_to_criterion(
    page: Page, sign_in: SignIn, sheet: Sheet
) -> None:
    sign_in(page, expert_of(sheet))
    page.goto(f"/sheets/{sheet.key}/")

    page.locator("[name='scores/relevance']").focus()
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    page.keyboard.type("Нужно людям")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("5")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.type("8")
    expect(page.locator("[data-state]")).to_contain_text("Сохранено в")

    expect(page.locator("[data-given]")).to_contain_text("3")
    found = {path: value_of(path, sheet) for path in ("scores/relevance", "comments/relevance")}
    assert found == {"scores/relevance": "10", "comments/relevance": "Нужно людям"}
    assert value_of("scores/coherence", sheet) == "8"
    assert value_of("scores/innovation", sheet) == "5"


def test_without_network_the_score_waits_on_the_device(
    page: Page, sign_in: SignIn, sheet: Sheet
) -> None:
    sign_in(page, expert_of(sheet))
    page.goto(f"/sheets/{sheet.key}/")
    page.context.set_offline(True)
    page.locator("[name=strong]").fill("Пишу в поезде")
    expect(page.locator("[data-state]")).to_contain_text("Нет связи")

    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_contain_text("Сохранено в")

    assert value_of("strong", sheet) == "Пишу в поезде"


def test_two_windows_show_both_texts(open_page: OpenPage, sign_in: SignIn, sheet: Sheet) -> None:
    first, second = open_page(), open_page()
    for one in (first, second):
        sign_in(one, expert_of(sheet))
        one.goto(f"/sheets/{sheet.key}/")
    first.locator("[name='scores/team']").fill("3")
    expect(first.locator("[data-state]")).to_contain_text("Сохранено в")

    second.locator("[name='scores/team']").fill("9")
    expect(second.locator(".clash-text")).to_have_text("3")
    second.locator("[data-keep=mine]").click()
    expect(second.locator("[data-state]")).to_contain_text("Сохранено в")

    assert value_of("scores/team", sheet) == "9"


@pytest.mark.slow
def test_without_scripts_one_button_saves_all(
    open_page: OpenPage, sign_in: SignIn, sheet: Sheet
) -> None:
    page = open_page(has_scripts=False)
    fill(sheet, {"mend": "Было"})
    sign_in(page, expert_of(sheet))
    page.goto(f"/sheets/{sheet.key}/")
    page.locator("[name='scores/team']").fill("4")

    page.get_by_role("button", name="Сохранить", exact=True).click()

    assert (value_of("scores/team", sheet), value_of("mend", sheet)) == ("4", "Было")
