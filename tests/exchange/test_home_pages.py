"""Pages of what is taken home: on a phone in two taps, on the board, by a link, in a file."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from sinergia.exchange.actions.photos import show_photo
from sinergia.exchange.models import (
    Asked,
    Attendance,
    Commitment,
    Delegate,
    SessionNote,
    SessionPhoto,
    Visit,
    VisitCourse,
)
from sinergia.organisations.models import Identifier, Membership, Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_delegate,
    a_person,
    a_practice,
    a_region,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange_home import a_commitment, a_picture, a_session, a_traveller, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    """Under way since yesterday."""
    made, today = a_visit(), timezone.localdate()
    made.stage, made.starts_on, made.ends_on = "under_way", today - timedelta(days=1), today
    made.save()
    return made


@pytest.fixture
def delegate(visit: Visit, client: Client) -> Delegate:
    made = a_traveller("anna", visit, organisation=an_organisation("Завтра у реки"))
    client.force_login(person_of(made))
    return made


def staff(visit: Visit) -> Person:
    return a_consultant("larisa", centre=visit.centre)


def test_a_practice_is_taken_home_in_two_taps_from_its_session(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    practice = a_practice("Домашний маршрут")
    session = a_session(visit, "Полтора шага", practice)
    page = client.get(f"/visits/{visit.key}/there/{session.key}/")
    first_tap = f"/visits/{visit.key}/take/?session={session.key}"
    assert first_tap in page.text

    form = client.get(first_tap).context["form"]
    sent = {"key": form["key"].value(), "session": session.key, "practice": practice.key}
    for _time in range(2):
        answer = client.post(first_tap, sent)

    row = Commitment.objects.get()
    assert answer["Location"] == f"/commitments/{row.key}/write/"
    assert (row.practice, row.session, row.delegate) == (practice, session, delegate)
    again = client.get(first_tap).text
    assert f"/commitments/{row.key}/" in again
    assert str(practice.key) not in again  # taken: no second button


def test_an_idea_takes_words_and_a_practice_has_to_be_shown_there(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    hidden = a_practice("Нигде не показана")
    address = f"/visits/{visit.key}/take/"

    empty = client.post(address, {"key": uuid4(), "idea": " "})
    other = client.post(address, {"key": uuid4(), "practice": hidden.key})
    taken = client.post(address, {"key": uuid4(), "idea": "Прокат <b>колясок</b>"})

    assert [one.status_code for one in (empty, other, taken)] == [422, 422, 302]
    page = client.get(f"/visits/{visit.key}/commitments/").text
    assert "Прокат &lt;b&gt;колясок&lt;/b&gt;" in page


def test_the_centre_says_for_whom_it_takes_things_home(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    other = a_delegate("Саврасов А. П.", visit=visit)
    client.force_login(staff(visit))
    address = f"/visits/{visit.key}/take/"

    nobody = client.post(address, {"key": uuid4(), "idea": "Клуб"})
    client.post(address, {"key": uuid4(), "idea": "Клуб", "delegate": other.key})

    assert nobody.status_code == 422
    assert Commitment.objects.get().delegate == other


def test_on_the_board_a_button_moves_a_card_and_leads_back_to_it(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    row = a_commitment(delegate)
    board = f"/visits/{visit.key}/commitments/"
    back = f"{board}#c-{row.key}"
    assert f'value="{back}"' in client.get(board).text

    moved = client.post(f"/commitments/{row.key}/turn/in_work/", {"next": back})
    asked = client.get(f"/commitments/{row.key}/turn/dropped/?next={back}")
    short = client.post(f"/commitments/{row.key}/turn/dropped/", {"next": back, "words": ""})
    done = client.post(f"/commitments/{row.key}/turn/dropped/", {"next": back, "words": "Нет зала"})

    assert (moved.status_code, moved["Location"]) == (302, back)
    assert (asked.status_code, short.status_code, done["Location"]) == (200, 422, back)
    columns = client.get(board).context["columns"]
    assert {one.state: len(one.cards) for one in columns} == {
        "not_begun": 0, "in_work": 0, "project": 0, "dropped": 1,
    }  # fmt: skip


def test_an_address_elsewhere_is_not_followed(client: Client, delegate: Delegate) -> None:
    row = a_commitment(delegate)

    moved = client.post(
        f"/commitments/{row.key}/turn/in_work/", {"next": "https://elsewhere.example/"}
    )

    assert moved["Location"] == f"/commitments/{row.key}/"


def test_another_delegate_reads_the_board_and_moves_nothing(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    row = a_commitment(delegate)
    client.force_login(person_of(a_traveller("boris", visit)))

    board = client.get(f"/visits/{visit.key}/commitments/")
    moved = client.post(f"/commitments/{row.key}/turn/in_work/")

    assert (board.status_code, moved.status_code) == (200, 404)
    assert "/turn/" not in board.text


def test_it_is_written_out_with_an_organisation_by_its_number(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    helper, row = staff(visit), a_commitment(delegate)
    address = f"/commitments/{row.key}/write/"
    sent = {"idea": "Прокат колясок", "due_on": "2027-03-01", "first_step": "Найти склад"}

    wrong = client.post(address, sent | {"number": "1027700132195"})
    done = client.post(address, sent | {"helper": helper.key, "organisation": ""})

    assert (wrong.status_code, done.status_code) == (422, 302)
    row.refresh_from_db()
    assert (row.first_step, row.helper, row.organisation) == ("Найти склад", helper, None)
    client.post(f"/commitments/{row.key}/step/", {"done": "yes"})
    row.refresh_from_db()
    assert (row.state, row.stepped_at is not None) == ("in_work", True)


def test_a_hidden_organisation_is_no_ones_by_its_number_but_its_teams(
    client: Client, delegate: Delegate
) -> None:
    row, group = a_commitment(delegate), an_organisation("Тихий круг")
    Organisation.objects.filter(pk=group.pk).update(is_public=False)
    Identifier.objects.create(organisation=group, scheme="RU-INN", value="7707083893")
    address, sent = f"/commitments/{row.key}/write/", {"idea": "Прокат", "number": "7707083893"}

    stranger = client.post(address, sent)
    person = person_of(delegate)
    Membership.objects.create(organisation=group, person=person, role="leader", since=NOON)
    theirs = client.post(address, sent)

    assert (stranger.status_code, theirs.status_code) == (422, 302)
    assert "Тихий круг" not in stranger.text
    row.refresh_from_db()
    assert row.organisation == group


def test_what_is_shown_no_more_is_not_offered_and_what_did_not_go_is_offered_again(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    kept, withdrawn, dropped = (a_practice(name) for name in ("Прокат", "Лыжня", "Сад"))
    a_session(visit, "Встреча", kept, withdrawn, dropped)
    row = a_commitment(delegate, practice=dropped)
    client.post(f"/commitments/{row.key}/turn/dropped/", {"words": "Нет зала"})
    Practice.objects.filter(pk=withdrawn.pk).update(stage="draft")

    page = client.get(f"/visits/{visit.key}/take/")
    client.post(f"/visits/{visit.key}/take/", {"practice": dropped.key, "key": uuid4()})

    [(_session, shown)] = page.context["rows"]
    assert {(one.title, mine) for one, mine in shown} == {("Прокат", None), ("Сад", None)}
    assert Commitment.objects.filter(practice=dropped).count() == 2


def test_a_slip_is_taken_back_and_put_back(client: Client, delegate: Delegate) -> None:
    row = a_commitment(delegate)

    client.post(f"/commitments/{row.key}/take-back/")
    assert client.get(f"/commitments/{row.key}/").status_code == 404
    client.post(f"/commitments/{row.key}/gone/")

    assert client.get(f"/commitments/{row.key}/").status_code == 200


def test_the_list_and_its_file_show_the_same_rows_and_ask_alike_for_one_and_three(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    first = a_commitment(delegate, "=1+1")
    with CaptureQueriesContext(connection) as of_one:
        client.get("/commitments/")
    board = f"/visits/{visit.key}/commitments/"
    with CaptureQueriesContext(connection) as board_of_one:
        client.get(board)
    for name in ("boris", "clara"):
        row = a_traveller(name, visit, organisation=an_organisation(f"Орг {name}"))
        a_commitment(row, practice=a_practice(f"Практика {name}"))

    with CaptureQueriesContext(connection) as of_three:
        page = client.get("/commitments/")
    with CaptureQueriesContext(connection) as board_of_three:
        client.get(board)

    assert (len(of_one), len(board_of_one)) == (len(of_three), len(board_of_three))
    assert len(page.context["cards"]) == 3
    file = client.get(f"/commitments/export.csv?owner={delegate.key}")
    lines = file.content.decode("utf-8-sig").strip().splitlines()
    assert (len(lines), "'=1+1" in lines[1], str(first.key) in lines[1]) == (2, True, True)
    assert client.get("/commitments/export.xlsx").content[:2] == b"PK"
    assert client.get("/commitments/export.exe").status_code == 404


def test_nothing_of_another_visit_leaks_into_a_list_a_file_or_a_board(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    a_commitment(delegate, "Тайная затея")
    host = a_consultant("host", centre=a_centre("Центр области", region=a_region()))
    for person in (host, a_person("stranger")):
        client.force_login(person)
        assert "Тайная" not in client.get("/commitments/").text
        assert "Тайная" not in client.get("/commitments/export.csv").content.decode()
        assert client.get(f"/visits/{visit.key}/commitments/").status_code == 404
    Visit.objects.update(stage="done")
    VisitCourse.objects.update(is_public=True)
    for page in ("commitments", "there", "report", "feedback/results", "take"):
        assert client.get(f"/visits/{visit.key}/{page}/").status_code == 404


def test_attendance_is_ticked_on_the_page_of_a_session(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    session, other = a_session(visit), a_delegate("Саврасов А. П.", visit=visit)
    page = f"/visits/{visit.key}/there/{session.key}/"

    client.post(f"{page}own/", {"there": "yes"})
    assert client.post(f"{page}attend/", {"present": other.key}).status_code == 404
    client.force_login(staff(visit))
    client.post(f"{page}attend/", {"present": [other.key], "shown": [delegate.key]})

    assert [row.delegate for row in Attendance.objects.all()] == [other]


def test_a_note_changed_on_two_devices_shows_both_texts(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    session, key = a_session(visit), uuid4()
    address = f"/visits/{visit.key}/there/notes/?session={session.key}"
    for text, base in (("Смета", 0), ("Смета", 0), ("Смета: 400", 1)):
        assert client.post(address, {"key": key, "text": text, "base": base}).status_code == 302

    clash = client.post(address, {"key": key, "text": "Смета: 500", "base": 1})

    assert clash.status_code == 409
    assert all(text in clash.text for text in ("Смета: 400", "Смета: 500"))
    assert 'name="base" value="2"' in clash.text
    client.post(address, {"key": key, "text": "Смета: 400–500", "base": 2})
    note = SessionNote.objects.get()
    assert (note.text, note.session) == ("Смета: 400–500", session)
    client.force_login(person_of(a_traveller("boris", visit)))
    assert "Смета" not in client.get(f"/visits/{visit.key}/there/").text


def test_a_picture_is_seen_by_those_of_the_visit_until_a_second_person_shows_it(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    session, content = a_session(visit), BytesIO()
    Image.new("RGB", (80, 60), "green").save(content, "JPEG")
    file = SimpleUploadedFile("p.jpg", content.getvalue())
    VisitCourse.objects.update(is_public=True)

    added = client.post(
        f"/visits/{visit.key}/there/{session.key}/photos/", {"file": file, "caption": "Зал"}
    )
    photo = SessionPhoto.objects.get()
    address = f"/visits/{visit.key}/photos/{photo.key}/"

    assert (added.status_code, client.get(address).status_code) == (302, 200)
    visitor = Client()
    assert visitor.get(address).status_code == 404
    assert client.post(f"{address}show/", {"consent": "Все согласны"}).status_code == 404
    client.force_login(staff(visit))
    client.post(f"{address}show/", {"consent": "Все согласны"})
    assert visitor.get(address).status_code == 200
    client.post(f"{address}take-out/")
    assert visitor.get(address).status_code == 404


def test_a_picture_of_another_visit_is_not_reached_through_this_one(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    elsewhere = a_visit("Другая", centre=visit.centre)
    author, second = staff(visit), a_consultant("second", centre=visit.centre)
    photo = SessionPhoto.objects.create(
        session=a_session(elsewhere),
        file=a_picture(author).file,  # type: ignore[misc]  # it has one
        by=author.key,
        at=timezone.now(),
    )
    show_photo(photo, "Согласны", actor=second, now=timezone.now())

    assert client.get(f"/visits/{visit.key}/photos/{photo.key}/").status_code == 404


def test_what_is_past_its_day_or_asked_waits_among_ones_tasks(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    row = a_commitment(delegate)
    Commitment.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    Asked.objects.create(commitment=row, months=3, asked_at=timezone.now())

    page = client.get("/desk/").text
    behind = client.get("/commitments/?overdue=yes&mine=yes")

    assert "/commitments/?overdue=yes&amp;mine=yes" in page
    assert f"/visits/{visit.key}/asked/" in page
    assert [card.row for card in behind.context["cards"]] == [row]
    client.force_login(staff(visit))
    assert "mine=yes" not in client.get("/desk/").text
