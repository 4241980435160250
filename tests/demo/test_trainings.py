"""Trainings of the demo: one held with certificates, one that is full, one being prepared."""

import pytest

from sinergia.organisations.models import CentreStaff
from sinergia.people.actions import command_person, invent_person
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries.trainings import trainings_of
from sinergia.web.commands.teaching import HEAD, hold_trainings
from sinergia.web.demo import stock
from tests.arrange import NOON, a_centre, a_region, an_organisation

pytestmark = pytest.mark.django_db


def test_three_trainings_are_told_once_however_often_the_step_is_taken() -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    centre = a_centre(region=region)
    an_organisation("Завтра у реки", region=region)
    me = command_person(NOON)
    head = invent_person(HEAD, "Дорохова И. П.", is_administrator=False, actor=me, now=NOON)
    CentreStaff.objects.create(centre=centre, person=head, role="head", since=NOON)

    for _twice in range(2):
        hold_trainings()

    assert sorted(trainings_of(centre).values_list("stage", flat=True)) == ["draft", "held", "open"]
    assert Training.objects.count() == 3
    people = len(stock.trainings()["people"])
    of_open = Enrolment.objects.filter(training__stage="open")
    assert of_open.filter(stage="enrolled").count() == 4
    assert of_open.filter(stage="waiting").count() == people - 4
    assert Enrolment.objects.exclude(certificate="").count() == people - 1
    assert Enrolment.objects.filter(organisation__isnull=False).count() == 2
