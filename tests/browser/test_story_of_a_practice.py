"""The acceptance story through pages alone, in Russian: from a visit to a new practice.

A delegate takes a practice home from a visit within a programme of exchange; it becomes a project,
wins the contest of the home region and gets a grant; a resident joins, the report is accepted, the
grant is closed and told as a practice of its own; the page of the visit shows all of it. Before are
only: two regions with their centres and people, two organisations and one published practice.
"""

from datetime import date

import pytest

from sinergia.base.errands.models import Errand
from sinergia.base.errands.periodic import set_turns
from sinergia.organisations.models import LegalForm, Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import (
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_person,
    a_region,
    a_theme,
)
from tests.browser.award_story import compose, publish, review, score, sit
from tests.browser.conftest import OpenPage, SetClock, SignIn
from tests.browser.grant_story import (
    YEAR_LATER,
    account,
    begin_grant,
    check,
    close,
    confirm,
    join,
    make_practice,
    open_to_all,
    publish_practice,
    report,
    report_whole,
    run_at_home,
    sign,
)
from tests.browser.practice_story import (
    PROJECT,
    Walk,
    announce,
    come_home,
    hand_in,
    make_contest,
    travel,
    write_project,
)
from tests.browser.visit_story import (
    IDEA,
    NAME,
    VISIT,
    Axe,
    ask_host,
    begin_programme,
    build_programme,
    called,
    go,
    invite,
    known,
    make_project,
    make_visit,
    say_wishes,
    take_home,
    tell,
    told,
)
from tests.practices.arrange import published
from tests.review.arrange_experts import with_mailbox

pytestmark = pytest.mark.browser

PRACTICE = "Домашний маршрут"


def may_apply(name: str, region: Region) -> Organisation:
    """An organisation that is known, registered long ago."""
    made = known(name, region)
    made.legal_form = LegalForm.objects.create(code="71400", name_ru="АНО")
    made.registered_on = date(2015, 1, 1)
    made.save(update_fields=["legal_form", "registered_on"])
    return made


def somebody(name: str, person: Person) -> Person:
    """Whose address is confirmed: of others the worker forgets the account in a week."""
    return called(name, with_mailbox(person))


@pytest.fixture
def story(
    database: None, open_page: OpenPage, sign_in: SignIn, axe: Axe, set_clock: SetClock
) -> Walk:
    set_clock(IDEA)
    set_turns(now=IDEA)
    there, here = a_region(), a_region("XB-YAR", "Ярогорский край")
    a_centre("Центр области", region=there)
    centre = a_centre("Центр края", region=here)
    a_municipality("Светлоборск", region=there)
    a_municipality("Рудный Лог", region=here)
    host, home = known("Полтора шага", there), may_apply("Завтра у реки", here)
    theme = a_theme("Помощь детям с ОВЗ", region=there)
    a_theme("Семья и дети", region=here)
    published(PRACTICE, organisation=host, theme=theme, receives_visits=True)
    return Walk(
        *(open_page, sign_in, axe, set_clock),
        somebody("Дорохова Ирина Павловна", a_consultant("irina", centre=centre)),
        somebody("Яровая Тамара Ивановна", a_leader("tamara", organisation=home)),
        somebody("Лисицына Мария Олеговна", a_leader("maria", organisation=host)),
        head=somebody("Чибисов Роман Олегович", a_consultant("roman", centre=centre, role="head")),
        experts=(
            somebody("Гордеев Павел Николаевич", a_person("gordeev")),
            somebody("Лапина Ольга Сергеевна", a_person("lapina")),
        ),
        secretary=somebody("Полякова Анна Петровна", a_person("polyakova")),
    )


def read_thread(story: Walk) -> None:
    """A year later the page of the visit shows its centre the whole thread, each step from one."""
    story.later(YEAR_LATER)
    page = story.phone(story.coordinator)
    go(page, story.visit)
    story.open_tab(page, "Что из этого выросло")
    rows = page.locator("#table tbody tr")
    steps = [
        tuple(cell.strip() for cell in rows.nth(at).locator("th, td").all_inner_texts()[:3])
        for at in range(rows.count())
    ]
    assert steps == [
        (NAME, "Программа обмена", "—"),
        (VISIT, "Поездка", NAME),
        (PRACTICE, "Намерение", VISIT),
        ("Завтра у реки", "Внедрение", PRACTICE),
        (PROJECT, "Проект", f"Завтра у реки; {PRACTICE}"),
        (PROJECT, "Заявка", PROJECT),
        ("Договор № 1-27", "Грант", PROJECT),
        ("Отчёт за этап 1", "Отчёт", "Договор № 1-27"),
        ("Итоговый отчёт", "Отчёт", "Договор № 1-27"),
        ("Семьи занимаются дома", "Результат", "Итоговый отчёт"),
        (PROJECT, "Новая практика", "Семьи занимаются дома; Завтра у реки"),
    ]
    told(page, "Победитель конкурса", "60\xa0000\xa0₽", "46 при обещанных 46", "Закрыт")
    story.look(page, "thread")


def read_as_a_resident(story: Walk) -> None:
    """Whoever has not signed in reads of it, too, and the page of the region counts it."""
    page = story.phone()
    go(page, story.visit)
    story.open_tab(page, "Что из этого выросло")
    told(page, "Победитель конкурса", "Новая практика")
    go(page, story.public)
    told(page, "46 из 46")
    story.look(page, "page of a closed project")
    go(page, "/regions/XB-YAR/contests/")
    told(page, "Присоединились к проектам")
    go(page, "/regions/XB-YAR/")
    heading = page.get_by_role("heading", name="Практики, обмен опытом, участники проектов")
    counted = page.locator("section").filter(has=heading).locator(".figure").all_inner_texts()
    assert [" ".join(one.split()) for one in counted] == [
        "1 Практики в каталоге",
        "1 Практик применяют здесь",
        "1 Поездки из региона и в регион",
        "1 Заявок выросло из них",
        "1 Из них победили: 60 000 ₽",
        "1 Присоединились к проектам, человек",
    ]
    story.look(page, "region")


def test_what_was_seen_on_a_visit_becomes_a_grant_of_home_and_a_practice_for_others(
    story: Walk,
) -> None:
    for prepare in (begin_programme, make_visit, invite, say_wishes, build_programme, ask_host):
        prepare(story)
    tell(story)
    travel(story)
    take_home(story)
    come_home(story)
    make_project(story)
    make_contest(story)
    announce(story)
    write_project(story)
    hand_in(story)
    review(story)
    score(story)
    compose(story)
    sit(story)
    publish(story)
    begin_grant(story)
    sign(story)
    run_at_home(story)
    open_to_all(story)
    join(story)
    confirm(story)
    report(story)
    account(story)
    check(story, "check of the report")
    report_whole(story)
    check(story, "check of the final report")
    close(story)
    make_practice(story)
    publish_practice(story)
    read_thread(story)
    read_as_a_resident(story)

    assert story.faults == {}
    assert not Errand.objects.exclude(last_error="").values_list("name", "last_error")
