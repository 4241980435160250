"""Before experts get them: which applications say whose they are, although the rules hide it."""

import pytest
from django.conf import settings
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from tests.arrange import an_organisation
from tests.arrange_review import an_examination, blind

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def address(contest: Contest, operator: Person, client: Client) -> str:
    """Two applications that speak of the chat of a yard; one organisation is called like it."""
    for title, name in (("Двор", "АНО «Чаты дворов»"), ("Сад", "АНО «Ромашка»")):
        an_examination(title, contest=contest, organisation=an_organisation(name))
    client.force_login(operator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return f"/calls/{contest.call.key}/assignment/"


def test_where_applicants_are_shown_nothing_is_looked_for(address: str, client: Client) -> None:
    page = client.get(f"{address}open-fields/").content.decode()

    assert "experts see who has applied" in page
    assert "open-fields" not in client.get(address).content.decode()


def test_an_application_that_names_its_applicant_is_listed_with_the_place(
    address: str, client: Client
) -> None:
    blind("applicant", "title", "head")

    page = client.get(f"{address}open-fields/").content.decode()

    assert "The open fields of 1 application name the organisation or its head." in page
    assert "<q>чат двора</q>" in page
    assert ("Чаты дворов" in page, "Ромашка" in page) == (True, False)
    assert "open-fields" in client.get(address).content.decode()


def test_what_is_hidden_itself_is_no_open_field(address: str, client: Client) -> None:
    blind("applicant", "title", "head", "information_support")

    assert "No open field names" in client.get(f"{address}open-fields/").content.decode()
