"""Those who stand in most tests of review: a centre, its operator, a contest that has ended."""

import pytest

from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import a_centre, a_consultant, a_contest


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def operator(centre: Centre) -> Person:
    return a_consultant(centre=centre)


@pytest.fixture
def contest(centre: Centre, operator: Person) -> Contest:
    return a_contest(centre=centre)
