"""A request for help: asked once, taken, appointed, answered, closed; read by whoever may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.journal.queries import entries_about
from sinergia.base.letters.models import Letter
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.support.access.help import appointment_token
from sinergia.support.actions.clients import ClientGiven, erase_client
from sinergia.support.actions.consultations import (
    Answering,
    Whom,
    put_back_consultation,
    remove_consultation,
    write_consultation,
)
from sinergia.support.actions.requests import (
    MOST_OPEN,
    Asked,
    Noted,
    appoint,
    ask_for_help,
    close_request,
    note_request,
    take_request,
)
from sinergia.support.models import Request
from sinergia.support.queries.requests import appointment_by, own_requests, requests_of
from sinergia.support.words.help import appointment_letter, called_off_letter
from tests.afterwards import codes_in, told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_project,
    a_region,
    an_organisation,
)
from tests.support.arrange_help import a_topic, told_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOON = NOON + timedelta(days=3)


@pytest.fixture
def centre() -> Centre:
    return a_centre("Центр А")


@pytest.fixture
def organisation(centre: Centre) -> Organisation:
    return an_organisation("Завтра у реки", region=centre.organisation.region)


@pytest.fixture
def tamara(organisation: Organisation) -> Person:
    return a_leader("tamara", organisation=organisation)


def test_a_request_goes_once_to_the_centre_of_the_region(
    centre: Centre, larisa: Person, organisation: Organisation, tamara: Person
) -> None:
    key = uuid4()
    for _press in range(2):
        row = ask_for_help(key, Asked("Устав", organisation), None, actor=tamara, now=NOON)

    assert (row.centre, Request.objects.count(), told(larisa)) == (
        *(centre, 1),
        ["support.request_asked"],
    )


def test_a_person_alone_asks_a_centre_that_they_choose(centre: Centre) -> None:
    anna = a_person("anna")
    with pytest.raises(Refused) as fault:
        ask_for_help(uuid4(), Asked(" "), None, actor=anna, now=NOON)
    assert codes_in(fault) == ["request.no_text", "request.no_centre"]

    row = ask_for_help(uuid4(), Asked("Как создать НКО?"), centre, actor=anna, now=NOON)

    assert (row.person, row.organisation) == (anna, None)


def test_nobody_asks_in_the_name_of_others_nor_about_their_projects(
    centre: Centre, organisation: Organisation, tamara: Person
) -> None:
    theirs = an_organisation("Чужие")
    with pytest.raises(PermissionDenied):
        ask_for_help(uuid4(), Asked("Устав", theirs), None, actor=tamara, now=NOON)
    project = a_project(organisation=theirs)
    asked = Asked("Смета", organisation, project)
    with pytest.raises(PermissionDenied):
        ask_for_help(uuid4(), asked, None, actor=tamara, now=NOON)


def test_one_person_waits_with_so_many_requests_at_most(centre: Centre) -> None:
    anna = a_person("anna")
    for number in range(MOST_OPEN):
        ask_for_help(uuid4(), Asked(f"Вопрос {number}"), centre, actor=anna, now=NOON)

    with pytest.raises(Refused) as fault:
        ask_for_help(uuid4(), Asked("Ещё"), centre, actor=anna, now=NOON)

    assert codes_in(fault) == ["request.too_many"]


def test_whoever_asked_is_told_of_each_turn(
    centre: Centre, larisa: Person, organisation: Organisation, tamara: Person
) -> None:
    row = ask_for_help(uuid4(), Asked("Устав", organisation), None, actor=tamara, now=NOON)
    for _press in range(2):
        take_request(row, actor=larisa, now=NOON)
        appoint(row, SOON, "Ленина, 1", actor=larisa, now=NOON)
    run_due_errands(now=NOON + timedelta(minutes=1))
    topic = a_topic(centre, larisa)
    answer = Answering(row, "Подаваться можно, приложите протокол.")
    whom = Whom(organisation=organisation)
    write_consultation(
        centre, uuid4(), whom, told_of(topic), actor=larisa, now=NOON, answering=answer
    )

    row.refresh_from_db()
    assert (row.stage, row.reply) == ("answered", "Подаваться можно, приложите протокол.")
    assert told(tamara) == [
        *("support.request_taken", "support.request_appointed", "support.request_answered"),
    ]
    with pytest.raises(Refused) as fault:
        appoint(row, SOON, "Ленина, 2", actor=larisa, now=NOON)
    assert codes_in(fault) == ["request.settled"]


def test_a_request_whose_answer_was_removed_is_in_work_again(
    centre: Centre, larisa: Person
) -> None:
    row = ask_for_help(uuid4(), Asked("Устав"), centre, actor=a_person("anna"), now=NOON)
    whom, told_there = Whom(made=ClientGiven("Анна")), told_of(a_topic(centre, larisa))
    lines = [
        write_consultation(
            centre, uuid4(), whom, told_there, actor=larisa, now=NOON, answering=Answering(row)
        )
        for _press in range(2)
    ]
    stages = []
    for act, line in (
        *((remove_consultation, one) for one in lines),
        *((put_back_consultation, one) for one in lines),
    ):
        act(line, actor=larisa, now=NOON)
        row.refresh_from_db()
        stages.append((str(row.stage), row.settled_at is None))

    answered, taken = ("answered", False), ("taken", True)
    assert stages == [answered, taken, answered, answered]
    verbs = [entry.verb for entry in entries_about("support.request", str(row.key))]
    assert verbs[:2] == ["request.answered", "request.reopened"]
    remove_consultation(lines[0], actor=larisa, now=NOON)
    remove_consultation(lines[1], actor=larisa, now=NOON)
    close_request(row, "Не нужно", actor=larisa, now=NOON)
    put_back_consultation(lines[0], actor=larisa, now=NOON)
    row.refresh_from_db()
    assert row.stage == "closed"


def test_a_client_without_an_account_gets_a_letter_with_a_calendar(
    centre: Centre, larisa: Person
) -> None:
    made = ClientGiven("Гривцова А. Е.", reach="grivtsova@example.org")
    noted = Noted(Asked("Клуб"), "Гривцова", "phone", made=made)
    row = note_request(centre, uuid4(), noted, actor=larisa, now=NOON)
    appoint(row, SOON, "Ленина, 1", actor=larisa, now=NOON)
    run_due_errands(now=NOON + timedelta(minutes=1))

    letter = Letter.objects.get(to="grivtsova@example.org")
    assert "Ленина, 1" in letter.text or letter.sent_at  # emptied once it went
    assert appointment_by(row.key) == row
    close_request(row, "Не нужно", actor=larisa, now=NOON)
    assert appointment_by(row.key) is None


@pytest.mark.parametrize("how", ["closed", "answered"])
def test_who_has_no_account_is_told_that_nobody_expects_them_any_more(
    centre: Centre, larisa: Person, how: str
) -> None:
    row = _an_appointed(centre, larisa)

    if how == "closed":
        close_request(row, "Нашлось решение", actor=larisa, now=NOON)
    else:
        answer = Answering(row, "Нашлось решение")
        topic = told_of(a_topic(centre, larisa))
        whom = Whom(client=row.client)
        write_consultation(centre, uuid4(), whom, topic, actor=larisa, now=NOON, answering=answer)
    run_due_errands(now=NOON + timedelta(minutes=2))

    (letter,) = Letter.objects.filter(to="grivtsova@example.org")  # the first is overtaken by it
    assert letter.subject != appointment_letter(row).subject
    assert "Нашлось решение" in letter.text


def test_an_appointment_that_has_passed_is_called_off_to_nobody(
    centre: Centre, larisa: Person
) -> None:
    row = _an_appointed(centre, larisa)

    close_request(row, "Пришла", actor=larisa, now=SOON + timedelta(hours=1))

    assert not Errand.objects.filter(name="support.tell_called_off").exists()


def test_an_appointment_that_was_called_off_by_mistake_is_told_anew(
    centre: Centre, larisa: Person
) -> None:
    row = _an_appointed(centre, larisa)
    whom, topic = Whom(client=row.client), told_of(a_topic(centre, larisa))
    answering = Answering(row, "Нашлось решение")
    said = write_consultation(
        centre, uuid4(), whom, topic, actor=larisa, now=NOON, answering=answering
    )
    run_due_errands(now=NOON + timedelta(minutes=2))

    subjects = []
    for act in (remove_consultation, put_back_consultation):
        act(said, actor=larisa, now=NOON + timedelta(hours=1))
        run_due_errands(now=NOON + timedelta(hours=2))
        last = Letter.objects.filter(to="grivtsova@example.org").latest("pk")
        subjects.append(last.subject)

    told = [appointment_letter(row).subject, called_off_letter(row).subject]
    assert subjects == [one.replace("\xa0", " ") for one in told]


def test_what_answers_at_the_appointed_hour_calls_nothing_off(
    centre: Centre, larisa: Person
) -> None:
    row = _an_appointed(centre, larisa)
    whom, topic = Whom(client=row.client), told_of(a_topic(centre, larisa))
    at = SOON - timedelta(minutes=5)

    write_consultation(
        centre, uuid4(), whom, topic, actor=larisa, now=at, answering=Answering(row, "Пришла")
    )

    assert not Errand.objects.filter(name="support.tell_called_off").exists()


def _an_appointed(centre: Centre, larisa: Person) -> Request:
    """A request of somebody without an account, who is expected in three days."""
    made = ClientGiven("Гривцова А. Е.", reach="grivtsova@example.org")
    noted = Noted(Asked("Клуб"), "Гривцова", "phone", made=made)
    row = note_request(centre, uuid4(), noted, actor=larisa, now=NOON)
    return appoint(row, SOON, "Ленина, 1", actor=larisa, now=NOON)


def test_where_nobody_can_be_written_to_the_page_says_to_phone(
    client: Client, centre: Centre, larisa: Person
) -> None:
    made = ClientGiven("Гривцова А. Е.", reach="8 900 000-00-00")
    noted = Noted(Asked("Клуб"), "Гривцова", "phone", made=made)
    row = note_request(centre, uuid4(), noted, actor=larisa, now=NOON)
    appoint(row, timezone.now() + timedelta(days=2), "Ленина, 1", actor=larisa, now=NOON)
    client.force_login(larisa)
    client.cookies["django_language"] = "en"

    url = reverse("help:close", args=[row.key])
    told = client.post(url, {"why": "Не нужно"}, follow=True).content.decode()

    assert "Nobody could be written to: phone them." in told


def test_who_is_forgotten_leaves_no_letter_with_their_address(
    centre: Centre, larisa: Person
) -> None:
    made = ClientGiven("Гривцова А. Е.", reach="Grivtsova@example.org")
    noted = Noted(Asked("Клуб"), "Гривцова", "phone", made=made)
    row = note_request(centre, uuid4(), noted, actor=larisa, now=NOON)
    appoint(row, SOON, "Ленина, 1", actor=larisa, now=NOON)
    run_due_errands(now=NOON + timedelta(minutes=1))
    assert (Letter.objects.count(), row.client is not None) == (1, True)

    erase_client(row.client, actor=larisa, now=NOON)  # type: ignore[arg-type]  # it has one

    assert Letter.objects.count() == 0


def test_an_appointment_lies_ahead_and_has_a_place(centre: Centre, larisa: Person) -> None:
    row = ask_for_help(uuid4(), Asked("Устав"), centre, actor=a_person("anna"), now=NOON)

    with pytest.raises(Refused) as fault:
        appoint(row, NOON, " ", actor=larisa, now=NOON)

    assert codes_in(fault) == ["request.past", "request.no_place"]


def test_closing_asks_for_words_and_whoever_asked_may_close(centre: Centre, larisa: Person) -> None:
    anna = a_person("anna")
    row = ask_for_help(uuid4(), Asked("Устав"), centre, actor=anna, now=NOON)
    with pytest.raises(Refused) as fault:
        close_request(row, " ", actor=larisa, now=NOON)
    assert codes_in(fault) == ["request.no_words"]
    with pytest.raises(PermissionDenied):
        close_request(row, "Не нужно", actor=a_person("boris"), now=NOON)

    close_request(row, "Разобралась сама", actor=anna, now=NOON)

    row.refresh_from_db()
    assert (row.stage, row.why, told(anna)) == ("closed", "Разобралась сама", [])


def test_requests_are_read_by_their_centre_and_by_whoever_asked(
    centre: Centre, organisation: Organisation, tamara: Person
) -> None:
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    neighbour = a_consultant("neighbour", centre=other)
    editor = a_leader("editor", organisation=organisation, role="editor")
    row = ask_for_help(uuid4(), Asked("Устав", organisation), None, actor=tamara, now=NOON)

    assert list(requests_of(other)) == []
    assert [list(own_requests(one)) for one in (tamara, editor, neighbour)] == [[row], [], []]
    for act in (take_request,):
        with pytest.raises(PermissionDenied):
            act(row, actor=neighbour, now=NOON)
    with pytest.raises(PermissionDenied):
        appoint(row, SOON, "Ленина, 1", actor=neighbour, now=NOON)


def test_the_token_of_a_calendar_is_of_one_request() -> None:
    assert appointment_token(uuid4()) != appointment_token(uuid4())
