"""How the one application on the way from a visit to a new practice is scored and wins."""

import re

from playwright.sync_api import expect

from sinergia.people.models import Person
from tests.browser.practice_story import CONTEST, DECIDED, PROJECT, Walk, a_scan, link_of, work
from tests.browser.visit_story import fill, follow, go, press, told

# The review.

SHEET = {
    "scores/need": "5",
    "scores/plan": "4",
    "scores/result": "5",
    "scores/cost": "4",
    "scores/team": "4",
    "strong": "Практика уже проверена у соседей.",
    "lowers": "Зимой сёла заметает.",
    "mend": "Назвать запасной день.",
    "recommendation": "Поддержать",
}


def review(story: Walk) -> None:
    """The review begins: two experts come by a link, and are given what there is to read."""
    page = story.room("Распределение заявок")
    press(page, "Начать экспертизу")
    told(page, "1 заявка передана на экспертизу")
    for person in story.experts:
        accept(story, person, invite_expert(story, person))
    page = story.room("Распределение заявок")
    follow(page, PROJECT)
    for person in story.experts:
        follow(page, f"Назначить.*{person.name}")
    work()
    story.look(page, "readings of one")


def invite_expert(story: Walk, person: Person) -> str:
    """The head makes a link; where it leads."""
    page = story.room("Эксперты")
    press(page, "Пригласить эксперта")
    fill(page, {"name": person.name, "email": person.email, "post": "консультант"})
    press(page, "Создать ссылку")
    return link_of(page, "/experts/invited/")


def accept(story: Walk, person: Person, link: str) -> None:
    """An expert opens the link, accepts, and signs what is to be signed before reading."""
    page = story.phone(person)
    go(page, link)
    page.get_by_label("Семья, материнство и детство").check()
    press(page, "Принять приглашение")
    while page.get_by_role("link", name="Прочитать и подписать следующее").count():
        press(page, "Прочитать и подписать следующее")
        page.get_by_role("checkbox").last.check()
        press(page, "Подписать")


def score(story: Walk) -> None:
    """Each reads the application without its authors' names, fills the sheet and signs it."""
    for person in story.experts:
        page = story.phone(person)
        go(page, "/reviews/")
        press(page, CONTEST)
        press(page, "К оценочным листам")
        if page.get_by_role("link", name="Посмотреть, чьи они").count():
            press(page, "Посмотреть, чьи они")
            press(page, "С остальными меня ничто не связывает: читать")
        press(page, PROJECT)
        expect(page.locator("main")).not_to_contain_text("Яровая")
        fill(page, SHEET)
        expect(page.locator("[data-state]")).to_contain_text("Сохранено в")
        expect(page.locator("[data-rating]")).to_have_text("88 из 100")
        press(page, "Подписать оценочный лист")
        press(page, "Подписать оценочный лист")
        told(page, "Контрольная сумма")
    story.look(page, "receipt of a sheet")


# The decision.

MEMBERS = ("Турчин Павел Сергеевич", "Власова Нина Львовна")


def compose(story: Walk) -> None:
    """The order and the secretary are written down; the secretary writes who votes."""
    story.later(DECIDED)
    page = story.room("Конкурсная комиссия")
    press(page, "Записать приказ")
    fill(page, {"number": "4-р", "on": "2027-01-11", "quorum": "2"})
    press(page, "Сохранить")
    press(page, "Записать члена комиссии")
    fill(page, {"name": story.secretary.name, "role": "Секретарь"})
    page.get_by_label("Голосует").uncheck()
    press(page, "Сохранить")
    follow(page, "Пригласить")
    fill(page, {"email": story.secretary.email})
    press(page, "Создать ссылку")
    link = link_of(page, "/commission/invitation/")
    page = story.phone(story.secretary)
    go(page, link)
    press(page, "Принять приглашение")
    go(page, "/commission/")
    press(page, CONTEST)
    for at, name in enumerate(MEMBERS):
        press(page, "Записать члена комиссии")
        fill(page, {"name": name, "role": "Член комиссии" if at else "Председатель"})
        press(page, "Сохранить")
    told(page, *MEMBERS)


def sit(story: Walk) -> None:
    """A session with a quorum adopts the list of winners; its signed minutes are closed."""
    page = story.phone(story.secretary)
    press(page, "Назначить заседание")
    fill(page, {"number": "1", "begins_at": "2027-02-24T09:00", "place": "Зал 5"})
    press(page, "Сохранить")
    session = page.url
    press(page, "Список победителей")
    press(page, "Сохранить")
    go(page, session)
    press(page, "Открыть заседание")
    press(page, "Открыть заседание")
    for name in MEMBERS:
        page.get_by_label(re.compile(name)).check()
    press(page, "Сохранить присутствие")
    told(page, "Кворум есть: присутствуют 2, нужно 2")
    press(page, "Добавить скан")
    page.get_by_label("Скан подписанного протокола").set_input_files(a_scan("protokol.pdf"))
    press(page, "Сохранить")
    follow(page, "^1. ")
    for name in MEMBERS:
        page.get_by_label(re.compile(f"^{name}")).select_option(label="За")
    press(page, "Внести голоса")
    press(page, "Подсчитать голоса и записать решение")
    told(page, "Принято")
    story.look(page, "list of winners adopted")
    go(page, session)
    press(page, "Закрыть заседание")
    press(page, "Закрыть окончательно")
    told(page, "Контрольная сумма протокола")


def publish(story: Walk) -> None:
    """The decision is written by the minutes, and told to everybody at once."""
    page = story.room("Рейтинг и решение")
    press(page, "Записать решение по протоколу № 1")
    press(page, "Публикация")
    fill(page, {"next_ru": "Подпишите соглашение до 20 марта."})
    press(page, "Сохранить")
    press(page, "Опубликовать сейчас")
    press(page, "Опубликовать сейчас")
    work()
    page = story.phone(story.delegate)
    go(page, "/notices/")
    told(page, "победитель конкурса", "Грант: 60\xa0000\xa0₽. Рейтинг: 88,00, место 1")
    story.look(page, "the winner is told")
