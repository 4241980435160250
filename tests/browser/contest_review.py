"""How the review of stories 3 and 5 goes: who reads what, scores, and what the operator does."""

import re

from playwright.sync_api import expect

from sinergia.review.models import Sheet
from tests.browser.contest_story import (
    COMMENTS,
    GIVEN,
    HOUR,
    LOAN,
    NAME,
    ROUTE,
    STREAM,
    STRICT,
    VOICES,
    WAITING,
    Story,
    accept,
    desk,
    invite,
    marks,
    said,
    score,
    work,
)
from tests.browser.visit_story import fill, follow, go, press, told

# Experts, and who reads what.


def begin_review(story: Story) -> None:
    """Admitted applications get codes."""
    page = story.room("Распределение заявок")
    story.look(page, "before the review")
    press(page, "Начать экспертизу")
    told(page, "6 заявок переданы на экспертизу")
    story.look(page, "review begun")


def recruit(story: Story) -> None:
    """Three accept; one declines by the link, without an account."""
    page = story.room("Эксперты")
    story.look(page, "no experts")
    press(page, "Пригласить эксперта")
    press(page, "Создать ссылку")
    told(page, "Обязательное поле")
    story.look(page, "invite refused")
    link = invite(story, "Ткач Семён Ильич", "tkach@example.org")
    story.look(page, "link made")
    theirs = story.browser()
    go(theirs, link)
    story.look(theirs, "landing")
    press(theirs, "Отказаться")
    story.look(theirs, "decline refused")
    fill(theirs, {"reason": "В декабре в отъезде"})
    press(theirs, "Отказаться")
    told(theirs, "Спасибо за ответ")
    story.look(theirs, "declined")
    for person in (story.gordeev, story.lapina, story.nesterova):
        accept(story, person, invite(story, person.name, person.email))
    page = story.room("Эксперты")
    told(page, "В декабре в отъезде")
    story.look(page, "experts")


def object_to(story: Story) -> None:
    """Who applied names who must not read; the operator finds whom they mean."""
    page = story.browser(story.leaders[VOICES])
    go(page, "/projects/")
    follow(page, "подана: 26-1-0006")
    press(page, "Кто не должен её читать")
    story.look(page, "who must not read")
    fill(page, {"whom": "Гордеев П. Н.", "reason": "Судились с ним в 2024 году"})
    press(page, "Сообщить организаторам")
    told(page, "Судились с ним")
    story.look(page, "who must not read, said")
    page = story.room("Распределение заявок")
    follow(page, "1 заявитель указал")
    story.look(page, "conflicts")
    follow(page, "Гордеев П. Н.")
    story.look(page, "whom they mean")
    page.get_by_label("Гордеев Павел Николаевич").check()
    press(page, "Сохранить")
    told(page, "Судились с ним", "Действует")


def assign(story: Story) -> None:
    """Two are given one application by hand; the rest is proposed in the background, accepted."""
    page = story.room("Распределение заявок")
    follow(page, WAITING)
    story.look(page, "readings of one")
    for name in (story.lapina.name, story.nesterova.name):
        follow(page, f"Назначить.*{name}")
    told(page, "закреплено")
    story.look(page, "given by hand")
    page = story.room("Распределение заявок")
    fill(page, {"least": "9", "most": "3"})
    press(page, "Предложить")
    story.look(page, "bounds refused")
    fill(page, {"least": "0", "most": "1"})
    press(page, "Предложить")
    work()
    told(page, "Такое распределение невозможно")
    story.look(page, "impossible")
    fill(page, {"least": "4", "most": "4"})
    press(page, "Предложить заново")
    story.look(page, "being made")
    work()
    expect(page.get_by_role("button", name="Принять распределение")).to_be_visible()
    told(page, "10 назначений")
    story.look(page, "proposal")
    press(page, "Принять распределение")
    work()
    page = story.room("Распределение заявок")
    story.look(page, "accepted")


# Scores.


def score_by_keys(story: Story) -> None:
    """The first sheet by keyboard alone; what is no score is said, what is missing is named."""
    page = desk(story, story.lapina)
    story.look(page, "desk of an expert")
    press(page, WAITING)
    story.look(page, "empty sheet")
    page.locator("[name='scores/relevance']").focus()
    page.keyboard.type("11")
    expect(page.locator("[data-field='scores/relevance'] .errors")).to_contain_text("шагом 0,1")
    story.look(page, "no such score")
    page.keyboard.press("Control+a")
    for mark in list(marks("80").values()):
        page.keyboard.type(mark)
        page.keyboard.press("Alt+ArrowDown")
    said(page, "Сохранено в")
    expect(page.locator("[data-rating]")).to_have_text("80 из 100")
    press(page, "Подписать оценочный лист")
    told(page, "Перед подписанием", "Сильная сторона")
    story.look(page, "what hinders signing")
    press(page, "Вернуться к листу")
    fill(page, COMMENTS | {"recommendation": "Поддержать"})
    said(page, "Сохранено в")
    story.later(minutes=9)
    press(page, "Подписать оценочный лист")
    press(page, "Подписать оценочный лист")
    told(page, "Контрольная сумма")


def score_most(story: Story) -> None:
    """One goes through in a minute with one score everywhere; one recuses, and leaves a draft."""
    for title, total in STRICT.items():
        score(story, story.gordeev, title, str(total), is_flat=True, minutes=1)
    for title in (HOUR, LOAN, VOICES):
        score(story, story.lapina, title, str(GIVEN[title]))
    score(story, story.nesterova, WAITING, "46.2")
    score(story, story.nesterova, VOICES, str(GIVEN[VOICES]))
    page = desk(story, story.nesterova)
    press(page, STREAM)
    page.get_by_text("Мне нельзя оценивать эту заявку").click()
    fill(page, {"why": "Сестра работает в этой организации"})
    story.look(page, "recusing")
    press(page, "Заявить самоотвод")
    expect(page.locator("main")).not_to_contain_text(STREAM)
    story.look(page, "recused")
    press(page, ROUTE)
    fill(page, {"scores/team": "9", "strong": "Знаю этих людей по отчёту"})
    said(page, "Сохранено в")


# The course of it.


def call_further(story: Story) -> None:
    """Sheets are 33.8 points apart: a third expert is called, and the mean is under the line."""
    page = story.room("Ход экспертизы")
    story.look(page, "board")
    press(page, "Дополнительные эксперты")
    told(page, WAITING, "33,80", "Гордеев", "Эксперт выбыл")
    story.look(page, "further experts")
    page.get_by_role("checkbox", name="A-002").uncheck()
    press(page, "Назначить выбранных")
    story.look(page, "called")
    work()
    score(story, story.gordeev, WAITING, "60.85", minutes=1)
    page = story.room("Ход экспертизы")
    press(page, "Рейтинг заявок")
    story.look(page, "ranking")
    told(page, "62,35")


def lend(story: Story) -> None:
    """The neighbouring region lends an expert, who reads what nobody reads any more."""
    page = story.browser(story.operator)
    link = invite(
        story, story.barteneva.name, story.barteneva.email, lent_by="Центр области", most="6"
    )
    accept(story, story.barteneva, link)
    page = story.room("Эксперты")
    told(page, "Направляющий центр: Центр области")


def be_late(story: Story) -> None:
    """One has not finished by the day: reminded, then replaced in two clicks."""
    page = story.room("Ход экспертизы")
    press(page, "Установить срок")
    fill(page, {"day": "2026-11-01"})
    press(page, "Сохранить")
    story.look(page, "last day refused")
    fill(page, {"day": "2026-12-05"})
    press(page, "Сохранить")
    told(page, "5\xa0декабря 2026")
    story.later(days=4)
    page = story.room("Ход экспертизы")
    told(page, "опаздывает")
    story.look(page, "board with a late one")
    press(page, "Напомнить выбранным")
    story.look(page, "reminder")
    press(page, "Отправить напоминание")
    work()
    theirs = story.browser(story.nesterova)
    go(theirs, "/notices/")
    told(theirs, NAME)
    story.look(theirs, "notices of an expert")
    story.later(days=1)
    page = story.room("Ход экспертизы")
    press(page, "Оценочные листы")
    story.look(page, "sheets")
    page.locator("main tr").filter(has_text="A-001").filter(has_text="Нестерова").get_by_role(
        "link", name=ROUTE
    ).click()
    told(page, "Заполняется")
    story.look(page, "one sheet")
    press(page, "Передать другому эксперту")
    page.get_by_label(re.compile("Бартенева")).check()
    story.look(page, "replacing")
    press(page, "Передать другому эксперту")
    told(page, "Передан другому эксперту")
    work()


def find_conflict(story: Story) -> None:
    """An accountant of a partner, found late: the sheet is set aside, another called at once."""
    page = story.room("Распределение заявок")
    press(page, "Конфликты интересов")
    press(page, "Внести конфликт")
    story.look(page, "conflict refused")
    fill(page, {"expert": "Лапина Ольга Сергеевна (E-03)", "number": "26-1-9999"})
    fill(page, {"reason": "Бухгалтер партнёра заявителя"})
    press(page, "Внести конфликт")
    told(page, "Допущенной заявки с таким номером нет")
    fill(page, {"number": "26-1-0004"})
    press(page, "Внести конфликт")
    told(page, "Бухгалтер партнёра заявителя")
    work()
    page = story.room("Ход экспертизы")
    press(page, "Дополнительные эксперты")
    told(page, LOAN)
    press(page, "Назначить выбранных")
    work()
    page = story.room("Распределение заявок")
    follow(page, STREAM)
    story.look(page, "who does not read any more")


def score_rest(story: Story) -> None:
    """Whoever was called scores what is left."""
    left = Sheet.objects.filter(stage__in=("given", "draft"), ended_at=None)
    for sheet in left.select_related("expert__person", "examination__submission"):
        title = sheet.examination.submission.title
        assert sheet.expert.person is not None
        score(story, sheet.expert.person, title, str(GIVEN[title]))


def find_unfounded(story: Story) -> None:
    """Three unfounded sheets: all of that expert are ignored, and one passes the line."""
    for title in (STREAM, ROUTE, LOAN):
        page = story.room("Ход экспертизы")
        press(page, "Оценочные листы")
        row = page.locator("main tr").filter(has_text=title).filter(has_text="Гордеев")
        row.get_by_role("link", name=title).click()
        press(page, "Признать необоснованной")
        if title == STREAM:
            press(page, "Признать необоснованной")
            story.look(page, "unfounded refused")
        fill(page, {"why": "Одна оценка по всем критериям, подписано за минуту"})
        press(page, "Признать необоснованной")
    told(page, "5,1", "2,5")
    story.look(page, "unfounded sheet")
    page = story.room("Ход экспертизы")
    press(page, "Рейтинг заявок")
    told(page, "62,35")
    story.look(page, "ranking with unfounded")
    follow(page, "Правила позволяют не учитывать")
    told(page, "62,35", "63,10")
    story.look(page, "excluding")
    fill(page, {"why": "Три необоснованные оценки из пяти"})
    press(page, "Не учитывать все листы эксперта")
    told(page, "62,35", "63,10", "проходит по баллу")
    story.look(page, "what moved")
    page = story.room("Ход экспертизы")
    press(page, "Рейтинг заявок")
    told(page, "63,10")
    story.look(page, "final ranking")
