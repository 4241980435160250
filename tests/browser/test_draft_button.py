"""The button of a draft, and what happens to words about which somebody has yet to choose."""

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Route, expect

from sinergia.base.drafts.actions import Save
from sinergia.engine.project import parse_path
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import remove_project
from sinergia.projects.models import DraftField, Project
from tests.arrange import a_centre, a_contest, a_leader, a_project, an_organisation

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, Person], None]
Open = Callable[..., Page]
OFFERED = "На этом устройстве лежит несохранённый текст"


@pytest.fixture
def organisation(database: None) -> Organisation:
    return an_organisation()


@pytest.fixture
def tamara(organisation: Organisation) -> Person:
    return a_leader("Тамара", organisation=organisation)


@pytest.fixture
def vera(organisation: Organisation) -> Person:
    return a_leader("Вера", organisation=organisation, role="editor")


@pytest.fixture
def project(organisation: Organisation, tamara: Person) -> Project:
    made = a_project(organisation=organisation, contest=a_contest(centre=a_centre()))
    write(made, tamara, "summary", "Как было", 0)
    return made


@pytest.fixture
def opened(open_page: OpenPage, sign_in: SignIn, project: Project) -> Open:
    """The section about the project, in somebody's window."""

    def open_one(person: Person, *, has_scripts: bool = True) -> Page:
        page = open_page(width=390, has_scripts=has_scripts)
        sign_in(page, person)
        return about(page, project)

    return open_one


def about(page: Page, project: Project, section: str = "about") -> Page:
    page.goto(f"/projects/{project.key}/form/{section}/")
    return page


def write(project: Project, person: Person, at: str, text: str, base: int) -> None:
    path = parse_path(at)
    assert path is not None
    save_fields(project, [Save(path, text, base)], actor=person, now=timezone.now())


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-state]")).to_contain_text(words)


def press(page: Page) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).click()


def kept(path: str) -> str:
    return DraftField.objects.get(path=path).value


def no_answer(route: Route) -> None:
    route.abort()


def shut(page: Page) -> None:
    """Let the page hear nothing of its end: what it sends then is not stopped by a route."""
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => false })")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_two_who_press_the_button_in_different_fields_both_keep_their_work(
    opened: Open, project: Project, tamara: Person, vera: Person, *, has_scripts: bool
) -> None:
    page = opened(tamara, has_scripts=has_scripts)
    write(project, vera, "summary", "Как видит Вера", 1)

    page.get_by_label("Название").fill("Двор Тамары")
    press(page)

    expect(page.get_by_text("Сохранено в")).to_be_visible()
    assert (kept("title"), kept("summary")) == ("Двор Тамары", "Как видит Вера")


def test_the_button_waits_for_the_save_that_is_under_way(
    opened: Open, project: Project, tamara: Person
) -> None:
    page = opened(tamara)
    held: list[Route] = []
    page.route("**/save/", lambda route: route.continue_() if held else held.append(route))
    field = page.get_by_label("Кратко о проекте")
    with page.expect_request("**/save/"):
        field.fill("аб")
        field.blur()
    field.fill("абв")
    press(page)
    expect(page.locator(".clash")).to_have_count(0)
    held[0].continue_()

    page.wait_for_url(f"**/projects/{project.key}/")
    assert (kept("summary"), DraftField.objects.get(path="summary").version) == ("абв", 3)


def test_the_button_pressed_without_network_leaves_the_page_where_it_is(
    opened: Open, project: Project, tamara: Person
) -> None:
    page = opened(tamara)
    page.context.set_offline(True)
    page.get_by_label("Кратко о проекте").fill("В автобусе")
    press(page)
    said(page, "Нет связи")
    expect(page.get_by_label("Кратко о проекте")).to_have_value("В автобусе")

    page.context.set_offline(False)
    said(page, "Сохранено в")
    press(page)

    page.wait_for_url(f"**/projects/{project.key}/")
    assert kept("summary") == "В автобусе"


def test_after_the_button_nothing_is_called_unsaved(
    opened: Open, project: Project, tamara: Person
) -> None:
    page = opened(tamara)
    page.context.route("**/save/", no_answer)
    page.get_by_label("Кратко о проекте").fill("Связь пропала и вернулась")
    said(page, "Нет связи")
    page.context.unroute("**/save/")
    press(page)
    page.wait_for_url(f"**/projects/{project.key}/")

    about(page, project, "aims")

    expect(page.locator("[data-offer]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_page_that_comes_back_with_both_texts_lets_one_choose(
    opened: Open, project: Project, tamara: Person, vera: Person
) -> None:
    page = opened(tamara)
    write(project, vera, "summary", "Как видит Вера", 1)
    page.get_by_label("Кратко о проекте").evaluate("one => one.value = 'Как видит Тамара'")
    page.evaluate("document.querySelector('form[data-draft]').submit()")
    expect(page.locator(".clash-text")).to_have_text("Как видит Вера")
    press(page)
    said(page, "В этом же поле писал кто-то ещё")

    page.get_by_role("button", name="Поместить оба в поле").click()
    said(page, "Сохранено в")

    assert kept("summary") == "Как видит Вера\n\nКак видит Тамара"


def test_what_is_offered_back_is_not_lost_by_typing_in_its_place(
    opened: Open, project: Project, tamara: Person
) -> None:
    page = opened(tamara)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route("**/save/", no_answer)
    page.get_by_label("Кратко о проекте").fill("Две страницы вечером")
    said(page, "Нет связи")
    shut(page)
    about(page, project)
    expect(page.get_by_text(OFFERED)).to_be_visible()
    page.get_by_label("Кратко о проекте").fill("Утром")
    said(page, "Нет связи")
    shut(page)
    about(page, project)
    expect(page.locator("[data-offer-list] li")).to_have_count(2)
    page.context.unroute("**/save/")

    page.get_by_role("button", name="Вставить в форму").click()
    said(page, "Сохранено в")

    assert kept("summary") == "Утром\n\nДве страницы вечером"
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_is_offered_back_stays_until_one_chooses_though_its_field_is_saved(
    opened: Open, project: Project, tamara: Person
) -> None:
    page = opened(tamara)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route("**/save/", no_answer)
    page.get_by_label("Кратко о проекте").fill("Две страницы вечером")
    said(page, "Нет связи")
    shut(page)
    about(page, project)
    page.context.unroute("**/save/")
    page.get_by_label("Кратко о проекте").fill("Утром")
    said(page, "Сохранено в")
    about(page, project)

    expect(page.locator("[data-offer-list]")).to_have_text("Две страницы вечером")
    page.get_by_role("button", name="Выбросить").click()

    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert kept("summary") == "Утром"


def test_whoever_may_not_write_any_more_goes_on_to_be_told_so(
    opened: Open, project: Project, tamara: Person, vera: Person
) -> None:
    page = opened(vera)
    page.wait_for_load_state("networkidle")
    remove_project(project, actor=tamara, now=timezone.now())

    page.get_by_label("Кратко о проекте").fill("Пишу дальше")
    expect(page.locator("[data-field='summary'] [data-refusal]")).to_contain_text("скопируйте")
    said(page, "скопируйте")


def test_a_fault_goes_with_what_it_was_about(
    opened: Open, project: Project, tamara: Person
) -> None:
    write(project, tamara, "summary", "ж" * 2600, 1)
    write(project, tamara, "lines/aaaaaa/price", "90 000 000 000", 0)
    page = opened(tamara)
    errors = page.locator("[data-field='summary'] .errors")
    expect(errors).to_have_count(1)
    page.get_by_label("Кратко о проекте").fill("ж" * 2400)
    expect(errors).to_have_count(0)
    expect(page.get_by_label("Кратко о проекте")).not_to_have_attribute("aria-invalid", "true")
    page.get_by_label("Кратко о проекте").fill("ж" * 2501)
    expect(errors).to_have_count(1)

    about(page, project, "budget")
    whole = page.locator("[data-rows='lines'] > .errors")
    expect(whole).to_have_count(1)
    page.locator("[name='lines/aaaaaa/price']").fill("100 000")

    expect(whole).not_to_contain_text("больше")


def test_letters_of_two_signs_are_counted_as_the_server_does(opened: Open, tamara: Person) -> None:
    page = opened(tamara)

    page.get_by_label("Кратко о проекте").fill("и\u0306 е\u0308\u200e\ufeff\r\nx")

    expect(page.locator("[data-field='summary'] [data-counter]")).to_contain_text("5 из")


def test_what_somebody_else_left_on_the_device_is_theirs(
    opened: Open, sign_in: SignIn, project: Project, tamara: Person, vera: Person
) -> None:
    page = opened(tamara)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Кратко о проекте").fill("Тамара не сохранила")
    said(page, "Вы вышли из учётной записи")
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    sign_in(page, vera)
    page.wait_for_timeout(2_500)
    assert kept("summary") == "Как было"

    about(page, project)
    page.locator("[data-menu] summary").last.click()
    page.locator("form[data-unsaved] button").first.click()
    page.wait_for_url(lambda url: "/form/" not in url)

    assert asked == ["beforeunload"]
    (left,) = page.evaluate("Object.values(localStorage)")
    assert json.loads(left)["summary"]["text"] == "Тамара не сохранила"
    sign_in(page, tamara)
    about(page, project)
    expect(page.get_by_text(OFFERED)).to_be_visible()


def test_without_a_script_a_page_sent_too_late_comes_back_and_is_sent_once_more(
    opened: Open, sign_in: SignIn, tamara: Person
) -> None:
    page = opened(tamara, has_scripts=False)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Кратко о проекте").fill('Долго "думала"\nи написала')
    press(page)
    expect(page.locator("main form [name=versions]")).to_be_attached()

    sign_in(page, tamara)
    page.get_by_role("button", name="Отправить ещё раз").click()
    expect(page.get_by_text("Сохранено в")).to_be_visible()

    assert kept("summary") == 'Долго "думала"\nи написала'
