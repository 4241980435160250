"""Those who stand in most tests of grants: a centre, its operator, a contest, a published award."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from sinergia.calls.models import Contest
from sinergia.grants.models import Grant
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.models import Award
from tests.arrange import a_centre, a_consultant, a_contest
from tests.arrange_grants import a_grant, an_award, fresh, leader_of, signed
from tests.grants.arrange_joining import a_page, seen_now


@pytest.fixture
def in_english(client: Client) -> Iterator[None]:
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def operator(centre: Centre) -> Person:
    return a_consultant(centre=centre)


@pytest.fixture
def contest(centre: Centre, operator: Person) -> Contest:
    return a_contest(centre=centre)


@pytest.fixture
def award(contest: Contest, operator: Person) -> Award:
    return an_award(contest=contest, operator=operator)


@pytest.fixture
def grant(award: Award, operator: Person) -> Grant:
    return a_grant(award, operator=operator)


@pytest.fixture
def leader(grant: Grant) -> Person:
    return leader_of(grant)


@pytest.fixture
def project(grant: Grant, operator: Person) -> Grant:
    """A grant under way whose page is open to everybody."""
    under_way = seen_now(signed(grant, operator))
    a_page(under_way, leader_of(under_way), embed="https://site.example/page")
    return fresh(under_way)


@pytest.fixture
def host(project: Grant) -> Person:
    return leader_of(project)
