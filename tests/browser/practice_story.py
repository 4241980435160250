"""Those who walk from a visit to a new practice, and how they come to apply at home."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import FilePayload, Page

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.periodic import promise_periodic
from sinergia.packs.rules import reading
from sinergia.people.models import Person
from tests.base.sent_files import a_pdf
from tests.browser.visit_story import (
    AFTER,
    MORNING,
    WIDER,
    Story,
    fill,
    follow,
    go,
    press,
    take_step,
    told,
)

CONTEST = "Инициативы Ярогорья"
PROJECT = "Домашний маршрут в трёх сёлах"
ANNOUNCED = datetime(2027, 1, 11, 7, 0, tzinfo=UTC)
INTAKE = datetime(2027, 1, 18, 7, 0, tzinfo=UTC)
INTAKE_ENDED = datetime(2027, 2, 15, 7, 0, tzinfo=UTC)
DECIDED = datetime(2027, 2, 24, 7, 0, tzinfo=UTC)
RULES = Path(reading.__file__).parent / "shipped" / "generic.toml"
# States of pages that neither an address alone nor another story shows to axe.
AXED = {
    *("project ready", "receipt of the application", "list of winners adopted"),
    *("the winner is told", "money of the grant", "page of the project", "joining"),
    *("own page of who joined", "result reached", "check of the report", "closing", "thread"),
    "page of a closed project",
}


@dataclass(kw_only=True)
class Walk(Story):
    """Who takes part beside those of the visit; where the thread has come to."""

    head: Person
    experts: tuple[Person, Person]
    secretary: Person
    project: str = ""
    contest: str = ""
    grant: str = ""
    public: str = ""
    report: str = ""
    own_link: str = ""

    def later(self, moment: datetime) -> None:
        """Time goes on, and the worker does what comes again by itself, as it would anywhere."""
        super().later(moment)
        promise_periodic(now=timezone.now())
        work()

    def wait(self) -> None:
        """The ten minutes pass in which a decision can be taken back; the worker does its part."""
        self.later(timezone.now() + timedelta(minutes=11))

    def look(self, page: Page, name: str) -> None:
        """Remember that a page is too wide, and of some states what axe has against it."""
        if name in AXED:
            super().look(page, name)
        elif (wider := page.evaluate(WIDER)) > 0:
            self.faults[name] = [f"{wider} px wider"]

    def room(self, name: str) -> Page:
        """The head of the centre goes from the contest's own page to one of its rooms."""
        page = self.phone(self.head)
        go(page, self.contest)
        press(page, name)
        return page


def work() -> None:
    """What the worker does meanwhile, and what that promised."""
    while run_due_errands(now=timezone.now()):
        pass


def link_of(page: Page, place: str) -> str:
    """A link that a page made to be sent on."""
    found = re.search(rf"{place}\S+", page.locator("textarea").input_value())
    assert found is not None
    return found.group()


def a_scan(name: str) -> FilePayload:
    """What came out of a scanner."""
    return FilePayload(name=name, mimeType="application/pdf", buffer=a_pdf())


# The visit, in short.


def travel(story: Walk) -> None:
    """The first day has come: the visit is begun, and the delegate looks at what is taken home."""
    story.later(MORNING)
    page = story.phone(story.coordinator)
    go(page, story.visit)
    told(page, "Идёт")
    page = story.phone(story.delegate)
    go(page, story.visit)
    story.open_tab(page, "Намерения")


def come_home(story: Walk) -> None:
    """The visit is over and accounted for, and everybody may see it."""
    story.later(AFTER)
    page = story.phone(story.coordinator)
    go(page, story.visit)
    told(page, "Завершена")
    press(page, "Показывать всем")
    story.open_tab(page, "Отчёт")
    press(page, "Написать введение и выводы")
    fill(page, {"conclusions": "Практику берут домой."})
    press(page, "Сохранить")
    go(page, story.visit)
    take_step(page, "Отметить, что отчёт сдан", "Отчёт сдан")
    go(story.phone(story.delegate), story.visit)


# The contest.


def make_contest(story: Walk) -> None:
    """The head of the centre makes a contest by rules of its own."""
    story.later(ANNOUNCED)
    page = story.phone(story.head)
    go(page, "/calls/held/")
    press(page, "Создать конкурс")
    fill(page, {"name": CONTEST, "year": "2027", "ready": "свои правила из файла"})
    text = RULES.read_text(encoding="utf-8").replace("experts = 3", "experts = 2")
    file = FilePayload(name="rules.toml", mimeType="text/plain", buffer=text.encode())
    page.get_by_label(re.compile("Файл со своими правилами")).set_input_files(file)
    follow(page, "^Создать")
    story.contest = page.url


def announce(story: Walk) -> None:
    """Its days and its sum are said, it is announced, and a week later the intake opens."""
    page = story.phone(story.head)
    press(page, "Изменить сроки и тексты")
    fill(
        page,
        {
            "opens_at": "2027-01-18T09:00",
            "closes_at": "2027-02-12T18:00",
            "results_on": "2027-03-01",
            "project_from": "2027-03-15",
            "project_to": "2027-12-31",
            "budget": "500 000",
            "about": "Для проектов края.",
        },
    )
    press(page, "Сохранить")
    story.look(page, "contest planned")
    take(page, "Объявить конкурс", "Объявить")
    story.later(INTAKE)
    page = story.phone(story.head)
    go(page, story.contest)
    take(page, "Открыть приём", "Открыть")
    story.look(page, "intake open")


def take(page: Page, step: str, button: str) -> None:
    """A step of the contest: what follows is read, then the button is pressed."""
    press(page, step)
    press(page, button)


# The application.

WRITTEN = {
    "about": {
        "direction": "Семья, материнство и детство",
        "title": PROJECT,
        "geography/*/place": "Рудный Лог",
        "starts_on": "2027-04-01",
        "ends_on": "2027-11-30",
    },
    "aims": {
        "goals/*/text": "Семьи трёх сёл умеют заниматься с детьми дома",
        "qualitative": "Родители перестают бояться; увидим по анкете.",
        "information_support": "Районная газета, чаты сёл.",
        "development": "Район берёт выезды на себя.",
        "resources_later": "Машина и бензин от района.",
    },
    "people": {
        "head/*/name": "Яровая Тамара Ивановна",
        "team/*/name": "Пахомов С. С.",
        "team/*/role": "реабилитолог",
    },
    "organisation": {"activities": "Помогаем соседям с 2015 года."},
    "plan": {
        "events/aaaaaa/group": "Семьи с детьми",
        "events/aaaaaa/starts_on": "2027-04-05",
        "events/aaaaaa/ends_on": "2027-04-10",
        "events/bbbbbb/group": "Семьи с детьми",
        "events/bbbbbb/starts_on": "2027-04-20",
        "events/bbbbbb/ends_on": "2027-11-20",
        "events/bbbbbb/people": "46",
    },
    "budget": {
        "lines/aaaaaa/article": "2. Командировочные расходы",
        "lines/aaaaaa/quantity": "40",
        "lines/aaaaaa/comment": "Сорок выездов по 1 500 рублей.",
    },
}


def write_project(story: Walk) -> None:
    """The project takes the rules of the contest and is written until nothing hinders."""
    page = story.phone(story.delegate)
    go(page, "/projects/")
    follow(page, "Домашний маршрут")
    story.project = page.url
    fill(page, {"contest": CONTEST})
    press(page, "Взять его правила")
    told(page, "Важно сейчас: 3")
    write_sections(story)


def write_sections(story: Walk) -> None:
    """Section by section, beside what the practice gave."""
    page = story.phone(story.delegate)
    for section, texts in WRITTEN.items():
        go(page, f"{story.project}form/{section}/")
        fill(page, {whole(page, path): text for path, text in texts.items()})
        press(page, "Сохранить")
    go(page, story.project)
    told(page, "Подать заявку ничто не мешает")
    story.look(page, "project ready")


def whole(page: Page, path: str) -> str:
    """A path with the row that the page gave it."""
    name, star, cell = path.partition("/*/")
    if not star:
        return path
    row = page.locator(f"[data-rows='{name}'] [data-list] > [data-row]").last
    return f"{row.get_attribute('data-row')}/{cell}"


def hand_in(story: Walk) -> None:
    """The application is handed in, registered and admitted."""
    page = story.phone(story.delegate)
    press(page, "Подать заявку")
    press(page, "Подать заявку")
    told(page, "Контрольная сумма")
    story.look(page, "receipt of the application")
    story.later(INTAKE_ENDED)
    page = story.phone(story.head)
    go(page, story.contest)
    take(page, "Закончить приём", "Закончить приём")
    press(page, "Что поступило")
    press(page, PROJECT)
    press(page, "Зарегистрировать")
    press(page, "Зарегистрировать")
    story.wait()
    page = story.phone(story.head)
    press(page, "Допустить")
    press(page, "Допустить")
    story.wait()
