"""Whoever goes through a visit step by step finds the next page, and reads what it needs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.exchange.models import Delegate, Visit
from sinergia.people.models import Person
from tests.arrange import a_municipality, a_practice, a_visit, an_organisation
from tests.exchange.arrange import staff_of
from tests.exchange.arrange_exchange import a_programme
from tests.exchange.arrange_home import a_commitment, a_session, a_traveller, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    """Under way since yesterday."""
    made, today = a_visit(), timezone.localdate()
    made.stage, made.starts_on, made.ends_on = "under_way", today - timedelta(days=1), today
    made.save()
    return made


@pytest.fixture
def staff(visit: Visit, client: Client) -> Person:
    made = staff_of(visit)
    client.force_login(made)
    return made


@pytest.fixture
def delegate(visit: Visit, client: Client) -> Delegate:
    made = a_traveller("anna", visit)
    client.force_login(person_of(made))
    return made


def read(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visit_and_an_agreement_are_begun_from_the_page_of_their_programme(
    client: Client, visit: Visit, staff: Person
) -> None:
    programme = a_programme(staff, visit.centre)
    page = read(client, f"/exchange/programmes/{programme.key}/")

    for address in ("/visits/new/", "/exchange/agreements/new/"):
        asked = f"{address}?programme={programme.key}"
        assert f'href="{asked}"' in page
        assert f'<option value="{programme.key}" selected>' in read(client, asked)


def test_a_programme_without_places_asks_for_them(
    client: Client, visit: Visit, staff: Person
) -> None:
    programme = a_programme(staff, visit.centre, sides=False)
    bare = read(client, f"/exchange/programmes/{programme.key}/")
    whole = a_programme(staff, visit.centre)

    assert ('<details class="details no-print" open>' in bare, "<dt>One side</dt>" in bare) == (
        True,
        False,
    )
    assert 'no-print" open>' not in read(client, f"/exchange/programmes/{whole.key}/")


def test_on_the_day_a_delegate_finds_the_sessions_with_their_delay_and_place(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    practice = a_practice(organisation=an_organisation())
    session = a_session(visit, "Занятие", practice)
    session.late_minutes, session.address = 20, "ул. Мира, 4"
    session.municipality, session.heads = a_municipality("Светлоборск"), "Лисицына, директор"
    session.save()
    expected = timezone.localtime(session.starts_at) + timedelta(minutes=20)

    there = f"/visits/{visit.key}/there/"
    assert f'class="button button-primary" href="{there}"' in read(client, f"/visits/{visit.key}/")
    told = f"expected {expected:%H:%M}"
    assert told in read(client, there)
    client.force_login(staff_of(visit))  # a delegate reads of a place what was told
    page = read(client, f"{there}{session.key}/")
    assert all(words in page for words in (told, "Светлоборск, ул. Мира, 4", "Лисицына, директор"))
    assert f'href="/practices/{practice.key}/"' in page


def test_ones_own_page_stands_beside_the_others_of_the_visit(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    page = read(client, f"/visits/{visit.key}/me/")

    assert f'href="/visits/{visit.key}/programme/"' in page
    assert f'href="/visits/{visit.key}/there/"' in page


def test_a_commitment_leads_to_its_practice(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    practice = a_practice(organisation=an_organisation())
    taken = a_commitment(delegate, "", practice=practice)

    assert f'href="/practices/{practice.key}/"' in read(client, f"/commitments/{taken.key}/")


def test_a_step_back_that_the_days_forbid_is_not_offered(
    client: Client, visit: Visit, staff: Person
) -> None:
    address, back = f"/visits/{visit.key}/", f"/visits/{visit.key}/back/"
    has_begun = read(client, address)
    Visit.objects.filter(pk=visit.pk).update(stage="approved")

    assert (back in has_begun, back in read(client, address)) == (False, True)


def test_whoever_finds_no_host_is_told(client: Client, visit: Visit, staff: Person) -> None:
    address = f"/visits/{visit.key}/programme/add/"
    typed = {"title": "Встреча", "host_words": "Нет такой", "look": "yes"}
    page = client.post(address, typed, headers={"accept-language": "en"}).content.decode()

    assert "The register finds nobody by these words" in page
    assert "autofocus" in page
    assert "finds nobody" not in read(client, address)


def test_nobody_on_the_list_is_no_number(client: Client, visit: Visit, staff: Person) -> None:
    address = f"/visits/{visit.key}/"
    before = read(client, address)
    a_traveller("boris", visit)

    assert "Nobody is on the list yet." in before
    assert "1 delegate travels." in read(client, address)
