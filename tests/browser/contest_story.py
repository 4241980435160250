"""Those who walk through stories 3 and 5, each in a browser of their own, and what is there before.

A contest is closed, six of its applications are admitted; nothing of its review has happened.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from django.utils import timezone
from playwright.sync_api import Page, expect

from sinergia.applications.actions.spine import enter
from sinergia.applications.actions.submitting import submit
from sinergia.base.drafts.actions import Save
from sinergia.base.errands.actions import run_due_errands
from sinergia.calls.actions.contests import NewContest, make_contest
from sinergia.calls.models import Contest
from sinergia.engine.drafts import Path
from sinergia.organisations.models import Centre, Organisation
from sinergia.packs.rules import shipped
from sinergia.packs.rules.schema import Rules
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_fund,
    a_leader,
    a_person,
    a_ready_project,
    a_region,
)
from tests.browser.conftest import OpenPage, SetClock, SignIn
from tests.browser.visit_story import WIDER, Axe, called, fill, go, known, press, told
from tests.review.arrange_experts import with_mailbox

BEGUN = datetime(2026, 12, 2, 6, 0, tzinfo=UTC)  # 9:00 there; the intake has ended
NAME = "Инициативы Ярогорья"
BUDGET = 240_000_00  # two whole grants and a smaller one
ROUTE, STREAM, HOUR = "Домашний маршрут", "Чистый исток", "Бабушкин час"
LOAN, WAITING, VOICES = "Прокат надежды", "Семья ждёт", "Голоса Меловца"
ESSENCE: Mapping[str, str] = {
    ROUTE: "Выездные занятия реабилитолога для 46 семей в сёлах, где нет своего специалиста.",
    STREAM: "Жители расчищают девять родников и передают их под опеку школ.",
    HOUR: "Пенсионерки ведут кружки для первоклассников, которым некуда пойти после уроков.",
    LOAN: "Бесплатный прокат колясок, ходунков и кроватей для семей на время ухода на дому.",
    WAITING: "Клубы поддержки и психолог для семей в трёх посёлках.",
    VOICES: "Подростки записывают 60 воспоминаний старожилов и открывают выставку.",
}
GIVEN: Mapping[str, int] = {ROUTE: 85, STREAM: 78, HOUR: 71, LOAN: 55, VOICES: 40}  # by all but one
STRICT: Mapping[str, int] = {ROUTE: 81, STREAM: 90, HOUR: 67, LOAN: 51}  # by that one
COMMENTS: dict[str, str] = {
    "strong": "Соседи сами ведут проект.",
    "lowers": "Не сказано, откуда 120 человек.",
    "mend": "Назвать источник числа.",
}
# States of pages that no address alone shows; the others axe sees in `test_every_page.py`.
AXED = {
    *("invite refused", "link made", "declined", "impossible", "being made", "proposal"),
    *("whose they are", "no such score", "what hinders signing", "receipt", "recused"),
    *("board with a late one", "replacing", "further experts", "ranking with unfounded"),
    *("excluding", "what moved", "session open", "no votes", "item decided", "session closed"),
    *("decision written", "letters", "published", "results", "all agrees"),
    *("budget for less refused", "results afterwards"),
}
CRITERIA = "relevance coherence innovation results budget contribution experience team openness"


@dataclass
class Story:
    """Who takes part, each with a browser; what the walk has found on its way."""

    open_page: OpenPage
    sign_in: SignIn
    axe: Axe
    set_clock: SetClock
    contest: Contest
    operator: Person
    gordeev: Person  # whose sheets will be found unfounded
    lapina: Person
    nesterova: Person  # who is late
    barteneva: Person  # lent by the other region
    secretary: Person
    leaders: Mapping[str, Person]  # of those who applied, by the title of their project
    pages: dict[str, Page] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    moment: datetime = BEGUN

    def browser(self, person: Person | None = None) -> Page:
        """Somebody's window: wide for those who work at a desk, a phone for the others."""
        name = person.name if person else ""
        if name not in self.pages:
            desks = (self.operator, self.lapina, self.barteneva, self.secretary)
            self.pages[name] = self.open_page(width=1280 if person in desks else 390)
            if person is not None:
                self.sign_in(self.pages[name], person)
        return self.pages[name]

    def later(self, **passes: int) -> None:
        """Time goes on."""
        self.moment = timezone.now() + timedelta(**passes)
        self.set_clock(self.moment)

    def look(self, page: Page, name: str) -> None:
        """Remember that a page is too wide, and of some states what axe has against it."""
        if name in self.seen:
            return
        self.seen.add(name)
        wider = page.evaluate(WIDER)
        found = self.axe(page) if name in AXED else []
        found += [f"{wider} px wider"] if wider > 0 else []
        if found:
            self.faults[name] = found

    def room(self, name: str) -> Page:
        """The operator goes from the contest's own page to one of its rooms."""
        page = self.browser(self.operator)
        go(page, "/calls/held/")
        press(page, NAME)
        press(page, name)
        return page


def rules() -> Rules:
    """A region's, with scores by a tenth, comments told, and further experts by divergence."""
    given = shipped()["regional"]
    scoring = given.scoring.model_copy(
        update={"scale": given.scoring.scale.model_copy(update={"step": Decimal("0.1")})}
    )
    further = given.review.further.model_copy(update={"near_line": None})
    review = given.review.model_copy(update={"further": further, "are_comments_shown": True})
    return given.model_copy(update={"scoring": scoring, "review": review})


def closed_contest(centre: Centre, operator: Person) -> Contest:
    """A contest whose intake has ended."""
    given = NewContest(NAME, 2026, rules(), a_fund("region-1"))
    contest = make_contest(centre, given, actor=operator, now=NOON)
    contest.opens_at, contest.closes_at = NOON - timedelta(days=1), NOON + timedelta(days=7)
    contest.project_from, contest.project_to = date(2026, 12, 15), date(2027, 12, 14)
    contest.results_on, contest.budget_minor = date(2026, 12, 25), BUDGET
    contest.about, contest.stage = "Для проектов края.", "open"
    contest.save()
    return contest


def admitted(title: str, contest: Contest, organisation: Organisation, leader: str) -> Person:
    """An application that is admitted, and registered among all; whoever leads its organisation."""
    person = called(leader, a_leader(f"leader-{organisation.pk}", organisation=organisation))
    project = a_ready_project(organisation=organisation, contest=contest)
    told = (("title", title), ("summary", ESSENCE[title]))
    saves = [Save(Path(path), text, project.fields.get(path=path).version) for path, text in told]
    save_fields(project, saves, actor=person, now=NOON)
    project.refresh_from_db()
    made = submit(project, actor=person, now=NOON)
    made.stage = "admitted"
    contest.last_entry += 1
    contest.save(update_fields=["last_entry"])
    made.entry = contest.last_entry
    made.save(update_fields=["entry", "stage"])
    enter(made)
    return person


def begin(open_page: OpenPage, sign_in: SignIn, axe: Axe, set_clock: SetClock) -> Story:
    """What comes before the review."""
    set_clock(BEGUN)
    here = a_region("XB-YAR", "Ярогорский край")
    a_centre("Центр области", region=a_region())
    centre = a_centre("Центр края", region=here)
    operator = called("Чибисов Роман Олегович", a_consultant("chibisov", centre=centre))
    contest = closed_contest(centre, operator)
    owners = (
        *(("Полтора шага", "Лисицына Мария Олеговна"), ("Родник", "Кудрин Олег Ильич")),
        *(("Старая верста", "Мохова Анна Юрьевна"), ("Сказка на обходе", "Рябов Пётр Ильич")),
        *(("Мандариновая гора", "Зимина Ольга Львовна"), ("Завтра у реки", "Яровая Т. И.")),
    )
    leaders = {
        title: admitted(title, contest, known(name, here), leader)
        for title, (name, leader) in zip(ESSENCE, owners, strict=True)
    }
    contest.stage = "closed"
    contest.save(update_fields=["stage"])
    return Story(
        *(open_page, sign_in, axe, set_clock, contest, operator),
        called("Гордеев Павел Николаевич", with_mailbox(a_person("gordeev"))),
        called("Лапина Ольга Сергеевна", with_mailbox(a_person("lapina"))),
        called("Нестерова Ирина Викторовна", with_mailbox(a_person("nesterova"))),
        called("Бартенева Нина Львовна", with_mailbox(a_person("barteneva"))),
        called("Полякова Анна Петровна", with_mailbox(a_person("polyakova"))),
        leaders,
    )


def work() -> None:
    """What the worker does meanwhile, and what that promised."""
    while run_due_errands(now=timezone.now() + timedelta(seconds=5)):
        pass


# Experts.


def invite(story: Story, name: str, email: str, **more: str) -> str:
    """The operator makes a link; where it leads."""
    page = story.room("Эксперты")
    press(page, "Пригласить эксперта")
    fill(page, {"name": name, "email": email, "post": "консультант", **more})
    press(page, "Создать ссылку")
    found = re.search(r"/experts/invited/\S+", page.locator("textarea").input_value())
    assert found is not None
    return found.group()


def accept(story: Story, person: Person, link: str) -> None:
    """An expert opens the link, accepts, and signs three statements before anything is shown."""
    page = story.browser(person)
    go(page, link)
    told(page, NAME, "Заявители не узнают вашего имени")
    story.look(page, "invitation")
    page.get_by_label("Соседства и гражданское участие").check()
    press(page, "Принять приглашение")
    told(page, "заявки не показываются")
    story.look(page, "statements")
    for _kind in range(3):
        press(page, "Прочитать и подписать следующее")
        page.get_by_role("checkbox").last.check()
        story.look(page, "statement")
        press(page, "Подписать")
    expect(page.get_by_role("link", name="Прочитать и подписать следующее")).to_have_count(0)


# Score sheets.


def marks(total: str, *, is_flat: bool = False) -> dict[str, str]:
    """Scores, by a tenth, that come to a rating: alike everywhere, or a little apart."""
    rating = Decimal(total)
    base = (rating / 10).quantize(Decimal("0.1"), ROUND_FLOOR)
    given = dict.fromkeys(CRITERIA.split(), base)
    given["openness"] += (rating - base * 10) / Decimal("0.5")
    if not is_flat:
        given["results"], given["budget"] = given["results"] + 1, given["budget"] - 1
    return {code: f"{mark:f}".replace(".", ",") for code, mark in given.items()}


def desk(story: Story, person: Person) -> Page:
    """An expert's list of what is to be scored."""
    page = story.browser(person)
    go(page, "/reviews/")
    press(page, NAME)
    press(page, "К оценочным листам")
    if page.get_by_role("link", name="Посмотреть, чьи они").count():
        press(page, "Посмотреть, чьи они")
        story.look(page, "whose they are")
        press(page, "С остальными меня ничто не связывает: читать")
    return page


def said(page: Page, words: str) -> None:
    """What the page says of what is typed."""
    expect(page.locator("[data-state]")).to_contain_text(words)


def score(
    story: Story, person: Person, title: str, total: str, *, is_flat: bool = False, minutes: int = 9
) -> Page:
    """An expert reads an application, fills its sheet, looks at it whole, and signs."""
    page = desk(story, person)
    press(page, title)
    given = marks(total, is_flat=is_flat)
    fill(page, {f"scores/{code}": mark for code, mark in given.items()})
    fill(page, COMMENTS | {"recommendation": "Поддержать"})
    said(page, "Сохранено в")
    expect(page.locator("[data-rating]")).to_have_text(f"{total} из 100".replace(".", ","))
    story.look(page, "score sheet")
    story.later(minutes=minutes)
    press(page, "Подписать оценочный лист")
    told(page, f"{total} из 100".replace(".", ","), COMMENTS["mend"])
    story.look(page, "before signing")
    press(page, "Подписать оценочный лист")
    told(page, "Контрольная сумма")
    story.look(page, "receipt")
    return page


def shown(total: str) -> str:
    """A rating as Russian readers see it."""
    return f"{Decimal(total):.2f}".replace(".", ",")
