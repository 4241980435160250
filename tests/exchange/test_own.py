"""What a delegate says themselves, and the two who see how the delegates travel."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.own import (
    erase_travel,
    write_travel,
    write_wishes,
)
from sinergia.exchange.actions.visits import cancel_visit
from sinergia.exchange.models import Delegate, Travel, Visit, VisitCourse
from sinergia.exchange.queries.delegation import (
    travel_to_erase,
    travelling,
    wished_by,
)
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import NOON, a_person, a_region, a_theme
from tests.exchange.arrange_exchange import (
    a_home,
    a_tied,
    a_traveller,
    an_account,
    an_idea,
    an_invited,
    staff_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

SAID = {"arrives": "16.12, 7:40", "leaves": "", "lodging": "гостиница", "needs": "пандус"}


@pytest.fixture
def centre() -> Centre:
    return a_home()


@pytest.fixture
def ours(centre: Centre) -> Person:
    return staff_of(centre)


@pytest.fixture
def visit(centre: Centre, ours: Person) -> Visit:
    a_region()
    return an_idea(ours, centre)


def order(visit: Visit) -> list[str]:
    return [one.name for one in travelling(visit)]


def test_wishes_are_themes_of_the_region_that_is_visited(visit: Visit, ours: Person) -> None:
    row, person = a_tied(visit, ours)
    there = a_theme(region=visit.to_region)
    here = a_theme("Дома", region=visit.from_region)
    write_wishes(row, "Смета", [there, here], actor=person, now=NOON)
    with pytest.raises(PermissionDenied):
        write_wishes(row, "Чужое", [], actor=ours, now=NOON)
    Visit.objects.update(stage="done")
    with pytest.raises(Refused, match=r"delegate\.visit_over"):
        write_wishes(row, "Поздно", [], actor=person, now=NOON)

    row.refresh_from_db()
    assert (row.wishes, wished_by(row)) == ("Смета", [there])


def test_travel_is_written_by_the_delegate_or_the_coordinator_alone(
    visit: Visit, ours: Person, centre: Centre
) -> None:
    row, person = a_tied(visit, ours)
    lead = a_traveller(visit, ours, "Глава")
    Delegate.objects.filter(pk=lead.pk).update(is_lead=True, person=a_person("lead"))
    VisitCourse.objects.update(coordinator=ours)
    colleague = staff_of(centre, "colleague", "head")

    write_travel(row, SAID, actor=person, now=NOON)
    write_travel(row, SAID | {"needs": ""}, actor=ours, now=NOON)
    for stranger in (colleague, Person.objects.get(name="lead")):
        with pytest.raises(PermissionDenied):
            write_travel(row, SAID, actor=stranger, now=NOON)

    assert Travel.objects.get().needs == ""


def test_travel_is_seen_by_two_on_their_pages(
    client: Client, visit: Visit, ours: Person, centre: Centre
) -> None:
    row, person = a_tied(visit, ours)
    write_travel(row, SAID, actor=person, now=NOON)
    lead, other = a_traveller(visit, ours, "Глава"), a_traveller(visit, ours, "Другая")
    Delegate.objects.filter(pk=lead.pk).update(is_lead=True, person=a_person("lead"))
    Delegate.objects.filter(pk=other.pk).update(person=a_person("other"))
    VisitCourse.objects.update(coordinator=ours)
    staff_of(centre, "head", "head")
    seen = {}
    for name in ("ours", "lead", "head", "other", "alexey"):
        client.force_login(Person.objects.get(name=name))
        answer = client.get(f"/visits/{visit.key}/travel/")
        pages = [client.get(f"/visits/{visit.key}/{page}") for page in ("", "delegation/")]
        seen[name] = (answer.status_code, "пандус" in answer.text)
        assert not any("пандус" in page.text for page in pages)

    own = client.get(f"/visits/{visit.key}/me/")
    assert seen == {
        "ours": (200, True),
        "lead": (200, True),
        "head": (404, False),
        "other": (404, False),
        "alexey": (404, False),
    }
    assert "пандус" in own.text


def test_travel_is_erased_thirty_days_after_the_visit(visit: Visit, ours: Person) -> None:
    row, person = a_tied(visit, ours)
    write_travel(row, SAID, actor=person, now=NOON)
    Visit.objects.update(ends_on=date(2026, 12, 17))

    assert travel_to_erase(today=date(2027, 1, 16)) == []
    for pk in travel_to_erase(today=date(2027, 1, 17)):
        erase_travel(pk)
    assert not Travel.objects.exists()


def test_a_delegates_own_pages(client: Client, visit: Visit, ours: Person) -> None:
    _row, person = a_tied(visit, ours)
    theme = a_theme(region=visit.to_region)
    client.force_login(person)
    page = f"/visits/{visit.key}/me/"
    wished = client.post(f"{page}wishes/", {"wishes": "Смета", "themes": [str(theme.key)]})
    told = client.post(f"{page}way/", SAID)
    stranger = Client()
    stranger.force_login(a_person("stranger"))
    own = client.get(page)

    assert (wished.status_code, told.status_code) == (302, 302)
    assert ("Смета" in own.text, "пандус" in own.text, theme.name in own.text) == (True,) * 3
    assert stranger.get(page).status_code == 404
    assert client.get("/visits/mine/").status_code == 200


def test_the_desk_shows_invitations_own_visits_and_what_waits_for_ones_word(
    client: Client, visit: Visit, ours: Person
) -> None:
    row, person = a_tied(visit, ours)
    Delegate.objects.filter(pk=row.pk).update(confirmed_at=None)
    guest = an_account("tamara")
    _row, made, _token = an_invited(an_idea(ours, visit.centre, name="Вторая"), ours, guest.email)
    made.ends_at = timezone.now() + timedelta(days=1)
    made.save()

    client.force_login(person)
    own = client.get("/desk/").text
    client.force_login(guest)
    invited = client.get("/desk/").text

    page = f"/visits/{visit.key}/me/"
    assert own.count(page) == 2
    assert (page in invited, "/visits/mine/" in invited) == (False, True)
    assert "Вторая" in client.get("/visits/mine/").text


def test_travel_of_a_visit_without_days_is_erased_once_it_is_cancelled_or_put_away(
    visit: Visit, ours: Person
) -> None:
    row, person = a_tied(visit, ours)
    write_travel(row, SAID, actor=person, now=NOON)
    Visit.objects.update(starts_on=None, ends_on=None)
    day = NOON.date()
    assert travel_to_erase(today=day + timedelta(days=400)) == []

    cancel_visit(visit, "Нет денег", actor=ours, now=NOON)
    told = [travel_to_erase(today=day + timedelta(days=days)) != [] for days in (30, 31)]
    Visit.objects.update(stage="idea")
    VisitCourse.objects.update(removed_at=NOON)
    told += [travel_to_erase(today=day + timedelta(days=days)) != [] for days in (30, 31)]

    assert told == [False, True] * 2
