"""For the road: what a device may keep of a visit, for whom, how long; what it sends later."""

import re
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from sinergia.exchange.models import Commitment, Delegate, Session, SessionNote, Visit, VisitCourse
from sinergia.people.http import mark_of
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_person, a_practice, a_visit
from tests.exchange.arrange_home import a_session, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

KEY = UUID("5b0c9a52-9f0b-4e46-9d58-6f2d4e4d0001")


@pytest.fixture
def visit() -> Visit:
    made = a_visit("К соседям")
    made.stage = Visit.Stage.UNDER_WAY
    made.save()
    return made


@pytest.fixture
def delegate(visit: Visit) -> Delegate:
    return a_traveller("anna", visit)


@pytest.fixture
def anna(client: Client, delegate: Delegate) -> Person:
    client.force_login(person_of(delegate))
    return person_of(delegate)


def pages(client: Client, visit: Visit) -> list[str]:
    found: list[str] = client.get(f"/visits/{visit.key}/road/").json()["pages"]
    return found


def send(
    client: Client, visit: Visit, fields: Mapping[str, object], what: str = "notes"
) -> tuple[int, object]:
    answer = client.post(f"/visits/{visit.key}/road/send/{what}/", {"base": 0, **fields})
    return answer.status_code, answer.json()


def said(content: bytes) -> str:
    """An answer without what is another in every one."""
    return re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|/visits/[0-9a-f-]{36}/',
        "",
        content.decode(),
    )


# --- the worker


def test_the_worker_stands_where_it_can_answer_for_visits_alone_and_knows_nobody(
    client: Client, anna: Person
) -> None:
    answer = client.get("/visits/worker.js")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.content == Client().get("/visits/worker.js").content


def test_another_build_is_another_worker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get("/visits/worker.js").content

    monkeypatch.setattr("sinergia.exchange.views.road.FILES", ("ui/js/page.abc123.js",))

    assert client.get("/visits/worker.js").content != before


@pytest.mark.parametrize("role", ["delegate", "staff"])
def test_every_file_that_a_kept_page_names_is_kept_too(
    client: Client, visit: Visit, anna: Person, role: str
) -> None:
    session = a_session(visit, "Полтора шага", a_practice())
    if role == "staff":
        client.force_login(a_consultant(centre=visit.centre))
    told = client.get("/visits/worker.js").content.decode()
    kept = set(re.findall(r'"(/static/[^"]+)"', told))

    named = set()
    for path in pages(client, visit):
        text = client.get(path).content.decode()
        named |= set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text))

    assert f"/visits/{visit.key}/there/{session.key}/" in pages(client, visit)
    assert named - kept == set()
    assert all(finders.find(name.removeprefix("/static/")) for name in kept)


# --- which pages


def test_a_reader_takes_along_the_pages_of_this_visit_that_they_may_open_and_no_other(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    other = a_visit("Другая поездка", centre=visit.centre)
    a_session(other, "Чужая встреча")
    a_session(visit, "Полтора шага")
    gone = a_session(visit, "Отменена")
    Session.objects.filter(pk=gone.pk).update(removed_at=NOON)
    a_traveller("boris", visit)

    for person in (person_of(delegate), a_consultant(centre=visit.centre)):
        client.force_login(person)
        found = pages(client, visit)
        assert all(path.startswith(f"/visits/{visit.key}/") for path in found)
        assert [client.get(path).status_code for path in found] == [200] * len(found)
        assert not any(str(gone.key) in path for path in found)
    assert f"/visits/{visit.key}/me/" not in found  # of the staff nobody travels


def test_what_is_not_theirs_is_answered_like_what_is_not_there(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    client.force_login(a_person("boris"))

    for path in ("", "missing/"):
        ours, nothing = (client.get(f"/visits/{key}/road/{path}") for key in (visit.key, uuid4()))
        assert (ours.status_code, said(ours.content)) == (404, said(nothing.content))
    for what in ("notes", "commitments"):
        ours, nothing = (
            client.post(f"/visits/{key}/road/send/{what}/", {"key": KEY, "text": "Смета"})
            for key in (visit.key, uuid4())
        )
        assert (ours.status_code, said(ours.content)) == (404, said(nothing.content))
    assert not SessionNote.objects.exists()


def test_who_does_not_travel_any_more_takes_nothing_along(
    client: Client, visit: Visit, delegate: Delegate, anna: Person
) -> None:
    Delegate.objects.filter(pk=delegate.pk).update(gone_at=NOON)

    assert client.get(f"/visits/{visit.key}/road/").status_code == 404


@pytest.mark.parametrize(
    ("stage", "is_taken"),
    [
        ("idea", False),
        ("agreed", False),
        ("approved", True),
        ("under_way", True),
        ("done", True),
        ("accounted", False),
        ("cancelled", False),
    ],
)
def test_only_a_visit_on_its_way_is_taken_along(
    client: Client, visit: Visit, anna: Person, stage: str, *, is_taken: bool
) -> None:
    Visit.objects.filter(pk=visit.pk).update(stage=stage)
    VisitCourse.objects.filter(visit=visit).update(stage_before="approved")

    assert bool(pages(client, visit)) == is_taken
    assert ("data-keeps" in client.get(f"/visits/{visit.key}/").content.decode()) == is_taken


def test_pages_are_kept_for_three_days_and_no_longer_than_the_session(
    client: Client, visit: Visit, anna: Person
) -> None:
    now = timezone.now()
    longest = client.get(f"/visits/{visit.key}/road/").json()["until"]
    session = client.session
    session.set_expiry(3_600)
    session.save()
    shorter = client.get(f"/visits/{visit.key}/road/").json()["until"]

    assert abs(longest - (now + timedelta(days=3)).timestamp()) < 60
    assert abs(shorter - (now + timedelta(hours=1)).timestamp()) < 60


def test_everybody_else_gets_no_worker_on_a_public_page(client: Client, visit: Visit) -> None:
    visit.course.is_public = True
    visit.course.save()

    for path in ("", "programme/"):
        text = client.get(f"/visits/{visit.key}/{path}").content.decode()
        assert "road.js" not in text
        assert "worker.js" not in text


# --- whose pages


def test_a_page_says_whose_it_is_and_names_nobody(
    client: Client, visit: Visit, anna: Person
) -> None:
    boris = a_person("boris")
    marks = {mark_of(anna), mark_of(boris), ""}

    mine = client.get("/visits/").content.decode()
    nobodys = Client().get("/visits/").content.decode()

    assert len(marks) == 3
    assert f'data-reader="{mark_of(anna)}"' in mine
    assert 'data-reader=""' in nobodys
    assert str(anna.key) not in mark_of(anna)


def test_what_is_fetched_for_the_road_leaves_messages_to_the_page_that_is_read(
    client: Client, visit: Visit, delegate: Delegate, anna: Person
) -> None:
    client.post(f"/visits/{visit.key}/me/confirm/")

    kept = client.get(f"/visits/{visit.key}/me/", headers={"X-Road": "keep"}).content.decode()
    read = client.get(f"/visits/{visit.key}/me/").content.decode()

    assert ("Спасибо" in kept, "Спасибо" in read) == (False, True)


# --- what is sent later


def test_a_note_that_is_sent_again_is_one_note(client: Client, visit: Visit, anna: Person) -> None:
    session = a_session(visit)
    fields = {"key": KEY, "text": "Смета", "session": session.key}

    assert send(client, visit, fields) == send(client, visit, fields)

    note = SessionNote.objects.get()
    assert (note.key, note.session, note.text, note.version) == (KEY, session, "Смета", 1)


def test_a_note_of_a_session_that_was_taken_out_is_refused_and_kept_for_the_visit_if_wished(
    client: Client, visit: Visit, anna: Person
) -> None:
    session = a_session(visit)
    Session.objects.filter(pk=session.pk).update(removed_at=NOON)

    refused = send(client, visit, {"key": KEY, "text": "Смета", "session": session.key})
    kept = send(client, visit, {"key": KEY, "text": "Смета", "session": ""})

    assert (refused[0], kept[0]) == (422, 200)
    assert SessionNote.objects.get().session is None


def test_what_another_account_of_the_device_wrote_is_not_taken_for_ones_own(
    client: Client, visit: Visit, anna: Person
) -> None:
    body = {"key": KEY, "text": "Смета", "base": 0, "reader": mark_of(a_person("boris"))}

    assert client.post(f"/visits/{visit.key}/road/send/notes/", body).status_code == 403
    assert not SessionNote.objects.exists()


def test_what_had_arrived_before_its_session_was_taken_out_is_not_refused(
    client: Client, visit: Visit, anna: Person
) -> None:
    session = a_session(visit)
    note = {"key": KEY, "text": "Смета", "session": session.key}
    idea = {"key": KEY, "idea": "Прокат", "session": session.key}
    send(client, visit, note)
    send(client, visit, idea, "commitments")
    Session.objects.filter(pk=session.pk).update(removed_at=NOON)

    assert send(client, visit, note)[0] == 200
    assert send(client, visit, idea, "commitments")[0] == 200
    assert (SessionNote.objects.count(), Commitment.objects.count()) == (1, 1)


def test_another_text_of_another_device_is_answered_with_it(
    client: Client, visit: Visit, anna: Person
) -> None:
    send(client, visit, {"key": KEY, "text": "С планшета"})

    status, told = send(client, visit, {"key": KEY, "text": "С телефона"})
    assert (status, told) == (409, {"theirs": {"text": "С планшета", "base": 1}})
    assert (
        send(client, visit, {"key": KEY, "text": "С планшета\n\nС телефона", "base": 1})[0] == 200
    )


@pytest.mark.parametrize("text", ["  ", "я" * 5_001])
def test_a_note_that_cannot_be_is_refused_in_words(
    client: Client, visit: Visit, anna: Person, text: str
) -> None:
    status, told = send(client, visit, {"key": KEY, "text": text})

    assert status == 422
    assert isinstance(told, dict)
    assert told["said"]


def test_what_is_taken_into_work_again_or_late_is_taken_once(
    client: Client, visit: Visit, anna: Person
) -> None:
    practice = a_practice()
    session = a_session(visit, "Полтора шага", practice)
    fields = {"key": KEY, "practice": practice.key, "session": session.key}

    first, again = (send(client, visit, fields, "commitments") for _ in range(2))

    made = Commitment.objects.get()
    assert first == again == (200, {"url": f"/commitments/{made.key}/write/"})
    assert (made.key, made.practice, made.session) == (KEY, practice, session)


def test_what_cannot_be_taken_is_refused_in_words(
    client: Client, visit: Visit, anna: Person
) -> None:
    session = a_session(visit)
    Session.objects.filter(pk=session.pk).update(removed_at=NOON)

    for fields in ({"session": session.key, "idea": "Прокат"}, {"practice": uuid4()}, {"idea": ""}):
        status, told = send(client, visit, {"key": KEY, **fields}, "commitments")
        assert status == 422
        assert isinstance(told, dict)
        assert told["said"]
    assert not Commitment.objects.exists()


def test_what_is_sent_and_nobody_knows_is_not_there(
    client: Client, visit: Visit, anna: Person
) -> None:
    answer = client.post(f"/visits/{visit.key}/road/send/photos/", {"key": KEY})

    assert answer.status_code == 404


# --- what a session tells


def test_a_session_tells_its_place_its_host_and_what_is_shown_as_it_was_told(
    client: Client, visit: Visit, anna: Person
) -> None:
    practice = a_practice()
    session = a_session(visit, "Полтора шага", practice)
    Session.objects.filter(pk=session.pk).update(address="улица Мира, 5", heads="Орлова")

    before = client.get(f"/visits/{visit.key}/there/{session.key}/").content.decode()
    client.force_login(a_consultant(centre=visit.centre))
    live = client.get(f"/visits/{visit.key}/there/{session.key}/").content.decode()

    assert ("улица Мира, 5" in before, "Орлова" in before) == (False, False)
    assert ("улица Мира, 5" in live, "Орлова" in live) == (True, True)
