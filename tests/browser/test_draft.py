"""A draft in a browser: no network, a session that ended, two windows, a device left behind."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    Dialog,
    Page,
    Route,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from sinergia.base.drafts.actions import Save
from sinergia.engine.project import parse_path
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import DraftField, Project, Revision
from tests.arrange import a_centre, a_contest, a_leader, a_project, an_organisation

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, Person], None]
OpenFar = Callable[[Person], Page]


@pytest.fixture
def open_far(
    database: None, site: LiveServer, browser: Browser, sign_in: SignIn
) -> Iterator[OpenFar]:
    """Phones whose network may be bad: that their requests fail is no fault of the page's."""
    contexts: list[BrowserContext] = []

    def open_one(person: Person) -> Page:
        context = browser.new_context(
            base_url=site.url, locale="ru-RU", viewport={"width": 390, "height": 844}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        sign_in(page, person)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def organisation(database: None) -> Organisation:
    return an_organisation()


@pytest.fixture
def tamara(organisation: Organisation) -> Person:
    return a_leader("Тамара", organisation=organisation)


@pytest.fixture
def project(organisation: Organisation, tamara: Person) -> Project:
    return a_project(organisation=organisation, contest=a_contest(centre=a_centre()))


def about(page: Page, project: Project) -> Page:
    page.goto(f"/projects/{project.key}/form/about/")
    return page


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-state]")).to_contain_text(words)


def kept(path: str) -> str:
    return DraftField.objects.get(path=path).value


def test_a_text_is_saved_after_the_last_key_and_says_when(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)

    page.get_by_label("Кратко о проекте").fill("Соберём соседей")
    said(page, "Сохранено в")

    assert kept("summary") == "Соберём соседей"


def test_without_network_the_text_waits_on_the_device_and_goes_by_itself(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)
    page.context.set_offline(True)
    page.get_by_label("Кратко о проекте").fill("Пишу в автобусе")
    said(page, "Нет связи")
    page.get_by_label("Кратко о проекте").fill("Пишу в автобусе, и дальше")

    page.context.set_offline(False)
    said(page, "Сохранено в")

    assert kept("summary") == "Пишу в автобусе, и дальше"


def test_what_lies_on_this_device_is_offered_back_after_the_page_was_lost(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route("**/save/", lambda route: route.abort())
    page.get_by_label("Кратко о проекте").fill("Крышка захлопнулась")
    said(page, "Нет связи")
    about(page, project)
    page.context.unroute("**/save/")

    expect(page.get_by_text("На этом устройстве лежит несохранённый текст")).to_be_visible()
    page.get_by_role("button", name="Вставить в форму").click()
    said(page, "Сохранено в")

    assert kept("summary") == "Крышка захлопнулась"
    about(page, project)
    expect(page.locator("[data-offer]")).to_be_hidden()


def test_a_new_row_that_was_not_saved_comes_back_as_a_row(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = open_far(tamara)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/projects/{project.key}/form/aims/")
    page.context.route("**/save/", lambda route: route.abort())
    page.get_by_role("button", name="Добавить задачу").click()
    page.locator("[data-row^='tasks/'] textarea").last.fill("Вторая задача")
    said(page, "Нет связи")
    page.goto(f"/projects/{project.key}/form/aims/")
    page.context.unroute("**/save/")

    page.get_by_role("button", name="Вставить в форму").click()
    said(page, "Сохранено в")

    assert DraftField.objects.get(path__startswith="tasks/").value == "Вторая задача"


def test_a_session_that_ended_keeps_the_text_until_one_signs_in_again(
    open_far: OpenFar, project: Project, tamara: Person, sign_in: SignIn
) -> None:
    page = about(open_far(tamara), project)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Кратко о проекте").fill("Долго думала")
    said(page, "Вы вышли из учётной записи")

    sign_in(page, tamara)
    said(page, "Сохранено в")

    assert kept("summary") == "Долго думала"


def test_two_people_in_the_same_field_see_both_texts_and_choose(
    open_far: OpenFar, project: Project, tamara: Person, organisation: Organisation
) -> None:
    vera = a_leader("Вера", organisation=organisation, role="editor")
    first, second = about(open_far(tamara), project), about(open_far(vera), project)
    first.get_by_label("Кратко о проекте").fill("Текст Тамары")
    said(first, "Сохранено в")

    second.get_by_label("Проблема").fill("Своё поле Веры")
    second.get_by_label("Кратко о проекте").fill("Текст Веры")
    said(second, "В этом же поле писал кто-то ещё")
    expect(second.locator(".clash-text")).to_have_text("Текст Тамары")
    assert kept("summary") == "Текст Тамары"
    second.get_by_role("button", name="Поместить оба в поле").click()
    said(second, "Сохранено в")

    assert kept("summary") == "Текст Тамары\n\nТекст Веры"
    assert kept("problem") == "Своё поле Веры"


def test_their_text_is_taken_and_nothing_is_written(
    open_far: OpenFar, project: Project, tamara: Person, organisation: Organisation
) -> None:
    vera = a_leader("Вера", organisation=organisation, role="editor")
    first, second = about(open_far(tamara), project), about(open_far(vera), project)
    first.get_by_label("Кратко о проекте").fill("Текст Тамары")
    said(first, "Сохранено в")
    second.get_by_label("Кратко о проекте").fill("Текст Веры")

    second.get_by_role("button", name="Взять чужой").click()

    expect(second.get_by_label("Кратко о проекте")).to_have_value("Текст Тамары")
    assert DraftField.objects.get(path="summary").version == 1


def test_a_line_of_the_budget_sums_itself_and_a_row_is_taken_out(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = open_far(tamara)
    page.goto(f"/projects/{project.key}/form/budget/")
    row = page.locator("[data-list] [data-row^='lines/']")
    row.get_by_label("Для чего").fill("Краска")
    row.get_by_label("Цена").fill("12 500")
    row.get_by_label("Количество").fill("4")
    row.get_by_label("Своё участие").fill("10 000")
    row.get_by_label("Своё участие").blur()
    expect(row.locator("[data-asked]")).to_have_text("40\u00a0000\u00a0₽")

    row.get_by_role("button", name="Убрать").click()
    said(page, "Строка убрана")

    expect(row).to_have_count(0)
    assert Revision.objects.filter(why="taken_out").count() == 1
    expect(page.locator("[data-whole='0']")).to_have_text("0\u00a0₽")


def test_of_two_saves_at_once_the_sum_of_the_later_stays(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = open_far(tamara)
    page.goto(f"/projects/{project.key}/form/budget/")
    row = page.locator("[data-list] [data-row^='lines/']")
    row.get_by_label("Цена").fill("12 500")
    row.get_by_label("Количество").fill("4")
    row.get_by_label("Количество").blur()
    expect(row.locator("[data-asked]")).to_have_text("50\u00a0000\u00a0₽")
    held: list[tuple[Route, APIResponse]] = []

    def hold_the_first(route: Route) -> None:
        answer = route.fetch()
        if not held:
            held.append((route, answer))
        else:
            route.fulfill(response=answer)

    page.route("**/save/", hold_the_first)
    row.get_by_label("Количество").fill("6")
    with page.expect_request("**/save/"):
        row.get_by_label("Количество").blur()
    row.get_by_label("Своё участие").fill("10 000")
    row.get_by_label("Своё участие").blur()
    expect(row.locator("[data-asked]")).to_have_text("65\u00a0000\u00a0₽")
    ((route, answer),) = held
    route.fulfill(response=answer)
    said(page, "Сохранено")

    expect(row.locator("[data-asked]")).to_have_text("65\u00a0000\u00a0₽")


def test_the_page_counts_as_the_server_does(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)
    field = page.get_by_label("Кратко о проекте")

    field.fill("две\nстроки 🙂")

    expect(page.locator("[data-field='summary'] [data-counter]")).to_have_text(
        "12 из 2\u00a0500 знаков"
    )


def test_a_word_refused_for_its_length_is_told_at_the_field_and_stays(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.url.endswith("/save/") else None)

    page.get_by_label("Проблема").fill("ж" * 200_001)
    said(page, "Один текст сохранить не удалось")

    expect(page.locator("[data-field='problem'] [data-refusal]")).to_contain_text("200 000 знаков")
    assert len(page.get_by_label("Проблема").input_value()) == 200_001
    assert sent == []


def test_a_sum_that_is_none_is_told_at_its_field_at_once_and_no_more_once_it_is_mended(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = open_far(tamara)
    page.goto(f"/projects/{project.key}/form/budget/?add=lines")
    row = page.locator("[data-row^='lines/']").first
    price, own = (row.locator(f"[data-field$='/{cell}'] input") for cell in ("price", "own"))

    price.fill("-500")
    expect(row.locator("[data-field$='/price'] .errors")).to_contain_text("меньше нуля")
    expect(price).to_have_attribute("aria-invalid", "true")
    own.fill("600")
    price.fill("500")
    expect(row.locator("[data-field$='/price'] .errors")).to_have_count(0)
    expect(row.locator("[data-field$='/own'] .errors")).to_have_count(1)
    page.reload()
    expect(row.locator("[data-field$='/own'] .errors")).to_have_count(1)
    price.fill("700")

    expect(row.locator("[data-field$='/own'] .errors")).to_have_count(0)
    expect(own).not_to_have_attribute("aria-invalid", "true")


def test_whoever_signs_out_is_asked_about_what_was_not_saved(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)
    page.context.route("**/save/", lambda route: route.abort())
    page.get_by_label("Кратко о проекте").fill("Чужой компьютер")
    said(page, "Нет связи")
    asked: list[str] = []
    answers = iter(["stay", "go"])

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss() if next(answers) == "stay" else dialog.accept()

    page.on("dialog", answer)
    sign_out = page.locator("form[data-unsaved] button").first
    page.locator("[data-menu] summary").last.click()
    sign_out.click()
    assert page.get_by_label("Кратко о проекте").input_value() == "Чужой компьютер"

    if not sign_out.is_visible():
        page.locator("[data-menu] summary").last.click()
    sign_out.click()
    page.wait_for_url(lambda url: "/form/about/" not in url)

    assert "несохранённый текст проекта" in asked[0]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_button_pressed_at_once_after_typing_asks_nothing_and_saves(
    open_far: OpenFar, project: Project, tamara: Person
) -> None:
    page = about(open_far(tamara), project)
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    page.get_by_label("Кратко о проекте").press_sequentially("Нажимаю сразу")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сохранено в")).to_be_visible()

    assert asked == []
    assert kept("summary") == "Нажимаю сразу"


def test_a_clash_in_another_section_is_told_there_and_asked_about_once(
    open_far: OpenFar, project: Project, tamara: Person, organisation: Organisation
) -> None:
    page = about(open_far(tamara), project)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route("**/save/", lambda route: route.abort())
    page.get_by_label("Кратко о проекте").fill("Мой текст")
    said(page, "Нет связи")
    vera = a_leader("Вера", organisation=organisation, role="editor")
    path = parse_path("summary")
    assert path is not None
    save_fields(project, [Save(path, "Их текст", 0)], actor=vera, now=timezone.now())
    page.goto(f"/projects/{project.key}/form/plan/")
    page.context.unroute("**/save/")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.url.endswith("/save/") else None)

    page.get_by_role("button", name="Вставить в форму").click()
    page.wait_for_timeout(1500)

    assert len(sent) == 1
    about(page, project)
    page.get_by_role("button", name="Вставить в форму").click()
    expect(page.locator(".clash-text")).to_have_text("Их текст")
