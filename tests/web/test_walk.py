"""The demo's guided walk; over a whole demo it is walked in tests/browser/test_first_visit.py."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from sinergia.people.actions import command_person, invent_person
from sinergia.people.models import Person
from sinergia.web.walk.steps import STEPS
from tests.arrange import NOON, a_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def minister(client: Client, settings: Settings) -> Person:
    """Of the demo's people one, who opens the third step; and the region he opens."""
    settings.IS_DEMO = True
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    a_region("XA-SVB")
    actor = command_person(NOON)
    return invent_person(
        "turchin@svetloborsk.example", "Турчин П. С.", is_administrator=False, actor=actor, now=NOON
    )


@pytest.mark.parametrize("address", ["", "3/", "end/"])
def test_where_this_is_no_demo_there_is_no_walk(address: str, client: Client) -> None:
    ask = client.post if address else client.get

    assert ask(f"/demo/walk/{address}").status_code == 404


def test_a_step_opens_its_page_as_its_person_and_leads_on(client: Client, minister: Person) -> None:
    listed = client.get("/demo/walk/").content.decode()
    taken = client.post("/demo/walk/3/")
    page = client.get(taken["Location"]).content.decode()

    with translation.override("en"):
        assert [str(step.title) in listed for step in STEPS] == [True] * 9
    assert taken["Location"] == "/regions/XA-SVB/?fund=FUND1"
    assert client.session["_auth_user_id"] == str(minister.pk)
    assert "Step 3 of 9." in page
    assert 'action="/demo/walk/4/"' in page


def test_whoever_ends_the_walk_stays_who_they_are(client: Client, minister: Person) -> None:
    client.post("/demo/walk/3/")
    client.post("/demo/walk/end/")
    page = client.get("/").content.decode()

    assert client.session["_auth_user_id"] == str(minister.pk)
    assert "Step 3 of 9." not in page
    assert "Show me the whole way" in page


def test_a_step_whose_page_is_not_there_says_so(client: Client, minister: Person) -> None:
    missing = [client.post(f"/demo/walk/{number}/") for number in (1, 9)]
    strange = [client.post(f"/demo/walk/{number}/") for number in (0, 10)]

    assert [answer.status_code for answer in (*missing, *strange)] == [404] * 4
    assert all("told in part" in answer.content.decode() for answer in missing)
    assert "_auth_user_id" not in client.session
