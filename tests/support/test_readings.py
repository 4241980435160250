"""The reading of a draft: asked for, promised, given; what hindered then and now; the reminder."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre, CentreStaff, Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.starting import share_project
from sinergia.projects.models import Project, Revision
from sinergia.support.actions.readings import (
    LONGEST,
    Asked,
    ask_reading,
    give_reading,
    promise_reading,
    take_back_reading,
)
from sinergia.support.models import Reading
from sinergia.support.queries.readings import ReadingFilter, asked_for, readings_at
from tests.afterwards import told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_project,
    a_ready_project,
    a_region,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_review import an_expert
from tests.support.arrange_beside import typed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
TODAY = timezone.localdate(NOON)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("Рудный Лог: соседи")


@pytest.fixture
def tamara(organisation: Organisation) -> Person:
    return a_leader("tamara", organisation=organisation)


@pytest.fixture
def project(organisation: Organisation, tamara: Person, centre: Centre) -> Project:
    return a_project("Завтра у реки", organisation=organisation)


def open_page(client: Client, person: Person, address: str) -> str:
    sign_in_twice(client, person)
    client.cookies["django_language"] = "en"
    return client.get(address).content.decode()


def test_a_reading_is_asked_for_once_shares_the_project_and_keeps_what_stands_there(
    project: Project, tamara: Person, larisa: Person
) -> None:
    made = ask_reading(project, Asked("Смета", TODAY + 2 * DAY), actor=tamara, now=NOON)
    again = ask_reading(project, Asked("Ещё раз"), actor=tamara, now=NOON + DAY)

    project.refresh_from_db()
    assert (again.pk, made.words, made.wished_on) == (made.pk, "Смета", TODAY + 2 * DAY)
    assert project.is_shared
    assert made.before > 0
    assert Revision.objects.get(project=project).pk == made.revision_id
    assert told(larisa) == ["support.reading_asked"]
    assert Entry.objects.filter(verb="project.reading_asked").count() == 1


def test_the_whole_way_of_a_reading_is_told_to_whoever_asked(
    project: Project, tamara: Person, larisa: Person
) -> None:
    made = ask_reading(project, Asked(), actor=tamara, now=NOON)
    promise_reading(made, TODAY + 3 * DAY, actor=larisa, now=NOON)
    promise_reading(made, TODAY + 3 * DAY, actor=larisa, now=NOON)
    typed(project, tamara, {"summary": "Площадка у реки", "problem": "Кружков нет"})
    given = give_reading(made, "Сильная цель, смета сыра.", actor=larisa, now=NOON + DAY)
    give_reading(made, "Иначе", actor=larisa, now=NOON + DAY)

    assert told(tamara) == ["support.reading_promised", "support.reading_given"]
    assert (given.stage, given.summary, given.reader) == (
        "given",
        "Сильная цель, смета сыра.",
        larisa,
    )
    assert given.after is not None
    assert given.after < given.before
    assert Reading.objects.get().summary == "Сильная цель, смета сыра."


def test_a_colleague_takes_a_reading_over_and_the_day_is_moved(
    project: Project, tamara: Person, larisa: Person, centre: Centre
) -> None:
    made = ask_reading(project, Asked(), actor=tamara, now=NOON)
    vera = a_consultant("vera", centre=centre)

    promise_reading(made, TODAY + DAY, actor=larisa, now=NOON)
    moved = promise_reading(made, TODAY + 2 * DAY, actor=vera, now=NOON)

    assert (moved.reader, moved.promised_on) == (vera, TODAY + 2 * DAY)
    assert told(tamara) == ["support.reading_promised"] * 2


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_has_passed_or_is_years_away_is_neither_wished_nor_promised(
    days: int, project: Project, tamara: Person, larisa: Person
) -> None:
    with pytest.raises(Refused) as wished:
        ask_reading(project, Asked("", TODAY + days * DAY), actor=tamara, now=NOON)
    made = ask_reading(project, Asked(), actor=tamara, now=NOON)
    with pytest.raises(Refused) as promised:
        promise_reading(made, TODAY + days * DAY, actor=larisa, now=NOON)

    assert [(one.code, one.path) for one in (*wished.value.gaps, *promised.value.gaps)] == [
        ("reading_day", "wished_on"),
        ("reading_day", "promised_on"),
    ]


def test_without_a_centre_in_the_region_nobody_is_asked(
    organisation: Organisation, tamara: Person
) -> None:
    made = a_project(organisation=organisation)

    with pytest.raises(Refused) as refusal:
        ask_reading(made, Asked("я" * 2_001), actor=tamara, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["no_centre", "words_long"]


@pytest.mark.parametrize(
    ("summary", "code"), [(" ", "summary_empty"), ("я" * (LONGEST + 1), "summary_long")]
)
def test_a_reading_is_not_given_without_a_summary(
    summary: str, code: str, project: Project, tamara: Person, larisa: Person
) -> None:
    made = ask_reading(project, Asked(), actor=tamara, now=NOON)

    with pytest.raises(Refused) as refusal:
        give_reading(made, summary, actor=larisa, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == [code]


def test_what_is_taken_back_is_neither_promised_nor_given(
    project: Project, tamara: Person, larisa: Person
) -> None:
    made = ask_reading(project, Asked(), actor=tamara, now=NOON)
    promise_reading(made, TODAY + DAY, actor=larisa, now=NOON)
    take_back_reading(made, actor=tamara, now=NOON)
    take_back_reading(made, actor=tamara, now=NOON)

    acts: tuple[Callable[[], object], ...] = (
        partial(promise_reading, made, TODAY + DAY, actor=larisa, now=NOON),
        partial(give_reading, made, "Поздно", actor=larisa, now=NOON),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert told(larisa) == ["support.reading_asked", "support.reading_taken_back"]
    assert ask_reading(project, Asked(), actor=tamara, now=NOON).pk != made.pk


def test_each_side_has_its_own_verbs(
    project: Project, tamara: Person, larisa: Person, centre: Centre
) -> None:
    made = ask_reading(project, Asked(), actor=tamara, now=NOON)
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    stranger = a_consultant("neighbour", centre=next_door)

    acts: tuple[Callable[[], object], ...] = (
        partial(promise_reading, made, TODAY, actor=tamara, now=NOON),
        partial(give_reading, made, "Сама", actor=tamara, now=NOON),
        partial(take_back_reading, made, actor=larisa, now=NOON),
        partial(promise_reading, made, TODAY, actor=stranger, now=NOON),
        partial(ask_reading, project, Asked(), actor=stranger, now=NOON),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_reader_is_reminded_the_morning_before_and_not_if_it_is_read_or_moved(
    organisation: Organisation, project: Project, tamara: Person, larisa: Person
) -> None:
    now = timezone.now()
    day = timezone.localdate(now)
    kept = ask_reading(project, Asked(), actor=tamara, now=now)
    moved = ask_reading(
        a_project("Второй", organisation=organisation), Asked(), actor=tamara, now=now
    )
    given = ask_reading(
        a_project("Третий", organisation=organisation), Asked(), actor=tamara, now=now
    )
    for one in (kept, moved, given):
        promise_reading(one, day + 5 * DAY, actor=larisa, now=now)
    promise_reading(moved, day + 9 * DAY, actor=larisa, now=now)
    give_reading(given, "Хорошо", actor=larisa, now=now)

    run_due_errands(now=now + 3 * DAY)
    early = told(larisa).count("support.reading_near")
    run_due_errands(now=now + 5 * DAY)
    run_due_errands(now=now + 6 * DAY)

    assert (early, told(larisa).count("support.reading_near")) == (0, 1)


def test_the_centre_sees_what_is_overdue_and_nothing_of_others(
    organisation: Organisation, project: Project, tamara: Person, larisa: Person, centre: Centre
) -> None:
    ask_reading(project, Asked("", TODAY + DAY), actor=tamara, now=NOON)
    late = a_project("Опоздали", organisation=organisation)
    made = ask_reading(late, Asked(), actor=tamara, now=NOON)
    promise_reading(made, TODAY + DAY, actor=larisa, now=NOON)
    hidden = a_project("Закрыт", organisation=organisation)
    ask_reading(hidden, Asked(), actor=tamara, now=NOON)
    share_project(hidden, is_shared=False, actor=tamara, now=NOON)
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))

    def found(state: str, day: int) -> list[str]:
        rows = readings_at(centre)
        asked = asked_for(rows, ReadingFilter(state=state), larisa, today=TODAY + day * DAY)
        return [one.project.title for one in asked]

    assert found("", 0) == ["Опоздали", "Завтра у реки"]
    assert (found("overdue", 1), found("overdue", 2)) == ([], ["Опоздали", "Завтра у реки"])
    assert (found("asked", 0), found("mine", 0)) == (["Завтра у реки"], ["Опоздали"])
    assert list(readings_at(next_door)) == []


def test_a_reading_is_asked_promised_and_given_through_pages(
    client: Client, project: Project, tamara: Person, larisa: Person
) -> None:
    day = timezone.localdate() + DAY
    sign_in_twice(client, tamara)
    asked = {"words": "<i>Смета</i>", "wished_on": day.isoformat()}
    client.post(f"/projects/{project.key}/readings/", asked)
    made = Reading.objects.get()
    seen = open_page(client, larisa, "/readings/")
    early = client.post(f"/readings/{made.key}/promise/", {"promised_on": "2020-01-01"})
    client.post(f"/readings/{made.key}/promise/", {"promised_on": day.isoformat()})
    empty = client.post(f"/readings/{made.key}/give/", {"summary": ""})
    client.post(f"/readings/{made.key}/give/", {"summary": "Цель сильная."})
    page = open_page(client, tamara, f"/readings/{made.key}/")
    history = client.get(f"/projects/{project.key}/readings/").content.decode()

    assert "Завтра у реки" in seen
    assert (early.status_code, empty.status_code) == (422, 422)
    assert ("Цель сильная." in page, "&lt;i&gt;Смета" in page, "<i>Смета" in page) == (
        True,
        True,
        False,
    )
    assert f"/history/{made.revision.key}/" in page
    assert f"/readings/{made.key}/" in history


def test_the_projects_page_names_the_history_of_its_readings(
    client: Client, project: Project, tamara: Person
) -> None:
    ask_reading(project, Asked(), actor=tamara, now=NOON)
    address = f"/projects/{project.key}/readings/"
    page = open_page(client, tamara, f"/projects/{project.key}/")
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'data-hx-get="{address}"' in page
    assert (part.count("<html"), part.count("<tbody><tr>")) == (0, 1)


def test_a_file_of_readings_holds_the_rows_that_are_asked_for(
    client: Client, project: Project, tamara: Person, larisa: Person
) -> None:
    ask_reading(project, Asked(), actor=tamara, now=NOON)
    sign_in_twice(client, larisa)

    file = client.get("/readings/export.xlsx?state=asked").content
    none = client.get("/readings/export.csv?state=given").content.decode("utf-8-sig")

    (sheet,) = [CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()]
    assert [row[0] for row in sheet[1:]] == ["Завтра у реки"]
    assert len(none.splitlines()) == 1
    assert client.get("/readings/export.pdf").status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person
) -> None:
    counts = []
    sign_in_twice(client, larisa)
    for number in range(3):
        made = a_project(f"Проект {number}", organisation=organisation)
        ask_reading(made, Asked(), actor=tamara, now=NOON)
        with CaptureQueriesContext(connection) as asked:
            client.get("/readings/")
        counts.append(len(asked))

    assert counts[0] == counts[2] <= 12


def test_an_expert_of_the_contest_and_whoever_left_the_centre_see_no_reading(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    ready = a_ready_project(organisation=organisation, contest=contest)
    made = ask_reading(ready, Asked(), actor=tamara, now=NOON)
    CentreStaff.objects.filter(person=larisa).update(until=NOON)
    expert = an_expert(contest=contest).person
    assert expert is not None

    for one in (larisa, expert):
        sign_in_twice(client, one)
        assert client.get(f"/readings/{made.key}/").status_code == 404
        assert client.get("/readings/").status_code == 403
