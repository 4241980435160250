"""Story 1 through pages alone, in Russian, on a phone: from the idea of a visit to what grew.

The coordinator of one region makes a visit to another within a programme of exchange, a host
answers by a link, a delegate sees, writes down and takes home; a year later the page of the visit
shows what came of it. Only two centres, two organisations and a practice are there before.
"""

import pytest
from playwright.sync_api import FilePayload, expect

from sinergia.exchange.models import SessionNote, Visit
from sinergia.practices.models import Adoption
from tests.arrange import (
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_region,
    a_theme,
)
from tests.base.sent_files import a_jpeg
from tests.browser.conftest import OpenPage, SetClock, SignIn
from tests.browser.visit_story import (
    AFTER,
    IDEA,
    MORNING,
    NAME,
    SPRING,
    STEPS,
    YEAR_LATER,
    Axe,
    Story,
    ask_host,
    begin_programme,
    build_programme,
    called,
    fill,
    follow,
    go,
    invite,
    known,
    make_project,
    make_visit,
    press,
    say_wishes,
    take_home,
    take_step,
    tell,
    told,
)
from tests.practices.arrange import published

pytestmark = pytest.mark.browser


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


# Held.


def be_late(story: Story) -> None:
    """The first morning: the visit has begun, and one is twenty minutes late."""
    story.later(MORNING)
    page = story.phone(story.coordinator)
    go(page, story.visit)
    take_step(page, "Отметить начало поездки", "Началась")
    story.open_tab(page, "Программа")
    press(page, "20 мин")
    told(page, "Делегация сегодня опаздывает", "ждут в 10:20")
    story.look(page, "late")
    theirs = story.phone()
    go(theirs, story.host_link)
    told(theirs, "Делегация опаздывает на 20 мин.")


def see(story: Story) -> None:
    """The delegate is there, writes a note and takes a picture."""
    page = story.phone(story.delegate)
    go(page, story.visit)
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


def ride(story: Story) -> None:
    """In the bus, without network: the programme opens, a note waits and is sent once."""
    page = story.phone(story.delegate)
    expect(page.locator("[data-road-kept]")).to_contain_text("Сохранено в дорогу", timeout=20_000)
    at = page.url
    page.context.set_offline(True)
    story.open_tab(page, "Программа")
    told(page, STEPS)
    expect(page.locator("[data-road-away]")).to_be_visible()
    page.goto(at)
    fill(page, {"text": "Спросить, кто платит за такси."})
    page.get_by_role("button", name="Сохранить заметку").click()
    expect(page.locator("[data-road-mine]")).to_contain_text("не отправлено: 1")
    story.look(page, "without network")
    assert SessionNote.objects.count() == 1

    page.context.set_offline(False)
    expect(page.locator("[data-road-done]")).to_be_visible()
    page.goto(at)
    told(page, "Смету считают на одну семью", "Спросить, кто платит за такси.")
    assert SessionNote.objects.count() == 2


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
    story.later(AFTER)
    page = story.phone(story.coordinator)
    go(page, story.visit)
    take_step(page, "Отметить завершение поездки", "Завершена")
    press(page, "Показывать всем")
    theirs = story.phone(story.delegate)
    go(theirs, story.visit)
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


def write_letters(story: Story) -> None:
    """The adopter asks, the author answers and offers a letter of support."""
    page = story.phone(story.delegate)
    press(page, "Переписка с авторами")
    fill(page, {"text": "Берём вашу практику. Поделитесь сметой на семью?"})
    press(page, "Отправить")
    told(page, "Отправлено.")
    theirs = story.phone(story.author)
    go(theirs, "/adoptions/")
    press(theirs, "Домашний маршрут")
    fill(theirs, {"offer": "письмо поддержки", "text": "Смету пришлём, письмо дадим."})
    press(theirs, "Отправить")
    told(theirs, "предлагают: письмо поддержки")
    story.look(theirs, "letters")


def prove(story: Story) -> None:
    """The practice runs at home, has a result, and its author confirms it."""
    story.later(SPRING)
    page = story.phone(story.delegate)
    told(page, "Смету пришлём, письмо дадим.")
    press(page, "Практика у нас идёт")
    press(page, "Практика у нас идёт")
    told(page, "Идёт")
    story.later(YEAR_LATER)
    page = story.phone(story.delegate)
    press(page, "Назвать результат")
    fill(page, {"result": "Семьи занимаются дома", "number": "19 семей", "measured": "Опрос"})
    press(page, "Назвать результат")
    told(page, "ждёт подтверждения")
    theirs = story.phone(story.author)
    press(theirs, "Подтвердить результат")
    press(theirs, "Подтвердить результат")
    told(theirs, "Подтверждено результатом")
    assert Adoption.objects.get().state == Adoption.State.PROVEN


def read_thread(story: Story) -> None:
    """The page of the visit shows it all to its centre, with the right figures."""
    page = story.phone(story.coordinator)
    go(page, story.visit)
    story.open_tab(page, "Что из этого выросло")
    tiles = [" ".join(one.split()) for one in page.locator(".figure").all_inner_texts()]
    assert tiles == [
        "2 Встречи продолжение у 1 из 2",
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
    go(page, story.visit)
    told(page, "Увидеть, как помогают детям", "Зал занятий")
    story.look(page, "visit for everybody")
    pages = [page.inner_text("main")]
    for tab in ("Программа", "Что из этого выросло"):
        go(page, story.visit)
        story.open_tab(page, tab)
        pages.append(page.inner_text("main"))
    seen = "\n".join(pages)
    inside = ("Яровая", "Саврасов", "Лунёв", "120\xa0000", "118\xa0400", "4 180", "Обзвонить")
    assert [one for one in inside if one in seen] == []
    assert STEPS in seen
    story.look(page, "thread for everybody")


@pytest.mark.slow  # the way from a visit to a new practice walks its beginning always
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
    ride(story)
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
