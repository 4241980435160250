"""200 people sign up for 12 places at one moment, on either database."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from sinergia.support.actions.enrolling import enrol, leave
from sinergia.support.models import Enrolment, Training
from tests.arrange import a_centre, a_consultant
from tests.organisations.test_roles_at_once import at_once
from tests.support.arrange_trainings import NOW, an_open_training, enrolled, person_given

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
MANY, PLACES, AT_ONCE = 200, 12, 20


@pytest.fixture
def in_a_file(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    """SQLite as it is run: a file, to which each thread has a connection of its own."""
    if connection.vendor != "sqlite":
        yield
        return
    before, kept = connection.settings_dict["NAME"], sqlite3.connect(tmp_path / "site.sqlite3")
    connection.ensure_connection()
    memory = connection.connection
    memory.backup(kept)
    kept.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "site.sqlite3")
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, before


def an_arranged_training(places: int) -> Training:
    with transaction.atomic():
        centre = a_centre()
        larisa = a_consultant("larisa", centre=centre)
        return an_open_training(larisa, centre, places=places)


@pytest.mark.usefixtures("in_a_file")
def test_of_200_who_enrol_at_once_exactly_12_have_places_in_order() -> None:
    training = an_arranged_training(PLACES)

    def signing_up(number: int) -> object:
        return enrol(
            training,
            person_given(f"участник{number}", email=f"n{number}@example.org"),
            language="ru",
            agreed_version=1,
            person=None,
            now=NOW,
        )

    told: list[str] = []
    for first in range(0, MANY, AT_ONCE):
        acts = [lambda n=n: signing_up(n) for n in range(first, first + AT_ONCE)]
        told += at_once(*acts)

    assert told == ["done"] * MANY
    stages = list(training.enrolments.order_by("pk").values_list("stage", flat=True))
    assert stages == ["enrolled"] * PLACES + ["waiting"] * (MANY - PLACES)


@pytest.mark.usefixtures("in_a_file")
def test_of_two_who_leave_at_once_the_places_go_to_the_next_two() -> None:
    training = an_arranged_training(2)
    with transaction.atomic():
        rows = [enrolled(training, name) for name in ("anna", "boris", "vera", "gleb", "dina")]

    told = at_once(
        lambda: leave(rows[0], by=None, now=NOW), lambda: leave(rows[1], by=None, now=NOW)
    )

    assert told == ["done", "done"]
    stages = list(Enrolment.objects.order_by("pk").values_list("stage", flat=True))
    assert stages == ["left", "left", "enrolled", "enrolled", "waiting"]
