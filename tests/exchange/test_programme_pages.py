"""The programme of a visit in pages: who reads what, and what is typed is never lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from sinergia.exchange.models import Session, Visit, VisitCourse
from sinergia.exchange.queries.sessions import MOST_PRACTICES, sessions_of
from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from tests.arrange import (
    a_centre,
    a_consultant,
    a_delegate,
    a_municipality,
    a_person,
    a_practice,
    a_theme,
    a_visit,
    an_organisation,
    sign_in_twice,
)
from tests.exchange.arrange import a_session, hours, staff_of, told

pytestmark = pytest.mark.django_db

TYPED = {"kind": "meeting", "title": "Дом", "day": "2026-12-16", "begins": "09:00", "ends": "10:00"}


def page_of(visit: Visit, name: str = "programme", *args: object) -> str:
    return reverse(f"visits:{name}", args=[visit.key, *args])


def english(client: Client, address: str) -> str:
    return client.get(address, headers={"accept-language": "en"}).content.decode()


@pytest.fixture
def visit() -> Visit:
    return a_visit()


@pytest.fixture
def staff(client: Client, visit: Visit) -> Person:
    person = staff_of(visit)
    sign_in_twice(client, person)
    return person


def a_delegate_with_account(visit: Visit) -> Person:
    row = a_delegate(visit=visit)
    row.person = a_person("delegate")
    row.save()
    return row.person


def test_delegates_and_the_public_read_what_was_told_and_both_centres_what_stands(
    client: Client, visit: Visit
) -> None:
    session = a_session("Открытие", visit=visit, heads="Орлова М. И., директор")
    told(visit)
    Session.objects.filter(pk=session.pk).update(title="Открытие и справка")
    VisitCourse.objects.update(is_public=True)
    readers = {
        "ours": staff_of(visit),
        "theirs": a_consultant("theirs", centre=a_centre("Центр области")),
        "delegate": a_delegate_with_account(visit),
        "visitor": None,
    }

    seen = {}
    for name, person in readers.items():
        client.logout()
        if person is not None:
            sign_in_twice(client, person)
        text = english(client, page_of(visit))
        seen[name] = ("и справка" in text, "Орлова" in text, "Add a session" in text)

    assert seen == {
        "ours": (True, True, True),
        "theirs": (True, True, False),
        "delegate": (False, True, False),
        "visitor": (False, False, False),
    }


def test_before_anything_was_told_a_delegate_reads_nothing_of_it(
    client: Client, visit: Visit
) -> None:
    a_session("Открытие", visit=visit)
    sign_in_twice(client, a_delegate_with_account(visit))

    text = english(client, page_of(visit))

    assert ("Открытие" in text, "is not told yet" in text) == (False, True)


@pytest.mark.usefixtures("staff")
def test_conflicts_stand_on_top_and_beside_their_sessions(client: Client, visit: Visit) -> None:
    first = a_session("А", "09:00-10:00", visit=visit)
    second = a_session("Б", "09:30-11:00", visit=visit)

    text = english(client, page_of(visit))

    told_once = "“А” and “Б” are at the same time: 30 min of both."
    assert text.count(told_once) == 3, "on top, beside one, beside the other"
    assert "1 thing makes this programme impossible" in text
    assert f'href="#session-{first.key}"' in text
    assert f'href="#session-{second.key}"' in text


@pytest.mark.usefixtures("staff")
def test_a_session_is_typed_in_the_time_of_the_place(client: Client, visit: Visit) -> None:
    visit.time_zone = "Asia/Yekaterinburg"
    visit.save(update_fields=["time_zone"])
    theme, town = a_theme(), a_municipality()

    done = client.post(
        page_of(visit, "add_session"),
        TYPED | {"themes": [str(theme.key)], "town": town.oktmo, "seen": "0"},
    )

    made = Session.objects.get()
    assert done.status_code == 302
    assert made.starts_at.isoformat() == "2026-12-16T04:00:00+00:00"
    assert (made.themes.get().theme, made.municipality) == (theme, town)


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize(
    ("typed", "told_of"),
    [
        ({"ends": "08:00"}, "It ends before it begins."),
        ({"day": "2026-02-31"}, "Enter a valid date."),
        ({"begins": "25:00"}, "Enter a valid time."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_what_was_mistyped_comes_back_with_every_letter(
    client: Client, visit: Visit, typed: dict[str, str], told_of: str
) -> None:
    body = TYPED | {"address": "Лесная, 7", "seen": "0"} | typed

    back = client.post(page_of(visit, "add_session"), body, headers={"accept-language": "en"})

    assert back.status_code == 422
    assert told_of in back.content.decode()
    assert "Лесная, 7" in back.content.decode()
    assert not Session.objects.exists()


@pytest.mark.usefixtures("staff")
def test_a_time_that_is_jumped_over_is_told_at_its_field(client: Client, visit: Visit) -> None:
    visit.time_zone = "Europe/Berlin"
    visit.save(update_fields=["time_zone"])
    body = TYPED | {"day": "2027-03-28", "begins": "02:30", "ends": "04:00", "seen": "0"}

    back = client.post(page_of(visit, "add_session"), body, headers={"accept-language": "en"})

    assert "The clocks are put forward over this time" in back.content.decode()


@pytest.mark.usefixtures("staff")
def test_a_way_over_night_ends_on_the_next_day(client: Client, visit: Visit) -> None:
    body = TYPED | {"kind": "transfer", "begins": "22:00", "ends": "06:00", "seen": "0"}

    client.post(page_of(visit, "add_session"), body | {"is_over_night": "on"})

    made = Session.objects.get()
    assert made.ends_at - made.starts_at == timedelta(hours=8)


@pytest.mark.usefixtures("staff")
def test_a_host_is_looked_for_and_what_is_typed_stays(client: Client, visit: Visit) -> None:
    host = an_organisation("Старая верста")
    index_organisations([host])
    practice = a_practice("Походы", organisation=host)
    body = TYPED | {"title": "Мой текст", "host_words": "верста", "seen": "0", "look": "yes"}

    found = client.post(page_of(visit, "add_session"), body).content.decode()
    chosen = client.post(
        page_of(visit, "add_session"), body | {"host": str(host.key)}
    ).content.decode()

    assert ("Мой текст" in found, str(host.key) in found) == (True, True)
    assert ("Походы" in found, "Походы" in chosen) == (True, True), "the only one is chosen"
    body |= {"host": str(host.key), "practices": [str(practice.key)]}  # type: ignore[dict-item]  # several
    del body["look"]
    client.post(page_of(visit, "add_session"), body)
    made = Session.objects.get()
    assert (made.host, made.practices.get().practice) == (host, practice)


@pytest.mark.usefixtures("staff")
def test_the_second_of_two_who_change_a_session_sees_both_and_chooses(
    client: Client, visit: Visit
) -> None:
    session = a_session("Дом", "09:00-10:00", visit=visit)
    address = page_of(visit, "change_session", session.key)
    client.post(address, TYPED | {"title": "Первое", "begins": "09:30", "seen": "1"})

    second = TYPED | {"title": "Второе", "note": "Мои слова", "seen": "1"}
    back = client.post(address, second, headers={"accept-language": "en"})

    text = back.content.decode()
    assert back.status_code == 409
    assert all(word in text for word in ("Первое", "Второе", "Мои слова", "09:30", "irina"))
    assert 'name="seen" value="2"' in text
    assert Session.objects.get().title == "Первое"
    client.post(address, second | {"seen": "2"})
    assert (Session.objects.get().title, Session.objects.get().version) == ("Второе", 3)


@pytest.mark.usefixtures("staff")
def test_a_practice_beyond_those_that_are_offered_is_found_by_its_words(
    client: Client, visit: Visit
) -> None:
    for number in range(MOST_PRACTICES):
        a_practice(f"Дело {number:02}")
    last = a_practice("Ярмарка мастеров")
    Practice.objects.update(is_hosting=True)
    page, first = page_of(visit, "add_session"), Practice.objects.get(title="Дело 07")
    body = TYPED | {"seen": "0", "practices": [str(first.key)], "practice_words": "МАСТЕРОВ"}

    offered = client.get(page).context["form"]
    found = client.post(page, body | {"look": "practices"}).context["form"]
    nobody = client.post(
        page,
        body | {"look": "practices", "practice_words": "нет такого"},
        headers={"accept-language": "en"},
    )
    client.post(page, body | {"practices": [str(first.key), str(last.key)]})

    assert last not in offered.offered.practices
    assert found.offered.practices == [first, last]
    assert found["practices"].value() == [str(first.key)], "what was ticked stays"
    assert "No practice that can be shown there has these words" in nobody.text
    shown = Session.objects.get().practices.all()
    assert {one.practice for one in shown} == {first, last}


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("move_session", {"to": "later"}),
        ("move_session", {"day": "2026-12-16", "before": ""}),
        ("move_session", {"day": "2026-12-17"}),
        ("shift_sessions", {"minutes": "15"}),
    ],
)
def test_what_somebody_took_out_meanwhile_is_not_moved(
    client: Client, visit: Visit, name: str, wanted: dict[str, str]
) -> None:
    session = a_session("А", "09:00-10:00", visit=visit)
    a_session("Б", "10:00-11:00", visit=visit)
    client.post(page_of(visit, "remove_session", session.key), {"seen": "1"})
    address, told = page_of(visit, name, session.key), {"accept-language": "en"}

    meanwhile = client.post(address, wanted | {"seen": "1"}, headers=told)
    pressed = client.post(address, wanted | {"seen": "2"}, headers=told, follow=True)

    assert meanwhile.status_code == 409
    assert "Move it all the same" not in meanwhile.content.decode()
    assert "bring it back before you move it" in pressed.content.decode()
    assert Session.objects.get(pk=session.pk).version == 2


@pytest.mark.usefixtures("staff")
def test_the_second_of_two_who_move_a_session_is_told_and_may_move_it_all_the_same(
    client: Client, visit: Visit
) -> None:
    session = a_session("А", "09:00-10:00", visit=visit)
    a_session("Б", "10:00-11:00", visit=visit)
    address = page_of(visit, "move_session", session.key)
    client.post(address, {"to": "later", "seen": "1"})

    back = client.post(address, {"to": "earlier", "seen": "1"}, headers={"accept-language": "en"})

    assert back.status_code == 409
    assert "irina" in back.content.decode()
    assert 'name="seen" value="2"' in back.content.decode()
    assert hours(visit) == ["Б 09:00-10:00", "А 10:00-11:00"]
    client.post(address, {"to": "earlier", "seen": "2"})
    assert hours(visit) == ["А 09:00-10:00", "Б 10:00-11:00"]


def test_versions_are_for_those_inside(client: Client, visit: Visit) -> None:
    a_session(visit=visit)
    told(visit)
    VisitCourse.objects.update(is_public=True)

    answers = [client.get(page_of(visit, name)) for name in ("programme", "versions")]

    assert [one.status_code for one in answers] == [200, 404]


def test_who_is_hidden_and_what_is_withdrawn_since_is_named_on_no_public_programme(
    client: Client, visit: Visit
) -> None:
    kept, gone = a_practice("Домашний маршрут"), a_practice("Клуб отцов")
    Practice.objects.update(stage="published")
    shown, hidden = an_organisation("Светофор"), an_organisation("Полтора шага")
    a_session("Дом", "09:00-10:00", visit=visit, host=hidden, practices=[kept, gone])
    a_session("Двор", "10:00-11:00", visit=visit, host=shown)
    told(visit)
    VisitCourse.objects.update(is_public=True)
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    Practice.objects.filter(pk=gone.pk).update(stage="withdrawn")

    for name in ("programme", "print", "calendar"):
        text = client.get(page_of(visit, name)).content.decode()

        assert ("Полтора шага" in text, "Клуб отцов" in text) == (False, False)
        assert ("Светофор" in text, "Дом" in text) == (True, True)


def test_a_calendar_names_every_session_in_utc(client: Client, visit: Visit) -> None:
    session = a_session("Дом; двор", "09:00-10:00", visit=visit, address="Лесная, 7")
    told(visit)
    VisitCourse.objects.update(is_public=True)
    Session.objects.update(late_minutes=20)

    response = client.get(page_of(visit, "calendar"))

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert response.headers["Content-Type"].startswith("text/calendar")
    begins = [one.decoded("dtstart").isoformat() for one in events]
    assert [(str(one["uid"]), str(one["summary"])) for one in events] == [
        (f"{session.key}@sinergia", "Дом; двор")
    ]
    assert begins == ["2026-12-16T06:20:00+00:00"]


def test_a_page_for_print_has_no_buttons(client: Client, visit: Visit) -> None:
    a_session("Дом", visit=visit)
    sign_in_twice(client, staff_of(visit))

    text = english(client, page_of(visit, "print"))

    assert ("Дом" in text, "Take out" in text) == (True, False)


def test_a_programme_asks_as_often_for_three_sessions_as_for_one(
    client: Client, visit: Visit
) -> None:
    person, theme, host = staff_of(visit), a_theme(), an_organisation()
    sign_in_twice(client, person)
    a_delegate(visit=visit).themes.create(theme=a_theme("Спорт"))
    counts = []
    for number in range(3):
        a_session(
            f"А{number}", f"{9 + number:02}:00-{10 + number:02}:00", visit=visit, host=host,
            themes=[theme], municipality=a_municipality(f"Город {number}"),
        )  # fmt: skip
        client.get(page_of(visit))
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(visit))
        counts.append(len(asked))

    assert counts[0] == counts[2]
    assert sessions_of(visit).count() == 3


def test_wishes_in_words_are_read_whole_by_both_centres_and_by_nobody_else(
    client: Client, visit: Visit, staff: Person
) -> None:
    row, wish = a_delegate_with_account(visit), "Как устроен прокат колясок. " * 8
    visit.delegates.update(wishes=wish.strip())
    there = a_consultant("there", centre=a_centre("Центр Светлоборска", region=visit.to_region))

    assert wish.strip() in english(client, page_of(visit))
    for reader, reads in ((there, True), (row, False)):
        client.force_login(reader)
        assert (wish.strip() in english(client, page_of(visit))) is reads
