"""Pages of a practice: written by its own people, checked by the centre, read by everybody."""

import json
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.files import attach
from sinergia.practices.actions.publishing import Published, Returned, return_practice
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.actions.withdrawing import withdraw_practice
from sinergia.practices.models import Check, Practice, PracticeFile, Remark
from sinergia.practices.queries.writing import written
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    an_application,
    an_organisation,
    an_upload,
)
from tests.practices.arrange_writing import a_begun_practice, a_ready_practice, publish, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation, client: Client) -> Person:
    made = a_leader(organisation=organisation)
    client.force_login(made)
    return made


@pytest.fixture
def consultant(organisation: Organisation) -> Person:
    return a_consultant(centre=a_centre(region=organisation.region))


@pytest.fixture
def practice(organisation: Organisation, leader: Person) -> Practice:
    return a_ready_practice(organisation=organisation, actor=leader)


@pytest.fixture
def published(practice: Practice, leader: Person, consultant: Person) -> Practice:
    people = {
        "contacts/aaaaaa/name": "Ковалёва",
        "contacts/aaaaaa/shown": "members",
        "contacts/bbbbbb/name": "Закрытая",
        "contacts/bbbbbb/reach": "8 900",
        "cost_start": "412 000",
    }
    write(practice, people, actor=leader)
    publish(practice, author=leader, consultant=consultant)
    return practice


def test_a_practice_is_begun_with_a_title_and_goes_on_at_its_card(
    client: Client, organisation: Organisation, leader: Person
) -> None:
    sent = {"organisation": str(organisation.key), "title": "Двор", "key": str(uuid4())}

    made = client.post("/practices/new/", sent)
    again = client.post("/practices/new/", sent)

    practice = Practice.objects.get()
    assert made["Location"] == again["Location"] == f"/practices/{practice.key}/form/card/"
    page = client.get(f"/practices/{practice.key}/writing/", headers={"accept-language": "en"})
    assert "6 answers are missing for the card" in page.content.decode()


def test_whoever_acts_for_nobody_is_led_to_the_register(client: Client) -> None:
    client.force_login(a_person())

    assert 'href="/organisations/"' in client.get("/practices/new/").content.decode()


def test_the_centre_begins_one_for_an_organisation_it_serves(
    client: Client, organisation: Organisation, consultant: Person
) -> None:
    client.force_login(consultant)
    address = f"/practices/new/?organisation={organisation.key}"
    sent = {"organisation": str(organisation.key), "title": "Двор", "key": str(uuid4())}

    unsaid = client.post(address, sent)
    said = client.post(address, sent | {"told_by": "Яровая Т. И."})

    assert (unsaid.status_code, said.status_code) == (422, 302)
    assert "Яровая Т. И." in client.get("/practices/mine/").content.decode()


def test_a_text_is_saved_as_one_types_and_a_conflict_shows_the_other(
    client: Client, practice: Practice, organisation: Organisation
) -> None:
    address = f"/practices/{practice.key}/save/"

    saved = client.post(address, {"path": "effect", "text": "Спокойнее", "base": 0})
    write(practice, {"effect": "Иначе"}, actor=a_leader("Вера", organisation=organisation))
    clash = client.post(address, {"path": "effect", "text": "Моё", "base": 1})

    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    assert (clash.status_code, clash.json()["text"], clash.json()["who"]) == (409, "Иначе", "Вера")


def test_without_a_script_a_section_is_saved_whole_and_leads_to_the_next(
    client: Client, practice: Practice
) -> None:
    address = f"/practices/{practice.key}/form/costs/"
    sent = {"cost_start": "412 000", "versions": "{}", "go": "next"}

    answer = client.post(address, sent)
    more = client.post(address, {"versions": "{}", "add": "funding"})

    assert answer["Location"] == f"/practices/{practice.key}/form/results/"
    assert more["Location"] == f"{address}?add=funding#b-funding"
    assert written(practice).values["cost_start"] == "412 000"


def test_without_a_script_both_texts_are_shown(
    client: Client, practice: Practice, organisation: Organisation
) -> None:
    write(practice, {"effect": "Их текст"}, actor=a_leader("Вера", organisation=organisation))
    sent = {"effect": "Мой текст", "versions": "{}"}

    page = client.post(f"/practices/{practice.key}/form/results/", sent)

    text = page.content.decode()
    assert (page.status_code, "Их текст" in text, "Мой текст" in text) == (409, True, True)


def test_sent_too_early_it_says_what_is_missing_and_where(
    client: Client, organisation: Organisation, leader: Person
) -> None:
    begun = a_begun_practice(organisation=organisation, actor=leader)

    page = client.post(f"/practices/{begun.key}/send/")

    text = page.content.decode()
    assert page.status_code == 422
    assert f"/practices/{begun.key}/form/card/#f-essence" in text
    assert f"/practices/{begun.key}/form/card/#b-audiences" in text


def test_it_is_sent_returned_with_a_remark_answered_and_published_through_pages(
    client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    desk = Client()
    desk.force_login(consultant)
    client.post(f"/practices/{practice.key}/send/")
    sent = str(Check.objects.get().sent.key)
    waiting = desk.get("/desk/").content.decode()
    nothing = desk.post(f"/practices/{practice.key}/check/return/", {"sent": sent})
    remark = {"sent": sent, "remark_card": "Сколько семей?"}
    desk.post(f"/practices/{practice.key}/check/return/", remark)
    back = client.get(f"/practices/{practice.key}/form/card/").content.decode()
    found = Remark.objects.get()
    tasks = client.get("/desk/").content.decode()
    client.post(f"/practices/{practice.key}/remarks/{found.key}/", {"answer": "46"})
    client.post(f"/practices/{practice.key}/send/")
    page = desk.get(f"/practices/{practice.key}/check/").content.decode()
    sent = str(Check.objects.get(outcome="waiting").sent.key)

    done = desk.post(f"/practices/{practice.key}/check/publish/", {"sent": sent, "evidence": ""})

    assert "/practices/checks/" in waiting
    assert f"/practices/{practice.key}/writing/" in tasks
    assert nothing.status_code == 422
    assert "Сколько семей?" in back
    assert "46" in page
    assert done["Location"] == f"/practices/{practice.key}/"
    card = client.get(f"/practices/{practice.key}/form/card/").content.decode()
    assert "Сколько семей?" not in card


@pytest.mark.parametrize("typed", ["Я" * 4_001, " "])
def test_an_answer_that_is_not_taken_stays_typed(
    typed: str, client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    remark = a_remark(practice, leader, consultant)

    answer = client.post(f"/practices/{practice.key}/remarks/{remark.key}/", {"answer": typed})

    assert (answer.status_code, "Сколько семей?" in answer.text) == (422, True)
    assert f'href="#answer-{remark.key}"' in answer.text
    assert typed.strip() in answer.text
    assert Remark.objects.get().answered_at is None


def test_an_answer_to_what_a_colleague_has_answered_stays_typed_beside_theirs(
    client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    remark = a_remark(practice, leader, consultant)
    url = f"/practices/{practice.key}/remarks/{remark.key}/"
    client.post(url, {"answer": "46 семей\r\nи ещё две"})
    again = client.post(url, {"answer": "46 семей\r\nи ещё две"})

    mine = client.post(url, {"answer": "Дописали в карточку"})

    assert (again.status_code, mine.status_code) == (302, 422)
    assert ["и ещё две" in mine.text, "Дописали в карточку" in mine.text] == [True, True]
    assert Remark.objects.get().answer == "46 семей\nи ещё две"


def a_remark(practice: Practice, leader: Person, consultant: Person) -> Remark:
    sent = send_practice(practice, actor=leader, now=NOON).sent.key
    said = Returned("", {"card": "Сколько семей?"})
    return_practice(practice, sent, said, actor=consultant, now=NOON)
    return Remark.objects.get()


def test_a_row_is_named_by_the_words_of_its_choice(client: Client, practice: Practice) -> None:
    card = client.get(f"/practices/{practice.key}/form/card/").content.decode()

    assert '<span class="visually-hidden"> special-children</span>' not in card
    assert '<span class="visually-hidden"> Дети с ОВЗ и их родители</span>' in card


def test_a_level_without_its_ground_is_told_beside_its_field(
    client: Client, practice: Practice, consultant: Person
) -> None:
    client.post(f"/practices/{practice.key}/send/")
    client.force_login(consultant)
    sent = {"sent": str(Check.objects.get().sent.key), "evidence": "3", "ground": ""}

    page = client.post(f"/practices/{practice.key}/check/publish/", sent)

    assert page.status_code == 422
    assert 'id="forth-ground"' in page.content.decode()


def test_what_is_not_published_is_not_there_for_others(client: Client, practice: Practice) -> None:
    stranger = Client()
    stranger.force_login(a_person("stranger"))
    address = f"/practices/{practice.key}/"

    assert [Client().get(address).status_code, stranger.get(address).status_code] == [404, 404]
    assert client.get(address)["Location"] == f"{address}writing/"
    assert Client().get(f"{address}passport-ru.pdf").status_code == 404


def test_everybody_reads_the_card_and_of_people_what_their_authors_say(
    client: Client, published: Practice
) -> None:
    address = f"/practices/{published.key}/"
    visitor = Client().get(address, headers={"accept-language": "ru"}).content.decode()
    member = client.get(address).content.decode()

    assert "412\u00a0000\u00a0₽" in visitor
    assert "Реабилитолог приезжает в сёла" in visitor
    assert ("Ковалёва" in visitor, "Ковалёва" in member) == (False, True)
    assert "Закрытая" not in visitor + member
    assert "8 900" not in visitor + member


def test_who_confirmed_a_level_is_named_to_its_authors_alone(
    client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    said = Published(evidence=3, ground="Отчёт 2025 года")
    publish(practice, author=leader, consultant=consultant, said=said)
    address = f"/practices/{practice.key}/"

    visitor, author = (one.get(address).content.decode() for one in (Client(), client))

    assert ("Отчёт 2025 года" in visitor, "larisa" in visitor) == (True, False)
    assert "larisa" in author


def test_an_address_is_a_link_and_nothing_else_becomes_one(
    client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    links = {
        "links/aaaaaa/url": "https://poltora.example/route",
        "links/bbbbbb/url": "javascript:alert(1)",
        "links/bbbbbb/what": "<script>x</script>",
    }
    write(practice, links, actor=leader)
    publish(practice, author=leader, consultant=consultant)

    text = Client().get(f"/practices/{practice.key}/").content.decode()

    assert 'href="https://poltora.example/route"' in text
    assert ('href="javascript' in text, "<script>x" in text) == (False, False)


def test_a_withdrawn_one_is_gone_for_everybody_with_its_paper_and_files(
    client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    file = attach(practice, "materials", an_upload(leader), actor=leader, now=NOON)
    said = Published(files=[file.key])
    publish(practice, author=leader, consultant=consultant, said=said)
    address = f"/practices/{practice.key}/"
    pages = [address, f"{address}passport-en.pdf", f"{address}files/{file.key}/"]
    before = [Client().get(page).status_code for page in pages]

    withdraw_practice(practice, "Переделываем", actor=leader, now=NOON)

    assert before == [200, 200, 200]
    assert [Client().get(page).status_code for page in pages] == [404, 404, 404]
    assert client.get(pages[2]).status_code == 200


def test_a_file_that_nobody_let_out_is_its_writers_alone(
    client: Client, published: Practice, leader: Person
) -> None:
    file = attach(published, "materials", an_upload(leader), actor=leader, now=NOON)
    address = f"/practices/{published.key}/files/{file.key}/"

    assert (Client().get(address).status_code, client.get(address).status_code) == (404, 200)
    assert PracticeFile.objects.get().file.is_public is False


def test_two_published_texts_are_compared_by_everybody_without_hidden_people(
    client: Client, published: Practice, leader: Person, consultant: Person
) -> None:
    changed = {"result": "60 семей", "contacts/bbbbbb/name": "Другая закрытая"}
    write(published, changed, actor=leader)
    second = publish(published, author=leader, consultant=consultant)

    text = Client().get(f"/practices/{published.key}/changes/{second.key}/").content.decode()

    assert ("46 семей занимаются сами." in text, "60 семей" in text) == (True, True)
    assert "закрытая" not in text.casefold()


def test_choices_are_compared_by_their_words(
    client: Client, practice: Practice, leader: Person
) -> None:
    write(practice, {"maturity": "1"}, actor=leader)
    client.post(f"/practices/{practice.key}/history/", {"name": "Первая"})
    version = practice.revisions.get()
    write(practice, {"maturity": "3"}, actor=leader)

    page = client.get(
        f"/practices/{practice.key}/history/{version.key}/", headers={"accept-language": "en"}
    )

    text = page.content.decode()
    assert ("Innovation." in text, "Good." in text) == (True, True)


def test_versions_on_the_page_are_those_it_shows(client: Client, practice: Practice) -> None:
    page = client.get(f"/practices/{practice.key}/form/card/")

    assert json.loads(page.context["versions"])["essence"][0] == 1


def test_what_won_is_told_as_a_practice_with_its_title(
    client: Client, organisation: Organisation, leader: Person
) -> None:
    won = an_application(organisation=organisation)
    page = client.get(f"/applications/{won.key}/").content.decode()
    visitor = Client().get(f"/applications/{won.key}/").content.decode()
    address = f"/practices/new/?organisation={organisation.key}&title={quote(won.title, safe='')}"

    form = client.get(address).content.decode()

    assert address.replace("&", "&amp;") in page
    assert "/practices/new/" not in visitor
    assert f'value="{won.title}"' in form


def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(
    client: Client, organisation: Organisation, leader: Person, consultant: Person
) -> None:
    client.force_login(consultant)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as told:
            client.get(address)
        return len(told)

    def more() -> None:
        send_practice(
            a_ready_practice(organisation=organisation, actor=leader), actor=leader, now=NOON
        )

    more()
    first = [asked("/practices/mine/"), asked("/practices/checks/")]
    more()
    more()

    assert [asked("/practices/mine/"), asked("/practices/checks/")] == first
