"""A centre, and who works there."""

import pytest
from django.test import Client

from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import a_centre, a_consultant


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


@pytest.fixture
def staff(larisa: Person) -> Client:
    client = Client()
    client.force_login(larisa)
    return client
