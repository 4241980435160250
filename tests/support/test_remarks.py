"""A consultant beside a project: remarks to its words, who reads them, who is told."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sinergia.applications.actions.submitting import submit
from sinergia.applications.queries.submissions import read_frozen
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, CentreStaff, Membership, Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.starting import remove_project, share_project
from sinergia.projects.models import Project
from sinergia.support.actions.remarks import (
    LONGEST,
    Begun,
    answer_thread,
    begin_thread,
    reopen_thread,
    resolve_thread,
    take_back_remark,
)
from sinergia.support.models import Remark, Thread
from sinergia.support.queries.remarks import threads_for, waiting
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_person,
    a_project,
    a_ready_project,
    a_region,
    an_administrator,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_review import an_expert
from tests.support.arrange_beside import typed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(hours=1)
ASKS = Begun("problem", "Чем это доказано?", "кружков нет")


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
def project(organisation: Organisation, tamara: Person) -> Project:
    made = a_project("Завтра у реки", organisation=organisation)
    typed(made, tamara, {"problem": "Летом в посёлке\nкружков нет."})
    return share_project(made, is_shared=True, actor=tamara, now=NOON)


def told(person: Person) -> list[tuple[str, bool]]:
    return list(
        Notice.objects.filter(person=person).order_by("pk").values_list("code", "is_urgent")
    )


def seen_in(client: Client, person: Person, address: str) -> str:
    sign_in_twice(client, person)
    client.cookies["django_language"] = "en"
    return client.get(address).content.decode()


def test_a_remark_stands_at_words_of_a_field_and_the_other_side_is_told(
    project: Project, larisa: Person, tamara: Person
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)
    begin_thread(project, ASKS, actor=larisa, now=LATER)
    answer_thread(thread, "Опрос школы, приложим.", actor=tamara, now=LATER)

    assert (thread.path, thread.quote, thread.version) == ("problem", "кружков нет", 1)
    assert [one.text for one in thread.remarks.order_by("pk")] == [
        "Чем это доказано?",
        "Опрос школы, приложим.",
    ]
    assert (told(tamara), told(larisa)) == (
        [("support.remarked", False)],
        [("support.remarked", False)],
    )
    verbs = Entry.objects.filter(verb="remark.written").count()
    assert verbs == 2


def test_many_remarks_are_told_once_until_they_are_looked_at(
    project: Project, larisa: Person, tamara: Person
) -> None:
    for number in range(3):
        given = Begun("title", f"Замечание {number}")
        begin_thread(project, given, actor=larisa, now=NOON + timedelta(minutes=number))

    assert told(tamara) == [("support.remarked", False)]


def test_what_the_centre_says_the_day_before_the_end_is_told_at_once(
    organisation: Organisation, tamara: Person, centre: Centre, larisa: Person
) -> None:
    contest = a_contest(centre=centre)
    made = a_project(organisation=organisation, contest=contest)
    share_project(made, is_shared=True, actor=tamara, now=NOON)
    evening = NOON + timedelta(days=6, hours=6)  # its intake lasts a week
    thread = begin_thread(made, Begun("title", "Короче"), actor=larisa, now=evening)
    answer_thread(thread, "Сделали", actor=tamara, now=evening)

    assert (told(tamara), told(larisa)) == (
        [("support.remarked", True)],
        [("support.remarked", False)],
    )


def test_an_answer_is_told_to_the_consultant_who_spoke_and_not_to_the_others(
    project: Project, larisa: Person, tamara: Person, centre: Centre
) -> None:
    other = a_consultant("vera", centre=centre)
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)

    answer_thread(thread, "Опрос школы", actor=tamara, now=LATER)
    begin_thread(project, Begun("title", "Так?"), actor=tamara, now=LATER)

    assert (told(larisa), told(other)) == ([("support.remarked", False)], [])


def test_nobody_of_a_centre_that_does_not_read_along_is_told(
    project: Project, tamara: Person, larisa: Person
) -> None:
    share_project(project, is_shared=False, actor=tamara, now=NOON)

    begin_thread(project, ASKS, actor=tamara, now=NOON)

    assert told(larisa) == []


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (Begun("problem", " "), ["remark_empty"]),
        (Begun("problem", "я" * (LONGEST + 1)), ["remark_long"]),
        (Begun("nowhere", "Что?"), ["remark_nowhere"]),
        (Begun("lines/aaaaaa/order", "Что?"), ["remark_nowhere"]),
        (Begun("problem", "Что?", "таких слов нет"), ["quote_gone"]),
        (Begun("problem", "Что?", "я" * 2_001), ["quote_long"]),
    ],
)
def test_a_remark_without_words_or_to_what_is_not_there_is_refused(
    given: Begun, codes: list[str], project: Project, larisa: Person
) -> None:
    with pytest.raises(Refused) as refusal:
        begin_thread(project, given, actor=larisa, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == codes
    assert not Thread.objects.exists()


def test_words_are_found_across_the_lines_of_a_text(project: Project, larisa: Person) -> None:
    given = Begun("problem", "Чем доказано?", "в посёлке кружков")

    assert begin_thread(project, given, actor=larisa, now=NOON).quote == "в посёлке кружков"


def test_the_page_says_that_the_text_has_changed_since(
    client: Client, project: Project, larisa: Person, tamara: Person
) -> None:
    begin_thread(project, ASKS, actor=larisa, now=NOON)
    before = seen_in(client, tamara, f"/projects/{project.key}/remarks/")
    typed(project, tamara, {"problem": "Кружков нет: опрос 112 семей."})

    after = client.get(f"/projects/{project.key}/remarks/").content.decode()

    assert "the text has changed since" not in before
    assert "the text has changed since" in after


def test_of_a_row_its_new_place_is_no_other_text(
    client: Client, project: Project, larisa: Person, tamara: Person
) -> None:
    typed(project, tamara, {"tasks/aaaaaa/text": "Собрать детей"})
    begin_thread(project, Begun("tasks", "Одной мало"), actor=larisa, now=NOON)
    typed(project, tamara, {"tasks/aaaaaa/order": "2"})

    page = seen_in(client, larisa, f"/projects/{project.key}/remarks/")

    assert "the text has changed since" not in page


def test_a_thread_is_resolved_opened_again_and_an_answer_opens_it_too(
    project: Project, larisa: Person, tamara: Person
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)

    resolve_thread(thread, actor=tamara, now=NOON)
    resolve_thread(thread, actor=larisa, now=LATER)
    first = Thread.objects.get()
    reopen_thread(thread, actor=larisa, now=LATER)
    second = Thread.objects.get()
    resolve_thread(thread, actor=tamara, now=LATER)
    answer_thread(thread, "Ещё не всё", actor=larisa, now=LATER)
    third = Thread.objects.get()

    assert (first.resolved_at, first.resolved_by) == (NOON, tamara.key)
    assert (second.resolved_at, third.resolved_at, third.resolved_by) == (None, None, None)


def test_one_takes_back_ones_own_words_alone(
    project: Project, larisa: Person, tamara: Person
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)
    remark = thread.remarks.get()

    with pytest.raises(PermissionDenied):
        take_back_remark(remark, actor=tamara, now=NOON)
    take_back_remark(remark, actor=larisa, now=NOON)

    remark.refresh_from_db()
    assert (remark.text, remark.removed_at) == ("", NOON)


def test_a_thread_waits_for_the_side_that_did_not_speak_last(
    project: Project, larisa: Person, tamara: Person
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)
    asked = [waiting(threads_for(one), one).count() for one in (tamara, larisa)]
    answer_thread(thread, "Опрос", actor=tamara, now=NOON)
    answered = [waiting(threads_for(one), one).count() for one in (tamara, larisa)]
    resolve_thread(thread, actor=larisa, now=NOON)
    resolved = [waiting(threads_for(one), one).count() for one in (tamara, larisa)]

    assert (asked, answered, resolved) == ([1, 0], [0, 1], [0, 0])


def test_nobody_else_reads_a_remark_or_learns_that_it_is_there(
    client: Client, project: Project, larisa: Person, tamara: Person, centre: Centre
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    contest = a_contest(centre=next_door)
    expert = an_expert(contest=contest).person
    assert expert is not None
    strangers = [
        a_person("stranger"),
        a_leader("outsider", organisation=an_organisation("Чужие")),
        a_consultant("operator", centre=next_door),
        expert,
        an_administrator("root"),
    ]

    for one in strangers:
        sign_in_twice(client, one)
        addresses = (f"/remarks/{thread.key}/", f"/projects/{project.key}/remarks/")
        invented = (f"/remarks/{uuid4()}/", f"/projects/{uuid4()}/remarks/")
        assert {client.get(one).status_code for one in (*addresses, *invented)} == {404}
        assert "Чем это доказано" not in client.get("/remarks/?state=all").content.decode()
        with pytest.raises(PermissionDenied):
            answer_thread(thread, "Читаю", actor=one, now=NOON)


def test_the_centre_reads_no_more_when_the_project_is_not_shared_or_put_away(
    client: Client, project: Project, larisa: Person, tamara: Person
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)
    sign_in_twice(client, larisa)
    address = f"/remarks/{thread.key}/"
    shared = client.get(address).status_code
    share_project(project, is_shared=False, actor=tamara, now=NOON)
    alone = client.get(address).status_code
    share_project(project, is_shared=True, actor=tamara, now=NOON)
    remove_project(project, actor=tamara, now=NOON)

    assert (shared, alone, client.get(address).status_code) == (200, 404, 404)


def test_a_submitted_application_holds_no_remark(
    client: Client, organisation: Organisation, tamara: Person, centre: Centre, larisa: Person
) -> None:
    contest = a_contest(centre=centre)
    ready = a_ready_project(organisation=organisation, contest=contest)
    share_project(ready, is_shared=True, actor=tamara, now=NOON)
    begin_thread(ready, Begun("problem", "СЕКРЕТ консультанта"), actor=larisa, now=NOON)

    made = submit(ready, actor=tamara, now=NOON)

    assert "СЕКРЕТ" not in str(read_frozen(made).values)
    page = seen_in(client, larisa, f"/submissions/{made.key}/")
    assert "СЕКРЕТ" not in page


def test_the_form_loads_its_remarks_and_without_a_script_there_is_a_way_to_them(
    client: Client, project: Project, larisa: Person, tamara: Person
) -> None:
    begin_thread(project, ASKS, actor=larisa, now=NOON)
    address = f"/projects/{project.key}/remarks/about/"

    form = seen_in(client, tamara, f"/projects/{project.key}/form/about/")
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'data-hx-get="{address}"' in form
    assert f'href="{address}"' in form
    assert [("Чем это доказано?" in one, "<html" in one) for one in (whole, part)] == [
        (True, True),
        (True, False),
    ]
    assert "<form" not in part  # it stands in the form of the project


def test_words_are_quoted_and_answered_through_pages_without_a_script(
    client: Client, project: Project, larisa: Person, tamara: Person
) -> None:
    sign_in_twice(client, larisa)
    new = f"/projects/{project.key}/remarks/new/?path=problem&quote=кружков+нет"
    asked = client.get(new)
    missing = client.post(new, {"path": "problem", "quote": "нет таких", "text": "Что?"})
    sent = client.post(new, {"path": "problem", "quote": "кружков нет", "text": "<b>Где?</b>"})
    thread = Thread.objects.get()
    sign_in_twice(client, tamara)
    read = client.get(f"/projects/{project.key}/remarks/").content.decode()
    empty = client.post(f"/remarks/{thread.key}/", {"text": " "})
    answered = client.post(f"/remarks/{thread.key}/", {"text": "Здесь", "resolve": "yes"})

    assert "кружков нет</textarea>" in asked.content.decode()
    assert [one.status_code for one in (missing, sent, empty, answered)] == [422, 302, 422, 302]
    assert ("&lt;b&gt;Где?&lt;/b&gt;" in read, "<b>Где?" in read) == (True, False)
    thread.refresh_from_db()
    assert thread.resolved_at is not None
    assert Remark.objects.count() == 2


@pytest.mark.parametrize("address", ["/projects/{key}/remarks/", "/remarks/?state=all"])
def test_a_list_of_remarks_asks_as_often_for_three_as_for_one(
    address: str, client: Client, project: Project, larisa: Person, tamara: Person
) -> None:
    counts = []
    sign_in_twice(client, tamara)
    for number in range(3):
        begin_thread(project, Begun("title", f"Слово {number}"), actor=larisa, now=NOON)
        with CaptureQueriesContext(connection) as asked:
            client.get(address.format(key=project.key))
        counts.append(len(asked))

    assert counts[0] == counts[2] <= 16


def test_whoever_left_the_organisation_or_the_centre_writes_no_more(
    project: Project, larisa: Person, tamara: Person
) -> None:
    thread = begin_thread(project, ASKS, actor=larisa, now=NOON)
    Membership.objects.filter(person=tamara).update(until=NOON)
    CentreStaff.objects.filter(person=larisa).update(until=NOON)

    for one in (tamara, larisa):
        with pytest.raises(PermissionDenied):
            resolve_thread(thread, actor=one, now=LATER)
