"""A centre's Monday through pages alone, in Russian, on a phone and on a desktop.

A file from the ministry, a claim, a double, an organisation that moved, a message to forty.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from sinergia.base.errands.actions import run_due_errands
from sinergia.organisations.models import Centre, Organisation, Reach
from sinergia.people.models import Person
from tests.arrange import a_centre, a_consultant, a_person, an_organisation
from tests.browser.conftest import OpenPage
from tests.organisations.register_files import a_csv, a_row, known_regions, load_rows, organisation

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, Person], None]
Look = Callable[[str], None]
MOVED, DOUBLE, FORTY = 39, 40, 40


@pytest.fixture
def centre(database: None, tmp_path: Path) -> Centre:
    """A region with an organisation entered twice; another that a file knows in the next one."""
    here, there = known_regions()
    served = a_centre(region=here)
    moved = a_row(MOVED, region=there.name_ru)
    load_rows(tmp_path, moved, actor=a_person("olga", is_administrator=True))
    an_organisation(f"АНО «Дом {DOUBLE}»", region=here)
    return served


@pytest.fixture
def ministry(tmp_path: Path) -> Path:
    """Its list of forty: the last but one has moved, the last was entered by hand before."""
    rows = [a_row(place) for place in range(1, FORTY + 1)]
    return a_csv(tmp_path / "perechen.csv", rows, encoding="cp1251", delimiter=";")


@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.slow), 1280])
def test_a_centres_monday(
    width: int,
    centre: Centre,
    ministry: Path,
    open_page: OpenPage,
    sign_in: SignIn,
    pictures: Path,
) -> None:
    page, other = open_page(width=width), open_page(width=width)
    sign_in(page, a_consultant("larisa", centre=centre))
    sign_in(other, a_person("konstantin"))
    look = shown(page, pictures, f"monday-{width}")

    load_the_list(page, ministry, look)
    ask_to_act(other)
    let_in(page, look)
    make_one_of_two(page, look)
    move_in(page, look)
    find_mailboxes()
    write_to_forty(page, look)
    one_opens(open_page(width=width))
    see_whom_to_phone(page, look)


def shown(page: Page, pictures: Path, name: str) -> Look:
    """Leave a picture, and see that nothing is wider than the window."""

    def look(moment: str) -> None:
        page.screenshot(path=pictures / f"{name}-{moment}.png", full_page=True)
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, moment

    return look


def press(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("button", name=label).first.click()


def follow(page: Page, words: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("link", name=words).first.click()


def work() -> None:
    """What the worker does meanwhile, and what that promised."""
    while run_due_errands(now=timezone.now()):
        pass


def load_the_list(page: Page, path: Path, look: Look) -> None:
    page.goto("/desk/")
    follow(page, "Загрузки реестра")
    follow(page, "Загрузить файл")
    page.get_by_label("Файл", exact=True).set_input_files(path)
    page.get_by_label("Название нового источника").fill("Перечень министерства")
    look("01-file")
    press(page, "Посмотреть")
    expect(page.get_by_text("Пока ничего не загружено").first).to_be_visible()
    look("02-preview")
    press(page, "Загрузить")
    work()
    page.reload()
    look("03-loaded")
    expect(page.get_by_text("Завершена").first).to_be_visible()
    assert Organisation.objects.count() == FORTY + 2  # the twin of the last, and the centre itself


def ask_to_act(page: Page) -> None:
    page.goto("/organisations/mine/")
    page.get_by_label("Слова названия, ОГРН или ИНН").fill("дом 7")
    press(page, "Найти")
    follow(page, re.compile("ДОМ 7"))
    page.get_by_label("На каком основании").fill("Выбран председателем, протокол № 6")
    press(page, "Отправить запрос")
    expect(page.get_by_text("ждёт").first).to_be_visible()


def let_in(page: Page, look: Look) -> None:
    page.goto("/desk/")
    look("04-desk")
    follow(page, re.compile("просит признать"))
    follow(page, re.compile("konstantin"))
    look("05-claim")
    press(page, "Подтвердить")
    expect(page.get_by_text("Подтверждено").first).to_be_visible()


def make_one_of_two(page: Page, look: Look) -> None:
    page.goto("/desk/")
    follow(page, re.compile("возможно, это одна"))
    look("06-doubles")
    follow(page, re.compile(f"Дом {DOUBLE}", re.IGNORECASE))
    look("07-compare")
    press(page, "Объединить")
    expect(page.get_by_role("button", name="Снова сделать две")).to_be_visible()
    look("08-merged")


def move_in(page: Page, look: Look) -> None:
    page.goto("/desk/")
    follow(page, re.compile("вопрос"))
    follow(page, re.compile(f"ДОМ {MOVED}"))
    look("09-moved")
    page.get_by_role("radio", name=re.compile("Как в файле")).check()
    press(page, "Решить")
    assert organisation(MOVED).region == organisation(1).region


def write_to_forty(page: Page, look: Look) -> None:
    page.goto("/organisations/?region=XA-SVB&q=дом")
    look("10-forty")
    follow(page, "Написать этим 40")
    page.get_by_label("Тема").fill("Сбор в понедельник")
    page.get_by_label("Текст").fill("Ждём вас, {название}.")
    press(page, "Посмотреть перед отправкой")
    look("11-draft")
    press(page, "Отправить 39 писем")
    work()
    page.reload()


def find_mailboxes() -> None:
    """All but one have a mailbox by the afternoon."""
    theirs = Organisation.objects.filter(name_folded__contains="дом").order_by("pk")
    Reach.objects.bulk_create(
        Reach(organisation=one, kind=Reach.Kind.EMAIL, value=f"box{one.pk}@example.org")
        for one in theirs[1:]
    )


def one_opens(page: Page) -> None:
    letter = next(one for one in mail.outbox if one.subject == "Сбор в понедельник")
    page.goto(re.findall(r"/n/\S+", str(letter.body))[0])
    expect(page.get_by_text("Ждём вас").first).to_be_visible()


def see_whom_to_phone(page: Page, look: Look) -> None:
    page.reload()
    look("12-sent")
    follow(page, "Обзвонить: 39")
    page.get_by_text("Отметить звонок").first.click()
    page.get_by_label("О чём договорились").first.fill("Придут вдвоём")
    look("13-call")
    press(page, "Записать")
    expect(page.get_by_role("link", name="Обзвонить: 38")).to_be_visible()
    look("14-called")
