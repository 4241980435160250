"""Stories 3 and 5 through pages alone, in Russian: from the end of an intake to what followed.

The operator, experts, the secretary of the commission and those who applied have a browser each.
One expert's sheets are found unfounded, and an application passes the line; the commission decides;
whoever lost counts the result anew; a winner declines, and another cuts the budget.
"""

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import FilePayload, expect

from sinergia.review.models import Award, RevisedBudget
from tests.base.sent_files import a_pdf
from tests.browser.conftest import OpenPage, SetClock, SignIn
from tests.browser.contest_review import (
    assign,
    be_late,
    begin_review,
    call_further,
    find_conflict,
    find_unfounded,
    lend,
    object_to,
    recruit,
    score_by_keys,
    score_most,
    score_rest,
)
from tests.browser.contest_story import (
    HOUR,
    NAME,
    STREAM,
    VOICES,
    WAITING,
    Story,
    begin,
    work,
)
from tests.browser.visit_story import Axe, fill, follow, go, press, told

pytestmark = pytest.mark.browser


def words_of(path: Path) -> str:
    """What a DOCX says."""
    told = "\n".join("".join(one.itertext()) for one in Document(str(path)).element.body)
    return told.replace("\xa0", " ")


# The commission.

MEMBERS = (
    *("Турчин Павел Сергеевич", "Дорохова Ирина Павловна", "Власова Нина Львовна"),
    *("Гусев Олег Олегович", "Ершова Анна Ильинична", "Жилин Пётр Петрович"),
    *("Зайцева Ольга Юрьевна", "Ильин Сергей Львович", "Козлова Мария Павловна"),
)


def compose(story: Story) -> None:
    """The operator writes the order and the secretary; the secretary the nine who vote."""
    page = story.room("Конкурсная комиссия")
    story.look(page, "no commission")
    press(page, "Записать приказ")
    fill(page, {"number": "17-р", "on": "2026-11-20", "quorum": "5"})
    story.look(page, "order")
    press(page, "Сохранить")
    press(page, "Записать члена комиссии")
    fill(page, {"name": story.secretary.name, "role": "Секретарь"})
    page.get_by_label("Голосует").uncheck()
    story.look(page, "member")
    press(page, "Сохранить")
    follow(page, "Пригласить")
    story.look(page, "inviting a member")
    fill(page, {"email": story.secretary.email})
    press(page, "Создать ссылку")
    found = re.search(r"/commission/invitation/\S+", page.locator("textarea").input_value())
    assert found is not None
    page = story.browser(story.secretary)
    go(page, found.group())
    story.look(page, "invited to the commission")
    press(page, "Принять приглашение")
    story.look(page, "own commissions")


def name_members(story: Story) -> None:
    """Nine who vote, in the order of the paper."""
    page = story.browser(story.secretary)
    go(page, "/commission/")
    press(page, NAME)
    for at, name in enumerate(MEMBERS):
        press(page, "Записать члена комиссии")
        fill(page, {"name": name, "role": "Член комиссии" if at else "Председатель"})
        press(page, "Сохранить")
    told(page, *MEMBERS)
    story.look(page, "composition")


def sit(story: Story) -> None:
    """A session: nothing is decided without a quorum; seven of nine are there."""
    page = story.browser(story.secretary)
    press(page, "Назначить заседание")
    fill(page, {"number": "1", "begins_at": "2026-11-02T10:00", "place": "Зал 5"})
    story.look(page, "session form")
    press(page, "Сохранить")
    story.look(page, "session planned")
    page = story.room("Рейтинг и решение")
    story.look(page, "decision page")
    follow(page, "Меньшая сумма.*26-1-0003")
    story.look(page, "smaller sum")
    fill(page, {"reason": "Две встречи в неделю вместо трёх", "aaaaaa": "-5"})
    press(page, "Внести в повестку")
    story.look(page, "smaller sum refused")
    fill(page, {"aaaaaa": "60 000"})
    press(page, "Внести в повестку")
    page = story.browser(story.secretary)
    page.reload()
    press(page, "Открыть заседание")
    story.look(page, "opening")
    press(page, "Открыть заседание")
    told(page, "Кворума нет")
    for name in MEMBERS[:7]:
        page.get_by_label(re.compile(name)).check()
    press(page, "Сохранить присутствие")
    told(page, "Кворум есть: присутствуют 7, нужно 5")
    story.look(page, "session open")
    press(page, "Добавить скан")
    scan = FilePayload(name="protokol.pdf", mimeType="application/pdf", buffer=a_pdf())
    page.get_by_label("Скан подписанного протокола").set_input_files(scan)
    press(page, "Сохранить")
    told(page, "Скан добавлен")


def vote(story: Story, *, names: tuple[str, ...], against: tuple[str, ...] = ()) -> None:
    """The secretary enters what stands in the signed minutes, and has the votes counted."""
    page = story.browser(story.secretary)
    for name in names:
        given = "Против" if name in against else "За"
        page.get_by_label(re.compile(f"^{name}")).select_option(label=given)
    press(page, "Внести голоса")
    press(page, "Подсчитать голоса и записать решение")
    told(page, "Принято")


def decide_less(story: Story) -> None:
    """One is recused; six of six are for the smaller sum, with a reason."""
    page = story.browser(story.secretary)
    follow(page, "1. ")
    fill(page, {"member": MEMBERS[6], "reason": "Дочь работает в организации"})
    story.look(page, "item")
    press(page, "Отметить самоотвод")
    press(page, "Подсчитать голоса и записать решение")
    story.look(page, "no votes")
    vote(story, names=MEMBERS[:6])
    told(page, "За: 6, против: 0")
    story.look(page, "item decided")


def decide_list(story: Story) -> None:
    """The list of winners is adopted, one against with an opinion; the minutes are closed."""
    page = story.browser(story.secretary)
    press(page, "Заседание № 1")
    press(page, "Список победителей")
    story.look(page, "list form")
    press(page, "Сохранить")
    follow(page, "^2. ")
    vote(story, names=MEMBERS[:7], against=MEMBERS[1:2])
    told(page, "За: 6, против: 1")
    press(page, "Заседание № 1")
    press(page, "Закрыть заседание")
    story.look(page, "closing")
    press(page, "Закрыть окончательно")
    told(page, "Контрольная сумма протокола")
    with page.expect_download() as minutes:
        page.get_by_role("link", name="Протокол (DOCX)").click()
    words = words_of(minutes.value.path())
    for one in (MEMBERS[6], "Две встречи в неделю", "60 000", "17-р"):
        assert one in words
    story.look(page, "session closed")


# The result.


def publish(story: Story) -> None:
    """The decision is written by the minutes, letters are seen, then all is told at once."""
    page = story.room("Рейтинг и решение")
    press(page, "Записать решение по протоколу № 1")
    told(page, "В резервном списке № 1")
    story.look(page, "decision written")
    press(page, "Публикация")
    story.look(page, "publication planned")
    fill(page, {"next_ru": "Подпишите соглашение до 20 января."})
    press(page, "Сохранить")
    press(page, "Посмотреть каждое письмо глазами читателя")
    story.look(page, "letters")
    press(page, "26-1-0006")
    told(page, "Назвать источник числа.")
    story.look(page, "letter")
    press(page, "Публикация итогов")
    press(page, "Опубликовать сейчас")
    press(page, "Опубликовать сейчас")
    work()
    page.reload()
    expect(page.get_by_role("link", name="6 прочтут на сайте и в почте")).to_be_visible()
    story.look(page, "published")


def recompute(story: Story) -> None:
    """Who lost reads the letter, finds the receipt in the archive, and counts all anew."""
    page = story.browser(story.leaders[VOICES])
    go(page, "/notices/")
    told(page, "Сильные стороны: Соседи сами ведут")
    follow(page, "^Заявка 26-1-0006 не получила поддержку")
    told(page, "Рейтинг: 40,00, место 6", "Лист 2")
    story.look(page, "letter of who lost")
    press(page, "Перейти")
    told(page, "63,10", "240\xa0000\xa0₽")
    story.look(page, "results")
    press(page, "Пересчитать итоги")
    story.look(page, "verify")
    fill(page, {"number": "26-1-0006"})
    press(page, "Найти")
    told(page, VOICES)
    story.look(page, "own receipt")
    press(page, "Пересчитать")
    told(page, "Всё сходится. Заявок: 6")
    story.look(page, "all agrees")


def decline(story: Story) -> None:
    """A winner declines, with a reason."""
    page = story.browser(story.leaders[STREAM])
    go(page, "/projects/")
    follow(page, "26-1-0002")
    press(page, "Отказаться от гранта")
    press(page, "Отказаться от гранта")
    story.look(page, "declining refused")
    fill(page, {"why": "Получили субсидию района"})
    press(page, "Отказаться от гранта")
    told(page, "Отказ от гранта принят")


def follow_up(story: Story) -> None:
    """One cuts the budget to less, the operator accepts it; the reserve moves up."""
    page = story.browser(story.leaders[HOUR])
    go(page, "/projects/")
    follow(page, "26-1-0003")
    press(page, "Смета на сумму гранта")
    story.look(page, "budget for less")
    fill(page, {"aaaaaa": "70 000"})
    press(page, "Отправить оператору")
    story.look(page, "budget for less refused")
    fill(page, {"aaaaaa": "60 000", "plan": "Две встречи в неделю"})
    press(page, "Отправить оператору")
    told(page, "Отправлена и ждёт оператора")
    page = story.room("Рейтинг и решение")
    press(page, "Публикация")
    press(page, "После итогов")
    story.look(page, "after the result")
    fill(page, {"why": "Отказ Родника"})
    press(page, "Перевести в победители")
    told(page, "26-1-0005", "Переход из резервного списка")
    work()
    follow(page, "26-1-0003")
    story.look(page, "budget to look at")
    press(page, "Принять")
    page = story.browser(story.leaders[HOUR])
    page.reload()
    told(page, "Принята: по ней заключается соглашение")
    theirs = story.browser(story.leaders[WAITING])
    go(theirs, "/projects/")
    follow(theirs, "26-1-0005")
    press(theirs, "Итоги конкурса")
    told(theirs, "Переход из резервного списка")
    story.look(theirs, "results afterwards")


@pytest.fixture
def story(
    database: None, open_page: OpenPage, sign_in: SignIn, axe: Axe, set_clock: SetClock
) -> Story:
    return begin(open_page, sign_in, axe, set_clock)


@pytest.mark.slow  # the way from a visit to a new practice walks a shorter contest always
def test_a_contest_is_reviewed_decided_told_and_counted_anew_by_whoever_lost(story: Story) -> None:
    begin_review(story)
    recruit(story)
    object_to(story)
    assign(story)
    score_by_keys(story)
    score_most(story)
    call_further(story)
    lend(story)
    be_late(story)
    find_conflict(story)
    score_rest(story)
    find_unfounded(story)
    compose(story)
    name_members(story)
    sit(story)
    decide_less(story)
    decide_list(story)
    publish(story)
    recompute(story)
    decline(story)
    follow_up(story)

    assert story.faults == {}
    followed = {one.examination.submission.title: one.follow for one in Award.objects.all()}
    assert {title for title, follow in followed.items() if follow} == {STREAM, WAITING}
    assert RevisedBudget.objects.get().stage == RevisedBudget.Stage.ACCEPTED
