"""Story 2 through pages alone, on a phone: an application written the evening before the end.

A leader finds the contest, begins the project, loses the network in the middle, asks the resource
centre to read the draft; in the morning its consultant selects words and says what is missing, and
the leader answers beside the field, mends what matters, adds the letter that came, submits and gets
the receipt. Then two leaders write at once, in different fields and in the same.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from sinergia.applications.models import Submission
from sinergia.applications.queries.handed_in import files_of
from sinergia.applications.queries.submissions import read_frozen
from sinergia.calls.models import Contest
from sinergia.organisations.models import LegalForm, Organisation
from sinergia.people.models import Person
from sinergia.projects.models import DraftField
from tests.arrange import a_centre, a_consultant, a_contest, a_leader, an_organisation
from tests.base.sent_files import a_pdf

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, Person], None]
OpenPhone = Callable[[Person], Page]
TODAY = date.today()  # noqa: DTZ011  # a day of next year's plan
BEGINS, ENDS = TODAY + timedelta(days=60), TODAY + timedelta(days=240)

ABOUT = {
    "title": "Завтра у реки",
    "direction": "family",
    "summary": "Летняя площадка у реки для детей, чьи родители на работе.",
    "starts_on": BEGINS.isoformat(),
    "ends_on": ENDS.isoformat(),
}
AIMS = {
    "qualitative": "Дети дружат дворами; увидим по опросу родителей.",
    "information_support": "Районная газета, чат посёлка, школа.",
    "development": "Площадку возьмёт школа.",
    "resources_later": "Школа даёт помещение и педагога.",
}
LINE = {"what": "Педагог", "price": "83 100", "quantity": "6", "own": "186 400"}


@pytest.fixture
def open_phone(
    database: None, site: LiveServer, browser: Browser, sign_in: SignIn
) -> Iterator[OpenPhone]:
    """Phones whose network may be cut: that requests fail then is no fault of the page’s."""
    contexts: list[BrowserContext] = []

    def open_one(person: Person) -> Page:
        context = browser.new_context(
            base_url=site.url,
            locale="ru-RU",
            viewport={"width": 390, "height": 844},
            reduced_motion="reduce",
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
    """One that may apply by the rules of the region."""
    form = LegalForm.objects.create(code="71400", name_ru="АНО")
    made = an_organisation("Рудный Лог: соседи")
    made.legal_form, made.registered_on = form, date(2015, 1, 1)
    made.save(update_fields=["legal_form", "registered_on"])
    return made


@pytest.fixture
def contest(database: None) -> Contest:
    """Its intake ends tomorrow."""
    made, now = a_contest(centre=a_centre()), timezone.now()
    made.opens_at, made.closes_at = now - timedelta(days=30), now + timedelta(hours=18)
    made.project_from, made.project_to = TODAY + timedelta(days=30), TODAY + timedelta(days=390)
    made.save()
    return made


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-state]")).to_contain_text(words)


def fill(page: Page, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        field = page.locator(f"[name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def fill_row(page: Page, name: str, cells: dict[str, str]) -> None:
    """Type into the last row of a field; one is added where there is none."""
    rows = page.locator(f"[data-rows='{name}'] [data-list] > [data-row]")
    if rows.count() == 0:
        page.locator(f"button[name=add][value={name}]").click()
    row = str(rows.last.get_attribute("data-row"))
    fill(page, {f"{row}/{cell}": text for cell, text in cells.items()})


def press(page: Page) -> None:
    """Save by the button, which goes on to the project once every field is saved."""
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.wait_for_url(lambda url: "/form/" not in url)


def go_on(page: Page, section: str) -> None:
    """Press Save, then open another section from the page of the project."""
    press(page)
    page.locator(f"main .todo a[href$='/form/{section}/']").click()


def begin(page: Page) -> None:
    """From the list of contests to the form."""
    page.goto("/calls/")
    page.get_by_role("link", name="Инициативы").click()
    page.get_by_role("link", name="Написать проект").click()
    page.get_by_role("button", name="Начать").click()
    page.locator("main .todo a[href$='/form/about/']").click()


def write_all_but_one(page: Page) -> None:
    """Every section; what the organisation does is forgotten."""
    go_on(page, "aims")
    fill_row(page, "goals", {"text": "Летом дети заняты и знакомы."})
    fill_row(page, "tasks", {"text": "Провести занятия у реки"})
    fill_row(page, "results", {"what": "Дети, которые занимались", "number": "80"})
    fill(page, AIMS)
    go_on(page, "people")
    fill_row(page, "head", {"name": "Яровая Т. И."})
    fill_row(page, "team", {"name": "Пахомов С. С.", "role": "педагог"})
    go_on(page, "plan")
    fill_row(page, "events", event("Занятия у реки", page))
    page.locator("button[name=add][value=events]").click()
    fill_row(page, "events", event("Праздник двора", page))
    go_on(page, "budget")
    fill_row(page, "lines", LINE | {"article": "1.2", "comment": "Шесть месяцев по 83 100."})
    said(page, "Сохранено в")
    expect(page.locator("[data-whole='2']")).to_have_text("312\u00a0200\u00a0₽")
    go_on(page, "questions")
    fill(page, {"answers/elsewhere": "yes"})
    fill(page, {"answers/elsewhere_what": "Фонд культуры: 50 000 на сцену, здесь её нет."})
    press(page)


def attach_letter(page: Page, path: Path) -> None:
    """The letter of support of the civic chamber, which came as a scan in the morning."""
    page.locator("main .todo a[href$='/form/people/']").click()
    page.locator("#b-letters").get_by_role("link", name="Добавить файл").click()
    page.locator("main input[type=file]").set_input_files(path)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#b-letters")).to_contain_text(path.name)
    page.locator(".draft-foot .actions a").click()


def ask_reading(page: Page) -> str:
    """Have the draft read, from the page of the project; give the project's address."""
    project = page.url
    page.locator("#readings a[href$='/readings/']").click()
    fill(page, {"words": "Видно ли, что беда настоящая?"})
    page.locator("main form button[type=submit]").click()
    page.goto(project)
    return project


def read_draft(page: Page, words: str) -> None:
    """As the consultant: a remark to words of a field, then the summary."""
    page.goto("/readings/")
    page.locator("main tbody th a").click()
    reading = page.url
    page.locator("main a[href$='/remarks/about/']").click()
    text = page.locator("[data-field='problem'] .prose p")
    text.evaluate("one => getSelection().selectAllChildren(one)")
    page.locator("[data-field='problem'] .remark-words").click()
    expect(page.locator("[name=quote]")).to_have_value(words)
    fill(page, {"text": "Чем это доказано? Назовите источник."})
    page.locator("main form button[type=submit]").click()
    page.goto(reading)
    fill(page, {"summary": "Цель сильная; добавьте, откуда известно о беде."})
    page.locator("form[action$='/give/'] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Цель сильная")


def answer_beside(page: Page, project: str) -> None:
    """As the leader: the remark stands under its field; it is answered and resolved."""
    page.goto(f"{project}form/about/")
    beside = page.locator("[data-field='problem'] .remarks")
    expect(beside).to_contain_text("Чем это доказано? Назовите источник.")
    problem = "Летом детям нечем заняться: кружков в посёлке нет. По опросу школы, 112 семей."
    fill(page, {"problem": problem})
    said(page, "Сохранено в")
    beside.locator("a").click()
    fill(page, {"text": "Опрос школы, дописали."})
    page.locator("main button[name=resolve]").click()
    page.goto(f"{project}form/about/")
    expect(page.locator("aside[data-remarks]")).to_be_visible()
    expect(page.locator(".remarks")).to_have_count(0)
    page.goto(project)


def event(what: str, page: Page) -> dict[str, str]:
    """A day of the plan, for the one task and the one group there are."""
    first = "one => one.options[1].value"
    row = page.locator("[data-rows='events'] [data-list] > [data-row]").last
    task, group = (
        row.locator(f"select[name$='/{cell}']").evaluate(first) for cell in ("task", "group")
    )
    day = (BEGINS + timedelta(days=30)).isoformat()
    return {"what": what, "task": task, "group": group, "starts_on": day, "ends_on": day}


def test_an_application_is_written_on_a_phone_the_evening_before_the_end(
    open_phone: OpenPhone, organisation: Organisation, contest: Contest, tmp_path: Path
) -> None:
    letter = tmp_path / "Письмо № 112.pdf"
    letter.write_bytes(a_pdf())
    page = open_phone(a_leader("Тамара", organisation=organisation))
    begin(page)
    fill(page, ABOUT)
    fill_row(page, "geography", {"place": "Рудный Лог"})
    said(page, "Сохранено в")
    page.context.set_offline(True)
    fill(page, {"problem": "Летом детям нечем заняться: кружков в посёлке нет."})
    fill_row(page, "target_groups", {"text": "80 детей 7–12 лет"})
    said(page, "Нет связи. Набранное хранится на этом устройстве")
    page.context.set_offline(False)
    said(page, "Сохранено в")
    write_all_but_one(page)
    project = ask_reading(page)
    consultant = open_phone(a_consultant("Гареева", centre=contest.centre))
    read_draft(consultant, "Летом детям нечем заняться: кружков в посёлке нет.")
    answer_beside(page, project)

    expect(page.get_by_role("heading", name="Важно сейчас: 1")).to_be_visible()
    page.locator(".findings a").click()
    expect(page).to_have_url(re.compile("/form/organisation/#f-activities$"))
    fill(page, {"activities": "Помогаем соседям с 2015 года."})
    press(page)
    expect(page.get_by_role("heading", name="Ничто не мешает")).to_be_visible()
    attach_letter(page, letter)
    page.get_by_role("link", name="Подать заявку").click()
    page.get_by_role("button", name="Подать заявку").click()

    made = Submission.objects.get()
    expect(page.get_by_role("heading", level=1)).to_contain_text(made.shown_number)
    expect(page.locator("main")).to_contain_text(made.frozen.code)
    assert [one.name for one in files_of(made, read_frozen(made).values)] == [letter.name]
    assert (made.asked_minor, made.title) == (31_220_000, "Завтра у реки")
    assert DraftField.objects.get(path="problem").value.startswith("Летом детям нечем")
    assert "Чем это доказано" not in str(read_frozen(made).values)


def test_two_leaders_write_at_once_and_neither_loses_a_word(
    open_phone: OpenPhone, organisation: Organisation, contest: Contest
) -> None:
    tamara, vera = (a_leader(name, organisation=organisation) for name in ("Тамара", "Вера"))
    first, second = open_phone(tamara), open_phone(vera)
    begin(first)
    second.goto(first.url)

    fill(first, {"problem": "Пишет Тамара", "summary": "Кратко, как видит Тамара"})
    fill(second, {"title": "Завтра у реки"})
    said(first, "Сохранено в")
    said(second, "Сохранено в")
    fill(second, {"summary": "Кратко, как видит Вера"})
    second.locator("[name=summary]").blur()
    expect(second.locator(".clash-text")).to_have_text("Кратко, как видит Тамара")
    second.get_by_role("button", name="Поместить оба в поле").click()
    said(second, "Сохранено в")

    kept = dict(DraftField.objects.values_list("path", "value"))
    assert kept["summary"] == "Кратко, как видит Тамара\n\nКратко, как видит Вера"
    assert (kept["problem"], kept["title"]) == ("Пишет Тамара", "Завтра у реки")
