"""What a badge leads to, and one's own days in a calendar."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Component

from sinergia.exchange.actions.delays import say_late
from sinergia.exchange.actions.sessions import remove_session
from sinergia.exchange.models import Attendance, Delegate, Session, Travel, Visit
from sinergia.exchange.queries.holding import attended_by, sessions_of_day
from tests.arrange import NOON, a_delegate, a_person, a_visit, sign_in_twice
from tests.exchange.arrange import a_session, at, staff_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def visit() -> Visit:
    return a_visit()


@pytest.fixture
def own(visit: Visit) -> Delegate:
    row = a_delegate("Саврасов А. П.", visit=visit)
    row.person = a_person("savrasov")
    row.save()
    return row


def begun(visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(stage="under_way")


def sign_in_as(client: Client, row: Delegate) -> None:
    assert row.person is not None
    client.force_login(row.person)


def number_of(event: Component) -> int:
    """The number of its word: the greater one is later."""
    return int(str(event["sequence"]))


def here(row: Delegate) -> str:
    return f"/visits/{row.visit.key}/delegation/{row.key}/here/"


def test_whoever_keeps_the_list_ticks_by_the_badge_and_takes_a_slip_back(
    client: Client, visit: Visit, own: Delegate
) -> None:
    session = a_session("Дом", visit=visit)
    begun(visit)
    sign_in_twice(client, staff_of(visit))
    page = client.get(here(own), headers={"accept-language": "en"}).content.decode()
    assert ("Саврасов А. П." in page, "Is here" in page) == (True, True)

    for _twice in range(2):
        answer = client.post(here(own), {"session": str(session.key), "there": "yes"})
        assert answer.headers["Location"] == here(own)
    assert attended_by(own) == {session.pk}
    client.post(here(own), {"session": str(session.key), "there": "no"})

    assert attended_by(own) == set()


def test_others_of_the_visit_read_the_badge_and_tick_nobody(
    client: Client, visit: Visit, own: Delegate
) -> None:
    session = a_session("Дом", visit=visit)
    begun(visit)
    sign_in_as(client, own)

    page = client.get(here(own), headers={"accept-language": "en"})
    answer = client.post(here(own), {"session": str(session.key), "there": "yes"})

    assert (page.status_code, "Is here" in page.content.decode()) == (200, False)
    assert (answer.status_code, Attendance.objects.count()) == (404, 0)


def test_a_badge_of_who_does_not_travel_of_another_visit_or_for_a_stranger_leads_nowhere(
    client: Client, visit: Visit, own: Delegate
) -> None:
    begun(visit)
    stranger, elsewhere = (
        a_person("stranger"),
        a_delegate("Яровая", visit=a_visit("Другая", centre=visit.centre)),
    )
    client.force_login(stranger)
    assert client.get(here(own)).status_code == 404
    sign_in_twice(client, staff_of(visit))
    crossed = f"/visits/{visit.key}/delegation/{elsewhere.key}/here/"
    assert client.get(crossed).status_code == 404
    Delegate.objects.filter(pk=own.pk).update(gone_at=NOON)
    assert client.get(here(own)).status_code == 404


def test_before_the_visit_has_begun_nobody_is_ticked(
    client: Client, visit: Visit, own: Delegate
) -> None:
    session = a_session(visit=visit)
    sign_in_twice(client, staff_of(visit))

    answer = client.post(here(own), {"session": str(session.key), "there": "yes"})

    assert (answer.status_code, Attendance.objects.count()) == (404, 0)


def test_what_goes_on_now_stands_first_and_only_its_day(visit: Visit) -> None:
    a_session("Утро", "09:00-10:00", visit=visit)
    a_session("Обед", "10:00-11:00", visit=visit, kind="meal")
    a_session("День", "11:00-12:00", visit=visit)
    a_session("Завтра", "09:00-10:00", visit=visit, day=1)

    days = [
        [one.title for one in sessions_of_day(visit, now=at(visit, clock, day=day))]
        for clock, day in (("11:30", 0), ("09:30", 0), ("08:00", 1), ("08:00", -3))
    ]

    assert days == [["День", "Утро"], ["Утро", "День"], ["Завтра"], ["Утро", "День"]]


def events(client: Client, visit: Visit) -> dict[str, Component]:
    """Events of one's own calendar by their titles."""
    response = client.get(f"/visits/{visit.key}/me/calendar.ics", headers={"accept-language": "en"})
    assert response.headers["Content-Type"].startswith("text/calendar")
    return {str(one["summary"]): one for one in Calendar.from_ical(response.content).walk("VEVENT")}


def test_one_s_own_calendar_holds_what_was_told_and_how_one_comes_and_leaves(
    client: Client, visit: Visit, own: Delegate
) -> None:
    session = a_session("Дом", "09:00-10:00", visit=visit, address="Лесная, 7")
    told(visit)
    a_session("Не рассказано", "12:00-13:00", visit=visit)
    Travel.objects.create(
        delegate=own, arrives="поезд 016", leaves="поезд 015", lodging="Гостиница", needs="пандус"
    )
    sign_in_as(client, own)

    found = events(client, visit)

    assert set(found) == {"Дом", "Arrival: поезд 016", "Departure: поезд 015"}
    arrival = found["Arrival: поезд 016"]
    assert (str(found["Дом"]["uid"]), str(arrival["uid"])) == (
        f"{session.key}@sinergia",
        f"{own.key}-arrives@sinergia",
    )
    assert (arrival.decoded("dtstart"), str(arrival["location"])) == (visit.starts_on, "Гостиница")
    assert found["Departure: поезд 015"].decoded("dtend") == date(2026, 12, 18)
    assert all("пандус" not in one.to_ical().decode() for one in found.values())


def test_a_later_word_has_a_greater_number_and_what_is_gone_is_cancelled(
    client: Client, visit: Visit, own: Delegate
) -> None:
    dom = a_session("Дом", "10:00-11:00", visit=visit)
    gone = a_session("Двор", "12:00-13:00", visit=visit)
    told(visit)
    sign_in_as(client, own)
    first = events(client, visit)
    remove_session(gone, seen=1, actor=staff_of(visit), now=NOON)
    told(visit, now=NOON + timedelta(hours=1))
    second = events(client, visit)
    say_late(visit, 20, actor=staff_of(visit), now=at(visit, "09:50"))
    third = events(client, visit)

    numbers = [number_of(one["Дом"]) for one in (first, second, third)]
    assert numbers == sorted(set(numbers))
    assert third["Дом"].decoded("dtstart") == at(visit, "10:20")
    assert ["status" in one["Двор"] for one in (first, second)] == [False, True]
    assert str(second["Двор"]["status"]) == "CANCELLED"
    assert number_of(second["Двор"]) > number_of(first["Двор"])
    assert Session.objects.get(pk=dom.pk).late_minutes == 20


def test_of_a_cancelled_visit_every_day_is_cancelled(
    client: Client, visit: Visit, own: Delegate
) -> None:
    a_session("Дом", visit=visit)
    told(visit)
    Visit.objects.filter(pk=visit.pk).update(stage="cancelled")
    sign_in_as(client, own)

    assert [str(one["status"]) for one in events(client, visit).values()] == ["CANCELLED"]


def test_a_calendar_is_one_s_own_or_none(client: Client, visit: Visit, own: Delegate) -> None:
    sign_in_twice(client, staff_of(visit))

    assert client.get(f"/visits/{visit.key}/me/calendar.ics").status_code == 404
    Delegate.objects.filter(pk=own.pk).update(gone_at=timezone.now())
    sign_in_as(client, own)
    assert client.get(f"/visits/{visit.key}/me/calendar.ics").status_code == 404
