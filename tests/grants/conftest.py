"""Those who stand in most tests of grants: a centre, its operator, a contest, a published award."""

import pytest

from sinergia.calls.models import Contest
from sinergia.grants.models import Grant
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.models import Award
from tests.arrange import a_centre, a_consultant, a_contest
from tests.arrange_grants import a_grant, an_award, leader_of


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
