"""Story 1 through pages alone, in Russian, on a phone: from the idea of a visit to what grew.

The coordinator of one region makes a visit to another within a programme of exchange, a host
answers by a link, a delegate sees, writes down and takes home; a year later the page of the visit
shows what came of it. Only two centres, two organisations and a practice are there before.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from sinergia.exchange.models import Commitment, SessionNote, Visit
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from sinergia.practices.models import Adoption
from tests.arrange import (
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_region,
    a_theme,
    an_organisation,
)
from tests.base.sent_files import a_jpeg
from tests.browser.conftest import OpenPage, SignIn
from tests.practices.arrange import published

pytestmark = pytest.mark.browser

Axe = Callable[[Page], list[str]]
SetClock = Callable[[datetime], None]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAME = "Синергия НКО: Светлоборск — Рудный Лог"
VISIT = "Поездка в Светлоборск, декабрь 2026"
STEPS = "Полтора шага: реабилитация на дому"
IDEA = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # the practice is published by then
MORNING = datetime(2026, 12, 16, 6, 30, tzinfo=UTC)  # 9:30 there, on the first day
AFTER = datetime(2026, 12, 18, 7, 0, tzinfo=UTC)
SPRING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
YEAR_LATER = datetime(2027, 12, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Say what time it is for the site; from then on it goes as it does."""

    def begin(moment: datetime) -> None:
        since = time.monotonic()
        monkeypatch.setattr(
            timezone, "now", lambda: moment + timedelta(seconds=time.monotonic() - since)
        )

    return begin


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
    visit: str = ""
    host_link: str = ""

    def phone(self, person: Person | None = None) -> Page:
        """Somebody's phone; signed in anew, however long it lay. None: nobody signs in."""
        name = person.name if person else ""
        if name not in self.phones:
            self.phones[name] = self.open_page(width=390)
        if person is not None:
            self.sign_in(self.phones[name], person)
        return self.phones[name]

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


@pytest.fixture
def story(
    database: None, open_page: OpenPage, sign_in: SignIn, axe: Axe, set_clock: SetClock
) -> Story:
    set_clock(IDEA)
    there, here = a_region(), a_region("XB-YAR", "Ярогорский край")
    a_centre("Центр области", region=there)
    centre = a_centre("Центр края", region=here)
    a_municipality("Светлоборск", region=there)
    a_municipality("Рудный Лог", region=here)
    host, home = known("Полтора шага", there), known("Завтра у реки", here)
    theme = a_theme("Помощь детям с ОВЗ", region=there)
    published("Домашний маршрут", organisation=host, theme=theme, receives_visits=True)
    return Story(
        *(open_page, sign_in, axe, set_clock),
        called("Дорохова Ирина Павловна", a_consultant("irina", centre=centre)),
        called("Яровая Тамара Ивановна", a_leader("tamara", organisation=home)),
        called("Лисицына Мария Олеговна", a_leader("maria", organisation=host)),
    )


def known(name: str, region: Region) -> Organisation:
    """An organisation that the register finds."""
    made = an_organisation(name, region=region)
    index_organisation(made)
    return made


def called(name: str, person: Person) -> Person:
    person.name = name
    person.save(update_fields=["name"])
    return person


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
    page.goto("/exchange/")
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
    theirs.goto(link.group())
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
    page.goto(story.visit)
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
    theirs.goto(story.host_link)
    theirs.get_by_label("Да, примем в это время").check()
    fill(theirs, {"name": "Лисицына М. О., директор", "note": "Вход со двора"})
    press(theirs, "Отправить ответ")
    told(theirs, "Спасибо: ваш ответ у организаторов.")
    story.look(theirs, "page of the host")


def tell(story: Story) -> None:
    """The visit is approved, and its programme told."""
    page = story.phone(story.coordinator)
    page.goto(story.visit)
    take_step(page, "Утвердить поездку", "Утвердить")
    press(page, "Дни и встречи")
    told(page, "подтверждено", "Вход со двора")
    press(page, "Разослать программу")
    told(page, "1 делегат", "сказать по телефону: Саврасов Алексей Петрович")
    story.look(page, "telling")
    press(page, "Разослать")
    told(page, "Версия 1, разослана")


# Held.


def be_late(story: Story) -> None:
    """The first morning: the visit has begun, and one is twenty minutes late."""
    story.set_clock(MORNING)
    page = story.phone(story.coordinator)
    page.goto(story.visit)
    take_step(page, "Отметить начало поездки", "Началась")
    story.open_tab(page, "Программа")
    press(page, "20 мин")
    told(page, "Делегация сегодня опаздывает", "ждут в 10:20")
    story.look(page, "late")
    theirs = story.phone()
    theirs.goto(story.host_link)
    told(theirs, "Делегация опаздывает на 20 мин.")


def see(story: Story) -> None:
    """The delegate is there, writes a note and takes a picture."""
    page = story.phone(story.delegate)
    page.goto(story.visit)
    press(page, "В поездке")
    told(page, "ждут в 10:20")
    story.look(page, "on the way")
    follow(page, STEPS)
    told(page, "Светлоборск, ул. Мира, 4", "Домашний маршрут")
    press(page, "Я здесь")
    fill(page, {"text": "Смету считают на одну семью: 4 180 рублей в месяц."})
    press(page, "Сохранить заметку")
    told(page, "ваша, видна только вам", "Присутствуют: 1 из 2")
    press(page, "Добавить снимок")
    picture = FilePayload(name="hall.jpg", mimeType="image/jpeg", buffer=a_jpeg(320, 240))
    page.get_by_label("Снимок", exact=True).set_input_files(picture)
    fill(page, {"caption": "Зал занятий", "consent": "Людей в кадре нет"})
    press(page, "Добавить снимок")
    told(page, "Снимок сохранён", "закрыт")
    story.look(page, "session")
    assert SessionNote.objects.get().is_shared is False


# Offline for a while: between seeing and taking home, the network goes and comes back.


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


def hold(story: Story) -> None:
    """The coordinator ticks who is there, and is the second who looks at the picture."""
    page = story.phone(story.coordinator)
    story.open_tab(page, "В поездке")
    follow(page, STEPS)
    page.get_by_label("Саврасов Алексей Петрович").check()
    press(page, "Отметить присутствующих")
    told(page, "Присутствуют: 2 из 2")
    follow(page, "Зал занятий")
    press(page, "Просмотрено: открыть всем")
    told(page, "открыт всем")


# Afterwards.


def end(story: Story) -> None:
    """The visit is over, and everybody may see it; its delegate says how it was."""
    story.set_clock(AFTER)
    page = story.phone(story.coordinator)
    page.goto(story.visit)
    take_step(page, "Отметить завершение поездки", "Завершена")
    press(page, "Показывать всем")
    theirs = story.phone(story.delegate)
    theirs.goto(story.visit)
    story.open_tab(theirs, "Мой отзыв")
    theirs.locator("[name=useful][value='5']").check()
    theirs.locator("[name=arranged][value='4']").check()
    fill(theirs, {"best": STEPS, "text": "Больше времени на смету."})
    story.look(theirs, "feedback")
    press(theirs, "Отправить")
    told(theirs, "Спасибо!")


def report(story: Story) -> None:
    """The report is there by itself; what is between the facts is written."""
    page = story.phone(story.coordinator)
    story.open_tab(page, "Отчёт")
    told(page, "Ответили 1 из 2 делегатов", "Домашний маршрут")
    press(page, "Написать введение и выводы")
    fill(page, {"introduction": "Ездили посмотреть, как помогают детям.", "spent_minor": "118 400"})
    fill(page, {"conclusions": "В следующий раз больше времени на вопросы."})
    press(page, "Сохранить")
    told(page, "118\xa0400\xa0₽", "Ездили посмотреть", "больше времени на вопросы")
    story.look(page, "report")
    story.open_tab(page, "Поездка")
    take_step(page, "Отметить, что отчёт сдан", "Отчёт сдан")


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


def write_letters(story: Story) -> None:
    """The adopter asks, the author answers and offers a letter of support."""
    page = story.phone(story.delegate)
    press(page, "Переписка с авторами")
    fill(page, {"text": "Берём вашу практику. Поделитесь сметой на семью?"})
    press(page, "Отправить")
    told(page, "Отправлено.")
    theirs = story.phone(story.author)
    theirs.goto("/adoptions/")
    press(theirs, "Домашний маршрут")
    fill(theirs, {"offer": "письмо поддержки", "text": "Смету пришлём, письмо дадим."})
    press(theirs, "Отправить")
    told(theirs, "предлагают: письмо поддержки")
    story.look(theirs, "letters")


def prove(story: Story) -> None:
    """The practice runs at home, has a result, and its author confirms it."""
    story.set_clock(SPRING)
    page = story.phone(story.delegate)
    page.reload()
    told(page, "Смету пришлём, письмо дадим.")
    press(page, "Практика у нас идёт")
    press(page, "Практика у нас идёт")
    told(page, "Идёт")
    story.set_clock(YEAR_LATER)
    page = story.phone(story.delegate)
    press(page, "Назвать результат")
    fill(page, {"result": "Семьи занимаются дома", "number": "19 семей", "measured": "Опрос"})
    press(page, "Назвать результат")
    told(page, "ждёт подтверждения")
    theirs = story.phone(story.author)
    theirs.reload()
    press(theirs, "Подтвердить результат")
    press(theirs, "Подтвердить результат")
    told(theirs, "Подтверждено результатом")
    assert Adoption.objects.get().state == Adoption.State.PROVEN


def read_thread(story: Story) -> None:
    """The page of the visit shows it all to its centre, with the right figures."""
    page = story.phone(story.coordinator)
    page.goto(story.visit)
    story.open_tab(page, "Что из этого выросло")
    tiles = [" ".join(one.split()) for one in page.locator(".figure").all_inner_texts()]
    assert tiles == [
        "2 Встречи",
        "1 Намерения продолжение у 1 из 1",
        "1 Внедрения продолжение у 1 из 1",
        "1 Проекты продолжение у 0 из 1",
    ]
    told(page, NAME, "Завтра у реки", "Подтверждено результатом", "20\xa0декабря 2027")
    rows = page.locator("#table tbody tr")
    expect(rows).to_have_count(5)
    story.look(page, "thread")


def read_as_a_stranger(story: Story) -> None:
    """Whoever has not signed in sees what is public, and nobody’s name."""
    page = story.phone()
    page.goto(story.visit)
    told(page, "Увидеть, как помогают детям", "Зал занятий")
    story.look(page, "visit for everybody")
    pages = [page.inner_text("main")]
    for tab in ("Программа", "Что из этого выросло"):
        page.goto(story.visit)
        story.open_tab(page, tab)
        pages.append(page.inner_text("main"))
    seen = "\n".join(pages)
    inside = ("Яровая", "Саврасов", "Лунёв", "120\xa0000", "118\xa0400", "4 180", "Обзвонить")
    assert [one for one in inside if one in seen] == []
    assert STEPS in seen
    story.look(page, "thread for everybody")


def test_a_visit_is_prepared_held_and_accounted_for_and_a_year_later_shows_what_grew(
    story: Story,
) -> None:
    begin_programme(story)
    make_visit(story)
    invite(story)
    say_wishes(story)
    build_programme(story)
    ask_host(story)
    tell(story)
    be_late(story)
    see(story)
    take_home(story)
    hold(story)
    end(story)
    report(story)
    make_project(story)
    write_letters(story)
    prove(story)
    read_thread(story)
    read_as_a_stranger(story)

    assert story.faults == {}
    assert Visit.objects.get().stage == Visit.Stage.ACCOUNTED
