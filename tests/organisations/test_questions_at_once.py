"""A load and a person come to the same question at one moment: on the database that lets them."""

from pathlib import Path
from threading import Event

import pytest
from django.db import transaction

from sinergia.organisations.actions import change_organisation
from sinergia.organisations.actions.questions import Answer, settle_alike, settle_question
from sinergia.organisations.models import Organisation, Question
from sinergia.organisations.queries.questions import QuestionFilter, alike
from sinergia.people.models import Person
from tests.arrange import NOON, an_administrator, an_organisation
from tests.organisations.register_files import a_row, known_regions, load_rows, organisation
from tests.organisations.test_roles_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SHORT = 0.5  # seconds: by then the other one waits
Result = Question.Result


@pytest.fixture
def olga() -> Person:
    known_regions()
    return an_administrator()


def as_a_load_does(organisation: Organisation, question: Question) -> None:
    """Lock the organisation, then its question."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        Event().wait(SHORT)
        Question.objects.select_for_update().get(pk=question.pk)


def test_a_group_of_questions_waits_for_a_load_and_does_not_lock_it_out(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    for place in (1, 2):
        given = {"site": "hand.example"}
        change_organisation(organisation(place), given, actor_key=olga.key, now=NOON)
    load_rows(tmp_path, *(a_row(one, site="new.example") for one in (1, 2)), actor=olga)
    (group,) = alike(olga, QuestionFilter())
    asked = Question.objects.get(organisation=organisation(2))

    told = at_once(
        lambda: as_a_load_does(organisation(2), asked),
        lambda: settle_alike(group, Result.TAKEN, actor=olga, now=NOON),
    )

    assert told == ["done", "done"]
    assert organisation(2).site == "new.example"


def test_a_row_that_is_joined_waits_for_a_load_of_its_organisation(
    tmp_path: Path, olga: Person
) -> None:
    with transaction.atomic():
        twin = an_organisation('АНО "ДОМ 1"', region=known_regions()[0])
    load_rows(tmp_path, a_row(1, ogrn="", inn=""), actor=olga)
    asked = Question.objects.get()
    answer = Answer(Result.JOINED, organisation=twin)

    told = at_once(
        lambda: as_a_load_does(twin, asked),
        lambda: settle_question(asked.key, answer, actor=olga, now=NOON),
    )

    twin.refresh_from_db()
    assert (told, twin.site) == (["done", "done"], "dom1.example")
