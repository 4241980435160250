"""The same request arrives twice at one moment: on the database that lets it."""

from uuid import uuid4

import pytest
from django.db import transaction

from sinergia.exchange.actions.commitments import Taken, take_home
from sinergia.exchange.actions.noting import Noted, save_note
from sinergia.exchange.models import Commitment, Delegate, SessionNote
from tests.arrange import NOON, a_visit
from tests.exchange.arrange_home import a_traveller, person_of
from tests.organisations.test_roles_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def delegate() -> Delegate:
    with transaction.atomic():
        return a_traveller("anna", a_visit())


def test_one_tap_that_is_sent_twice_at_once_takes_one_thing_home(delegate: Delegate) -> None:
    actor, taken = person_of(delegate), Taken(uuid4(), delegate, idea="Прокат колясок")

    def take() -> object:
        return take_home(delegate.visit, taken, actor=actor, now=NOON)

    told = at_once(take, take)

    assert (told, Commitment.objects.count()) == (["done", "done"], 1)


def test_one_note_that_is_sent_twice_at_once_is_one(delegate: Delegate) -> None:
    actor, noted = person_of(delegate), Noted(uuid4(), "Смета")

    def save() -> object:
        return save_note(delegate.visit, noted, actor=actor, now=NOON)

    told = at_once(save, save)

    assert (told, SessionNote.objects.count()) == (["done", "done"], 1)
