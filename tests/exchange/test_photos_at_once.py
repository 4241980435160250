"""A picture is hidden while somebody shows it: on the database that lets both begin."""

from collections.abc import Callable
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from sinergia.base.files.models import StoredFile
from sinergia.exchange.actions.consents import (
    give_visit_consent,
    name_in_photo,
    take_back_consent,
)
from sinergia.exchange.actions.photos import add_photo, hide_photo, show_photo
from sinergia.exchange.models import Delegate, SessionPhoto
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_visit
from tests.exchange.arrange_home import a_picture, a_session, a_traveller, person_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@transaction.atomic
def a_photo() -> tuple[SessionPhoto, list[Delegate], Person]:
    """A picture in which the first is named, who agreed; the second did not."""
    visit = a_visit()
    centre = a_consultant("larisa", centre=visit.centre)
    anna, boris = (a_traveller(name, visit) for name in ("anna", "boris"))
    by = person_of(boris)
    photo = add_photo(a_session(visit), a_picture(by), "Кухня", "все", actor=by, now=NOON)
    give_visit_consent(anna, "shown", actor=person_of(anna), now=NOON)
    name_in_photo(photo, [anna], actor=centre, now=NOON)
    return photo, [anna, boris], centre


def take_back(_photo: SessionPhoto, people: list[Delegate], _centre: Person) -> None:
    take_back_consent(people[0], ["shown"], actor=person_of(people[0]), now=NOON)


def hide(photo: SessionPhoto, _people: list[Delegate], centre: Person) -> None:
    hide_photo(photo, actor=centre, now=NOON)


def name_both(photo: SessionPhoto, people: list[Delegate], centre: Person) -> None:
    name_in_photo(photo, people, actor=centre, now=NOON)


@pytest.mark.parametrize("act", [take_back, hide, name_both])
def test_a_picture_that_is_being_shown_is_hidden_all_the_same(
    act: Callable[[SessionPhoto, list[Delegate], Person], None],
) -> None:
    photo, people, centre = a_photo()
    shown = Event()

    def show() -> None:
        try:
            with transaction.atomic():
                show_photo(photo, "Анна согласна", actor=centre, now=NOON)
                shown.set()
                sleep(0.5)  # the other one waits for the row meanwhile
        finally:
            connection.close()

    showing = Thread(target=show)
    showing.start()
    assert shown.wait(5)
    act(photo, people, centre)
    showing.join()

    assert StoredFile.objects.get(pk=photo.file_id).is_public is False
