"""How a grant goes on the way from a visit to a new practice: signed, joined, reported, closed."""

import re
from datetime import UTC, datetime

from django.core import mail
from playwright.sync_api import FilePayload, Page, expect

from tests.base.sent_files import a_jpeg
from tests.browser.practice_story import PROJECT, Walk, a_scan, work
from tests.browser.visit_story import fill, follow, go, press, told

SIGNED = datetime(2027, 3, 22, 7, 0, tzinfo=UTC)
JOINED = datetime(2027, 5, 12, 7, 0, tzinfo=UTC)
ENDED = datetime(2027, 12, 6, 7, 0, tzinfo=UTC)
YEAR_LATER = datetime(2028, 2, 1, 7, 0, tzinfo=UTC)


def begin_grant(story: Walk) -> None:
    """From the award: its grant is begun, and what the rules ask before the signing is met."""
    page = story.phone(story.head)
    go(page, "/grants/")
    press(page, "Победители без гранта")
    told(page, PROJECT, "60\xa0000\xa0₽")
    press(page, "Начать")
    press(page, PROJECT)
    story.grant = page.url
    for _condition in range(3):
        press(page, "Отметить выполненным")
        fill(page, {"note": "Посмотрели вместе с бухгалтером"})
        press(page, "Отметить выполненным")
    story.look(page, "grant begun")


def sign(story: Walk) -> None:
    """The agreement is signed on paper, its scan is put here, and the first tranche is paid."""
    story.later(SIGNED)
    page = story.phone(story.head)
    go(page, story.grant)
    press(page, "Договор подписан")
    fill(page, {"number": "1-27", "on": "2027-03-19"})
    page.locator("main input[type=file]").set_input_files(a_scan("dogovor.pdf"))
    press(page, "Приложить")
    told(page, "№ 1-27", "19\xa0марта 2027")
    press(page, "Перейти")
    fill(page, {"number": "118", "on": "2027-03-22", "sum": "60 000"})
    press(page, "Внести")
    told(page, "№ 118", "60\xa0000\xa0₽")
    story.look(page, "money of the grant")


def run_at_home(story: Walk) -> None:
    """The project is under way: the practice that was taken home runs, and everybody may know."""
    story.later(JOINED)
    page = story.phone(story.delegate)
    go(page, story.project)
    press(page, "Переписка с авторами")
    press(page, "Практика у нас идёт")
    press(page, "Практика у нас идёт")
    told(page, "Идёт")


# Who joins.

NEIGHBOUR, MAILBOX = "Саврасов Андрей Ильич", "savrasov@example.org"


def open_to_all(story: Walk) -> None:
    """The organisers promise, offer a role and open the page to everybody."""
    page = story.phone(story.delegate)
    go(page, story.grant)
    story.open_tab(page, "Страница и люди")
    press(page, "Написать обещание")
    fill(page, {"promise": "Реабилитолог приедет к каждой семье трёх сёл."})
    press(page, "Сохранить")
    press(page, "Новая роль")
    fill(page, {"name": "Возить специалиста по сёлам", "where": "Рудный Лог", "places": "3"})
    press(page, "Сохранить")
    press(page, "Открыть страницу всем")
    press(page, "Как видят все")
    story.public = page.url
    told(page, "Реабилитолог приедет", "Осталось 3 места")
    story.look(page, "page of the project")


def join(story: Walk) -> None:
    """A resident joins without an account, and confirms by the link of the letter."""
    page = story.phone()
    go(page, story.public)
    follow(page, "Присоединиться.*Возить")
    fill(page, {"name": NEIGHBOUR, "email": MAILBOX, "age": "34"})
    page.get_by_label(re.compile("Я согласен")).check()
    story.look(page, "joining")
    press(page, "Присоединиться")
    work()
    letter = next(one for one in mail.outbox if one.to == [MAILBOX])
    found = re.search(r"/together/own/\S+", str(letter.body))
    assert found is not None
    story.own_link = found.group()
    go(page, story.own_link)
    press(page, "Да, это я")
    told(page, "Организаторы о вас знают")


def confirm(story: Walk) -> None:
    """The organisers confirm who asked, and note that he was there."""
    page = story.phone(story.delegate)
    go(page, story.grant)
    story.open_tab(page, "Страница и люди")
    story.open_tab(page, "Участники")
    page.get_by_role("checkbox", name=re.compile(NEIGHBOUR)).check()
    press(page, "Подтвердить отмеченных")
    story.open_tab(page, "Дни и часы")
    page.get_by_label(NEIGHBOUR).fill("2.5")
    press(page, "Отметить участие")
    story.look(page, "who was there")
    theirs = story.phone()
    go(theirs, story.own_link)
    told(theirs, "Вы в проекте", "12\xa0мая 2027: 2 ч 30 мин")
    story.look(theirs, "own page of who joined")


# The report and the end.

HELD = (
    {"on": "2027-04-08", "place": "Рудный Лог", "people": "46", "told": "Записали 46 семей."},
    {"on": "2027-11-20", "place": "Три села", "people": "46", "told": "Сорок выездов."},
)


def report(story: Walk) -> None:
    """The project has ended: its events are told, each with a picture, and its result."""
    story.later(ENDED)
    page = story.phone(story.delegate)
    go(page, story.grant)
    open_report(story, page, "Этап 1")
    go(page, f"{story.report}sections/events/")
    for row, facts in zip(("aaaaaa", "bbbbbb"), HELD, strict=True):
        fill(page, {f"events/{row}/{cell}": text for cell, text in facts.items()})
    press(page, "Сохранить и дальше")
    fill(page, {"results/aaaaaa/reached": "46", "results/aaaaaa/proof": "Анкеты 46 семей"})
    story.look(page, "result reached")
    press(page, "Сохранить и дальше")
    for row, what in (("aaaaaa", "Собрать заявки"), ("bbbbbb", "Провести занятия")):
        go(page, f"{story.report}sections/events/")
        follow(page, f"Добавить фотографию.*{what}")
        told(page, "нужна хотя бы 1 фотография")
        picture = FilePayload(name=f"{row}.jpg", mimeType="image/jpeg", buffer=a_jpeg(320, 240))
        page.locator("main input[type=file]").set_input_files(picture)
        press(page, "Добавить")


def open_report(story: Walk, page: Page, name: str) -> None:
    """A report that the worker began in time."""
    story.open_tab(page, "Отчёты")
    row = page.locator("main tbody tr").filter(has_text=name)
    with page.expect_navigation():
        row.get_by_role("link", name="Открыть").click()
    story.report = page.url


def account(story: Walk) -> None:
    """What was paid is entered with its document; the report is handed in."""
    page = story.phone(story.delegate)
    go(page, f"{story.report}sections/money/")
    press(page, "Внести платёж")
    told(page, "Бензин")
    fill(page, {"sum": "60 000", "on": "2027-11-22", "document": "Платёжное поручение"})
    fill(page, {"number": "41", "payee": "ООО «Дорога»", "what": "Бензин на сорок выездов"})
    page.locator("main input[type=file]").set_input_files(a_scan("41.pdf"))
    press(page, "Сохранить")
    told(page, "Дорога", "60\xa0000\xa0₽")
    go(page, f"{story.report}sections/whole/")
    fill(page, {"done": "Реабилитолог сорок раз выезжал к 46 семьям трёх сёл."})
    press(page, "Сохранить")
    go(page, story.report)
    told(page, "Ничто не мешает")
    story.look(page, "report ready")
    press(page, "Сдать отчёт")
    told(page, "Отчёт сдан: версия 1")


def check(story: Walk, name: str) -> None:
    """The head accepts each payment that is not accepted yet, then the report."""
    page = story.phone(story.head)
    go(page, story.report)
    press(page, "Проверить")
    while page.get_by_role("button", name="Принять", exact=True).count():
        press(page, "Принять")
    story.look(page, name)
    press(page, "Принять отчёт")
    press(page, "Принять")
    told(page, "Отчёт принят.")


def report_whole(story: Walk) -> None:
    """The final report, which has all that was told: what came of the whole of the project.

    The public page tells already what the accepted report says.
    """
    page = story.phone(story.delegate)
    go(page, story.public)
    told(page, "46 из 46", "по принятым отчётам")
    go(page, story.grant)
    open_report(story, page, "Итоговый отчёт")
    go(page, f"{story.report}sections/results/")
    expect(page.locator("[name='results/aaaaaa/reached']")).to_have_value("46")
    go(page, f"{story.report}sections/whole/")
    fill(page, {"done": "Реабилитолог сорок раз выезжал к 46 семьям трёх сёл."})
    fill(page, {"outcome": "Родители занимаются сами и помогают соседям."})
    press(page, "Сохранить")
    go(page, story.report)
    told(page, "Ничто не мешает")
    press(page, "Сдать отчёт")
    told(page, "Отчёт сдан: версия 1")


def close(story: Walk) -> None:
    """The account comes out: the grant is closed with a grade, its result stands."""
    page = story.phone(story.head)
    go(page, story.grant)
    press(page, "Перейти")
    page.get_by_label("Реализован успешно").check()
    fill(page, {"words": "Семьи занимаются сами."})
    story.look(page, "closing")
    press(page, "Закрыть грант")
    told(page, "Грант закрыт", "Реализован успешно", "Семьи занимаются дома")


def make_practice(story: Walk) -> None:
    """What worked is told as a practice: its facts are put in, the rest is written and sent."""
    page = story.phone(story.delegate)
    go(page, story.grant)
    press(page, "Перейти")
    press(page, "Сделать практикой")
    fill(page, {"essence": "Реабилитолог выезжает в сёла к семьям, где нет специалиста."})
    fill(page, {"theme": "Семья и дети"})
    told(page, "Практика начата с фактов гранта")
    press(page, "Сохранить и дальше")
    follow(page, "Что осталось сделать")
    press(page, "Отправить консультанту")
    told(page, "На проверке у консультанта")
    story.look(page, "practice sent")


def publish_practice(story: Walk) -> None:
    """The consultant of the centre reads it and lets it into the catalogue."""
    page = story.phone(story.coordinator)
    go(page, "/practices/checks/")
    press(page, PROJECT)
    press(page, "Опубликовать")
    told(page, "Практика опубликована")
