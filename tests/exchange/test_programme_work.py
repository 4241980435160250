"""The programme of a visit worked with in pages: moved, told, hosts asked, late on the day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.organisations.models import Reach
from sinergia.people.models import Person
from tests.arrange import a_theme, a_visit, an_organisation, sign_in_twice
from tests.exchange.arrange import a_session, hours, staff_of
from tests.exchange.test_programme_pages import english, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    return a_visit()


@pytest.fixture
def staff(client: Client, visit: Visit) -> Person:
    person = staff_of(visit)
    sign_in_twice(client, person)
    return person


@pytest.mark.usefixtures("staff")
def test_a_session_is_moved_shifted_copied_taken_out_and_back_by_plain_buttons(
    client: Client, visit: Visit
) -> None:
    session = a_session("А", "09:00-10:00", visit=visit)

    client.post(page_of(visit, "move_session", session.key), {"day": "2026-12-17", "seen": "1"})
    assert hours(visit, day=1) == ["А 09:00-10:00"]
    client.post(page_of(visit, "shift_sessions", session.key), {"minutes": "30", "seen": "2"})
    assert hours(visit, day=1) == ["А 09:30-10:30"]
    client.post(page_of(visit, "copy_session", session.key))
    assert hours(visit, day=1) == ["А 09:30-10:30", "А 10:30-11:30"]
    client.post(page_of(visit, "remove_session", session.key), {"seen": "3"})
    assert hours(visit, day=1) == ["А 10:30-11:30"]
    client.post(page_of(visit, "restore_session", session.key))
    assert hours(visit, day=1) == ["А 09:30-10:30", "А 10:30-11:30"]


@pytest.mark.usefixtures("staff")
def test_the_last_move_is_taken_back_from_the_page(client: Client, visit: Visit) -> None:
    session = a_session("А", "09:00-10:00", visit=visit)
    client.post(page_of(visit, "shift_sessions", session.key), {"minutes": "30", "seen": "1"})
    step = ProgrammeStep.objects.get()

    assert "Take it back" in english(client, page_of(visit))
    client.post(page_of(visit, "undo", step.key))

    assert hours(visit) == ["А 09:00-10:00"]
    assert "Take it back" not in english(client, page_of(visit))


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("typed", [{}, {"day": "x", "seen": "1"}, {"seen": "x", "to": "later"}])
def test_a_move_that_cannot_be_read_moves_nothing(
    client: Client, visit: Visit, typed: dict[str, str]
) -> None:
    session = a_session("А", "09:00-10:00", visit=visit)

    done = client.post(page_of(visit, "move_session", session.key), typed)

    assert (done.status_code, hours(visit)) == (302, ["А 09:00-10:00"])


@pytest.mark.usefixtures("staff")
def test_a_programme_is_previewed_told_and_shows_what_a_version_changed(
    client: Client, visit: Visit
) -> None:
    session = a_session("Дом", "09:00-10:00", visit=visit)
    for _ in range(2):
        form = client.get(page_of(visit, "tell")).context["form"]
        client.post(page_of(visit, "tell"), {"seen": form["seen"].value(), "note": ""})
        client.post(page_of(visit, "shift_sessions", session.key), {"minutes": "30", "seen": "1"})

    listed = english(client, page_of(visit, "versions"))
    changed = english(client, page_of(visit, "version", 2))

    assert ("Version 1" in listed, "Version 2" in listed) == (True, True)
    assert "now 16 December 2026, 09:30–10:30; it was 16 December 2026, 09:00–10:00" in (
        changed.replace("\xa0", " ")
    )
    assert client.get(page_of(visit, "version", 3)).status_code == 404


@pytest.mark.usefixtures("staff")
def test_on_a_running_day_one_press_says_how_late_one_is_and_one_takes_it_back(
    client: Client, visit: Visit
) -> None:
    assert "We are late by" not in english(client, page_of(visit))
    now = timezone.now()
    days = (now.date() - timedelta(days=1), now.date() + timedelta(days=1))
    Visit.objects.update(starts_on=days[0], ends_on=days[1])
    soon = Session.objects.get(pk=a_session(visit=visit).pk)
    begins = now + timedelta(seconds=30)
    Session.objects.filter(pk=soon.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=1))

    assert "We are late by" in english(client, page_of(visit))
    client.post(page_of(visit, "late"), {"minutes": "20"})
    late = english(client, page_of(visit))

    assert Session.objects.get(pk=soon.pk).late_minutes == 20
    assert ("expected" in late, "The delegation is late today" in late) == (True, True)
    client.post(page_of(visit, "in_time", ProgrammeStep.objects.get().key))
    assert Session.objects.get(pk=soon.pk).late_minutes == 0
    assert client.post(page_of(visit, "late"), {"minutes": "999"}).status_code == 302
    assert Session.objects.get(pk=soon.pk).late_minutes == 0


@pytest.mark.usefixtures("staff")
def test_a_host_is_asked_from_a_page_that_gives_the_text_for_a_chat(
    client: Client, visit: Visit
) -> None:
    host = an_organisation()
    Reach.objects.create(organisation=host, kind="email", value="host@example.org")
    session = a_session("Дом", visit=visit, host=host)
    address = page_of(visit, "ask_host", session.key)

    before = english(client, address)
    client.post(address, {"email": "host@example.org", "link": "yes"})
    made = english(client, address)
    client.post(address, {"email": "host@example.org", "send": "yes"})
    sent = english(client, address)

    assert ("host@example.org" in before, "/visits/host/" in before) == (True, False)
    assert ("/visits/host/" in made, "Send it once more" in made) == (True, False)
    assert "Send it once more" in sent
    assert "Host: asked, no answer yet" in english(client, page_of(visit))


@pytest.mark.usefixtures("staff")
def test_a_session_can_be_begun_with_a_host_and_a_theme_that_a_wish_asks_for(
    client: Client, visit: Visit
) -> None:
    host, theme = an_organisation("Мох и вереск"), a_theme()

    page = client.get(f"{page_of(visit, 'add_session')}?host={host.key}&theme={theme.key}&day=x")

    form = page.context["form"]
    assert (form["host"].value(), form["themes"].value()) == (str(host.key), [str(theme.key)])
    assert form["day"].value() == visit.starts_on
    assert client.get(f"{page_of(visit, 'add_session')}?host=x&theme=x").status_code == 200
