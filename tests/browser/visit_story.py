"""Those who walk through story 1 with their phones, and how they prepare the visit."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from sinergia.exchange.models import Commitment
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import (
    an_organisation,
)
from tests.browser.conftest import OpenPage, SetClock, SignIn

Axe = Callable[[Page], list[str]]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAME = "Синергия НКО: Светлоборск — Рудный Лог"
VISIT = "Поездка в Светлоборск, декабрь 2026"
STEPS = "Полтора шага: реабилитация на дому"
IDEA = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # the practice is published by then
MORNING = datetime(2026, 12, 16, 6, 30, tzinfo=UTC)  # 9:30 there, on the first day
AFTER = datetime(2026, 12, 18, 7, 0, tzinfo=UTC)
SPRING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
YEAR_LATER = datetime(2027, 12, 20, 9, 0, tzinfo=UTC)


@dataclass
class Story:
    """Who takes part, each with a phone; what the walk has found on its way."""

    open_page: OpenPage
    sign_in: SignIn
    axe: Axe
    set_clock: SetClock
    coordinator: Person
    delegate: Person
    author: Person
    phones: dict[str, Page] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    left_at: dict[str, str] = field(default_factory=dict)
    visit: str = ""
    host_link: str = ""

    def phone(self, person: Person | None = None) -> Page:
        """Somebody's phone, signed in, where it was left. None: nobody signs in."""
        name = person.name if person else ""
        if name not in self.phones:
            self.phones[name] = self.open_page(width=390)
        page = self.phones[name]
        if person is not None:
            self.sign_in(page, person)
        if left_at := self.left_at.pop(name, None):
            page.goto(left_at)
        return page

    def later(self, moment: datetime) -> None:
        """Time goes on: phones are put away, with whatever they were still asking for."""
        for name, page in self.phones.items():
            self.left_at[name] = page.url
            page.context.close()
        self.phones.clear()
        self.set_clock(moment)

    def look(self, page: Page, name: str) -> None:
        """Remember what axe has against a page, and that it is wider than the phone."""
        wider = page.evaluate(WIDER)
        found = self.axe(page) + ([f"{wider} px wider"] if wider > 0 else [])
        if found:
            self.faults[name] = found

    def open_tab(self, page: Page, name: str) -> None:
        """From any page of the visit to another of its pages."""
        with page.expect_navigation():
            page.locator(".local-nav").get_by_role("link", name=name, exact=True).click()


def known(name: str, region: Region) -> Organisation:
    """An organisation that the register finds."""
    made = an_organisation(name, region=region)
    index_organisation(made)
    return made


def called(name: str, person: Person) -> Person:
    person.name = name
    person.save(update_fields=["name"])
    return person


def go(page: Page, address: str) -> None:
    """Open an address; once more where the site took long and the page as it was kept came."""
    page.goto(address)
    for _try in range(3):
        if page.locator("body[data-kept]").count():
            page.reload()


def press(page: Page, name: str) -> None:
    """A button, or a link that looks like one, by its whole name; each leads to a page."""
    main = page.locator("main")
    button = main.get_by_role("button", name=name, exact=True)
    with page.expect_navigation():
        button.or_(main.get_by_role("link", name=name, exact=True)).first.click()


def follow(page: Page, words: str) -> None:
    """The first link or button with these words in its name."""
    main, name = page.locator("main"), re.compile(words)
    with page.expect_navigation():
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()


def fill(page: Page, texts: dict[str, str]) -> None:
    """Fields by their names; what is chosen from a list, by its words."""
    for name, text in texts.items():
        box = page.locator(f"main [name='{name}']")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(label=text)
        else:
            box.fill(text)


def told(page: Page, *words: str) -> None:
    for one in words:
        expect(page.locator("main")).to_contain_text(one)


def take_step(page: Page, step: str, button: str) -> None:
    """From the page of a visit: what follows is read, then the step is taken."""
    press(page, step)
    told(page, "Что за этим последует")
    press(page, button)
    told(page, "Готово.")


# Preparing.


def begin_programme(story: Story) -> None:
    """A programme that pairs two towns, with an aim."""
    page = story.phone(story.coordinator)
    go(page, "/exchange/")
    press(page, "Начать программу")
    fill(page, {"name_ru": NAME, "starts_on": "2026-11-25", "about": "Обмен между двумя краями."})
    press(page, "Сохранить")
    for side, region, town in (
        ("Одна сторона", "Светлоборская область", "Светлоборск"),
        ("Другая сторона", "Ярогорский край", "Рудный Лог"),
    ):
        press(page, "Добавить регион или муниципалитет")
        page.get_by_label(side).check()
        fill(page, {"region": region, "municipality": town})
        press(page, "Добавить")
    press(page, "Добавить цель")
    fill(page, {"text": "Пять организаций края применят у себя практики области"})
    press(page, "Сохранить")
    told(page, "Рудный Лог, Ярогорский край", "Пять организаций края")
    story.look(page, "programme")


def make_visit(story: Story) -> None:
    """An idea within the programme, agreed, with those who prepare it."""
    page = story.phone(story.coordinator)
    press(page, "Подготовить поездку")
    expect(page.locator("[name=programme] option:checked")).to_have_text(NAME)
    fill(
        page,
        {
            "name": VISIT,
            "from_region": "Ярогорский край",
            "to_region": "Светлоборская область",
            "starts_on": "2026-12-16",
            "ends_on": "2026-12-17",
            "aims": "Увидеть, как помогают детям с инвалидностью",
            "basis": "Письмо палаты № 12 от 20.11.2026",
            "budget_minor": "120 000",
            "payers": "Дорога: край; питание: область",
        },
    )
    story.look(page, "form of a visit")
    press(page, "Сохранить")
    told(page, "пока это идея", "120\xa0000\xa0₽")
    story.visit = page.url
    take_step(page, "Согласовать поездку", "Отметить согласование")
    for side, body, name in (
        ("принимающая сторона", "Полтора шага", "Лисицына Мария Олеговна"),
        ("направляющая сторона", "Палата края", "Лунёв Павел Сергеевич"),
    ):
        press(page, "Добавить организатора")
        fill(page, {"side": side, "body": body, "name": name})
        press(page, "Сохранить")


def invite(story: Story) -> None:
    """Two who travel, from words; one is sent a link, and takes up the place."""
    page = story.phone(story.coordinator)
    story.open_tab(page, "Делегация")
    press(page, "Записать делегата")
    fill(page, {"name": story.delegate.name, "post": "руководитель", "body": "Завтра у реки"})
    fill(page, {"municipality": "Рудный Лог", "told_by": "Дорохова И. П."})
    press(page, "Сохранить")
    press(page, "Записать делегата")
    fill(page, {"name": "Саврасов Алексей Петрович", "phone": "+7 900 000-00-01"})
    press(page, "Сохранить")
    told(page, "не подтверждено")
    story.look(page, "delegation")
    press(page, "Пригласить")
    press(page, "Создать ссылку")
    link = re.search(r"/visits/invitation/\S+", page.locator("textarea").input_value())
    assert link is not None
    theirs = story.phone(story.delegate)
    go(theirs, link.group())
    story.look(theirs, "invitation")
    press(theirs, "Принять приглашение")


def say_wishes(story: Story) -> None:
    """The delegate’s own page: what one wants to see, how one travels."""
    page = story.phone(story.delegate)
    told(page, "Вы в списке", "Рудный Лог")
    press(page, "Написать пожелания")
    page.get_by_label("Помощь детям с ОВЗ").check()
    fill(page, {"wishes": "Как считают смету выездных занятий?"})
    press(page, "Сохранить")
    press(page, "Указать дорогу и проживание")
    fill(page, {"arrives": "15 декабря, поезд 104, 21:40", "needs": "Место у выхода"})
    press(page, "Сохранить")
    told(page, "Как считают смету", "поезд 104")
    story.look(page, "own page")


def build_programme(story: Story) -> None:
    """Two days of sessions; a wish that nobody served is served."""
    page = story.phone(story.coordinator)
    go(page, story.visit)
    press(page, "Дни и встречи")
    told(page, "пока никто не показывает")
    press(page, "Добавить встречу")
    fill(page, {"title": STEPS, "day": "2026-12-16", "begins": "10:00", "ends": "11:30"})
    fill(page, {"host_words": "Полтора шага"})
    press(page, "Найти")
    expect(page.get_by_label("Полтора шага", exact=True)).to_be_checked()
    fill(page, {"town": "Светлоборск, Светлоборская область", "address": "ул. Мира, 4"})
    page.get_by_label("Домашний маршрут (Полтора шага)").check()
    page.get_by_label("Помощь детям с ОВЗ").check()
    story.look(page, "form of a session")
    press(page, "Сохранить")
    told(page, "Программе ничто не мешает")
    follow(page, "Добавить встречу.*17")
    fill(page, {"title": "Что берём в работу", "begins": "10:00", "ends": "12:00"})
    press(page, "Сохранить")
    expect(page.locator("main")).not_to_contain_text("пока никто не показывает")
    story.look(page, "programme of the visit")


def ask_host(story: Story) -> None:
    """The host answers by a link, without an account."""
    page = story.phone(story.coordinator)
    follow(page, "Спросить принимающих")
    press(page, "Только сделать ссылку")
    told(page, "Ссылка готова")
    link = re.search(r"/visits/host/\S+", page.locator("textarea").input_value())
    assert link is not None
    story.host_link = link.group()
    theirs = story.phone()
    go(theirs, story.host_link)
    theirs.get_by_label("Да, примем в это время").check()
    fill(theirs, {"name": "Лисицына М. О., директор", "note": "Вход со двора"})
    press(theirs, "Отправить ответ")
    told(theirs, "Спасибо: ваш ответ у организаторов.")
    story.look(theirs, "page of the host")


def tell(story: Story) -> None:
    """The visit is approved, and its programme told."""
    page = story.phone(story.coordinator)
    go(page, story.visit)
    take_step(page, "Утвердить поездку", "Утвердить")
    press(page, "Дни и встречи")
    told(page, "подтверждено", "Вход со двора")
    press(page, "Разослать программу")
    told(page, "1 делегат", "сказать по телефону: Саврасов Алексей Петрович")
    story.look(page, "telling")
    press(page, "Разослать")
    told(page, "Версия 1, разослана")


# What is taken home.


def take_home(story: Story) -> None:
    """Two taps, then by when and the first step."""
    page = story.phone(story.delegate)
    press(page, "Беру в работу")
    story.look(page, "taking")
    press(page, "Беру в работу: Домашний маршрут")
    told(page, "Взято в работу.")
    assert Commitment.objects.get().practice is not None
    fill(page, {"organisation": "Завтра у реки", "due_on": "2027-01-20"})
    fill(page, {"first_step": "Обзвонить семьи трёх сёл", "helper": story.coordinator.name})
    press(page, "Сохранить")
    told(page, "Обзвонить семьи трёх сёл", "20\xa0января 2027")
    story.look(page, "commitment")


def make_project(story: Story) -> None:
    """The first step is done; the commitment becomes a project with the practice’s texts."""
    page = story.phone(story.delegate)
    story.open_tab(page, "Намерения")
    story.look(page, "board")
    press(page, "Домашний маршрут")
    press(page, "Первый шаг сделан")
    press(page, "Сделать проектом")
    press(page, "Создать проект")
    told(page, "Проект применяет практику «Домашний маршрут».")
    story.look(page, "project")
    follow(page, "О проекте")
    told(page, "Взято из практики «Домашний маршрут»: Какую проблему решает")
    problem = page.locator("[name=problem]")
    expect(problem).to_have_value("В сёлах нет своего специалиста.")
    problem.fill("В трёх сёлах района нет своего специалиста.")
    press(page, "Сохранить")
    told(page, "Домашний маршрут")
    press(page, "Позвать ресурсный центр на помощь")
