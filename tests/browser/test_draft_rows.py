"""Rows of a draft and questions that hang on one another, as fingers and keys find them."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sinergia.base.drafts.actions import Save
from sinergia.engine.project import parse_path
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.writing import written
from tests.arrange import a_centre, a_contest, a_leader, a_project, an_organisation

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, Person], None]
TASKS = {"aaaaaa": "Первая", "bbbbbb": "Вторая", "cccccc": "Третья"}


@pytest.fixture
def tamara(database: None) -> Person:
    return a_leader("Тамара", organisation=an_organisation())


@pytest.fixture
def project(tamara: Person) -> Project:
    organisation = Organisation.objects.get()
    made = a_project(organisation=organisation, contest=a_contest(centre=a_centre()))
    paths = ((parse_path(f"tasks/{row}/text"), text) for row, text in TASKS.items())
    saves = [Save(path, text, 0) for path, text in paths if path is not None]
    save_fields(made, saves, actor=tamara, now=timezone.now())
    return made


@pytest.fixture
def page(open_page: OpenPage, tamara: Person, sign_in: SignIn) -> Page:
    opened = open_page(width=390)
    sign_in(opened, tamara)
    return opened


def rows(page: Page) -> list[str]:
    texts = page.locator("[data-rows='tasks'] [data-list] textarea")
    return [one.input_value() for one in texts.all()]


def test_rows_are_moved_by_keys_and_the_focus_stays_with_them(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.key}/form/aims/")
    row = page.locator("[data-row='tasks/cccccc']")

    for _press in range(2):
        row.locator("button[value$='/up']").focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-state][data-kind='good']")).not_to_be_empty()
        page.wait_for_function("document.activeElement.closest('[data-row]')")
        page.wait_for_load_state("networkidle")

    expect(row.locator("button[value$='/down']")).to_be_focused()
    expect(row.locator("button[value$='/up']")).to_be_hidden()
    assert rows(page) == ["Третья", "Первая", "Вторая"]
    assert [row.texts["text"] for row in written(project).document.rows["tasks"]] == rows(page)


def test_a_row_that_was_just_added_is_moved_with_what_is_typed_in_it(
    page: Page, project: Project
) -> None:
    page.goto(f"/projects/{project.key}/form/aims/")
    page.locator("button[name=add][value=tasks]").click()
    added = page.locator("[data-row^='tasks/']").last
    added.locator("textarea").press_sequentially("Новая")
    added.locator("button[value$='/up']").click()
    expect(page.locator("[data-row^='tasks/'] textarea").nth(2)).to_have_value("Новая")
    page.wait_for_load_state("networkidle")

    assert rows(page) == ["Первая", "Вторая", "Новая", "Третья"]
    assert [row.texts["text"] for row in written(project).document.rows["tasks"]] == rows(page)


def test_enter_in_a_field_saves_it_and_presses_no_button_of_a_row(
    page: Page, project: Project
) -> None:
    page.goto(f"/projects/{project.key}/form/aims/")
    page.locator("button[name=add][value=results]").click()
    field = page.locator("[data-row^='results/'] input[name$='/proof']").last
    field.fill("Списки")

    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url.rstrip("/").rpartition("/")[2]))

    field.press("Enter")

    expect(page.locator("[data-state]")).to_contain_text("Сохранено в")
    page.wait_for_load_state("networkidle")
    assert sent == ["save"]
    assert DraftField.objects.get(path__endswith="/proof").value == "Списки"


def test_a_question_comes_up_with_the_answer_it_hangs_on(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.key}/form/questions/")
    further = page.locator("[name='answers/elsewhere_what']")
    expect(further).to_be_hidden()

    page.locator("[name='answers/elsewhere']").select_option("yes")
    expect(further).to_be_visible()
    further.fill("Фонд культуры")
    page.locator("[name='answers/elsewhere']").select_option("no")
    expect(further).to_be_hidden()
    expect(page.locator("[data-state]")).to_contain_text("Сохранено в")

    kept = dict(DraftField.objects.filter(path__startswith="answers/").values_list("path", "value"))
    assert kept == {"answers/elsewhere": "no", "answers/elsewhere_what": "Фонд культуры"}


def test_what_is_behind_a_fold_is_typed_counted_in_lines_and_opened_where_it_is_wrong(
    page: Page, project: Project
) -> None:
    page.goto(f"/projects/{project.key}/form/people/")
    page.locator("button[name=add][value=team]").click()
    row = page.locator("[data-rows='team'] [data-list] > [data-row]").last
    row.locator("input[name$='/name']").fill("Пахомов")
    education = row.locator("textarea[name$='/education']")
    expect(education).to_be_hidden()

    row.locator("summary").click()
    education.fill("1\n2\n\n3\n4\n5\n6")

    counter = row.locator("[data-field$='/education'] [data-counter]")
    expect(counter).to_contain_text("6")
    expect(counter).to_have_class("hint counter is-bad")
    expect(page.locator("[data-state][data-kind='good']")).not_to_be_empty()
    page.reload()
    expect(page.locator("textarea[name$='/education']").first).to_be_hidden()  # of the head
    expect(page.locator("[data-rows='team'] textarea[name$='/education']").first).to_be_visible()
