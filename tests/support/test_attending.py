"""Who was at a training: ticking, the code at the door, certificates, what a report counts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.actions.attending import tick_own, tick_present
from sinergia.support.actions.certifying import give_certificates
from sinergia.support.actions.enrolling import (
    leave,
)
from sinergia.support.actions.trainings import take_step
from sinergia.support.queries.enrolments import certificate_by
from sinergia.support.queries.trainings import attended, held, places_left
from tests.afterwards import codes_in
from tests.arrange import a_centre, a_consultant, a_region
from tests.support.arrange_trainings import (
    AFTER,
    BEGINS,
    NOW,
    a_held_training,
    a_source,
    an_open_training,
    certify,
    enrolled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_before_the_day_nobody_was_there(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)
    row = enrolled(training, "anna")

    with pytest.raises(Refused):
        tick_present(training, [row], shown=[], actor=larisa, now=NOW)


def test_two_who_tick_at_once_lose_nothing(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre, places=None)
    anna, boris, vera = (enrolled(training, name) for name in ("anna", "boris", "vera"))

    tick_present(training, [anna], shown=[], actor=larisa, now=BEGINS)
    tick_present(training, [boris], shown=[], actor=larisa, now=BEGINS)  # had not seen anna ticked
    tick_present(training, [], shown=[boris], actor=larisa, now=BEGINS)
    tick_present(training, [vera], shown=[], actor=larisa, now=BEGINS)

    there = training.enrolments.filter(attended_at__isnull=False).order_by("pk")
    assert [one.name for one in there] == ["anna", "vera"]


def test_who_waited_and_came_all_the_same_is_there(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre, places=1)
    _anna, boris = enrolled(training, "anna"), enrolled(training, "boris")

    tick_present(training, [boris], shown=[], actor=larisa, now=BEGINS)

    boris.refresh_from_db()
    assert (boris.stage, boris.attended_at, places_left(training)) == ("enrolled", BEGINS, 0)


def test_by_the_code_at_the_door_one_is_there_on_that_day_alone(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    row = enrolled(training, "anna")

    for code, now in (
        ("forged", BEGINS),
        ("", BEGINS),
        (training.check_code, BEGINS - timedelta(days=1)),
        (training.check_code, BEGINS + timedelta(days=1)),
    ):
        with pytest.raises(Refused) as refused:
            tick_own(row, code, actor=None, now=now)
        assert codes_in(refused) == ["enrolment.not_here"]

    assert tick_own(row, training.check_code, actor=None, now=BEGINS).attended_at == BEGINS


def test_who_left_is_not_there_by_the_code(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)
    row = leave(enrolled(training, "anna"), by=None, now=NOW)

    with pytest.raises(Refused):
        tick_own(row, training.check_code, actor=None, now=BEGINS)


def test_only_who_was_there_gets_a_certificate(larisa: Person, centre: Centre) -> None:
    training = a_held_training(larisa, centre, "anna", "boris", absent="vera")

    certify(training, larisa)
    numbers = dict(training.enrolments.values_list("name", "certificate"))
    certify(training, larisa)

    assert numbers == dict(training.enrolments.values_list("name", "certificate"))
    assert numbers["vera"] == ""
    assert numbers["anna"].startswith(f"{BEGINS:%y%m%d}-001-")
    assert certificate_by(numbers["boris"].casefold()) is not None
    assert certificate_by(f"{BEGINS:%y%m%d}-003-00000000") is None
    with pytest.raises(IntegrityError), transaction.atomic():
        training.enrolments.filter(name="vera").update(certificate="261203-009-00000009")


def test_certificates_wait_until_the_training_is_held_by_somebody(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    enrolled(training, "anna")

    with pytest.raises(Refused) as refused:
        give_certificates(training, actor=larisa, now=AFTER)
    assert codes_in(refused) == ["training.not_held"]
    take_step(training, "hold", actor=larisa, now=AFTER)
    with pytest.raises(Refused) as refused:
        give_certificates(training, actor=larisa, now=AFTER)
    assert codes_in(refused) == ["training.nobody_was_there"]


def test_who_is_unticked_loses_the_certificate(larisa: Person, centre: Centre) -> None:
    training = a_held_training(larisa, centre, "anna", "boris")
    certify(training, larisa)
    anna = training.enrolments.get(name="anna")

    tick_present(training, [], shown=[anna], actor=larisa, now=AFTER)

    assert certificate_by(anna.certificate) is None


@pytest.mark.parametrize("unticked", ["anna", "vera"])
def test_a_running_number_is_given_once_whoever_loses_theirs(
    larisa: Person, centre: Centre, unticked: str
) -> None:
    training = a_held_training(larisa, centre, "anna", "boris", "vera", absent="gleb")
    certify(training, larisa)
    gone = training.enrolments.get(name=unticked)
    gleb = training.enrolments.get(name="gleb")

    tick_present(training, [gleb], shown=[gone], actor=larisa, now=AFTER)
    certify(training, larisa)

    gleb.refresh_from_db()
    assert gleb.certificate.split("-")[1] == "004"


def test_a_training_with_certificates_stays_held(larisa: Person, centre: Centre) -> None:
    training = a_held_training(larisa, centre, "anna")
    certify(training, larisa)

    with pytest.raises(Refused) as refused:
        take_step(training, "take_back", actor=larisa, now=AFTER)
    assert codes_in(refused) == ["training.has_certificates"]


def test_held_before_it_begins_is_refused(larisa: Person, centre: Centre) -> None:
    with pytest.raises(Refused) as refused:
        take_step(an_open_training(larisa, centre), "hold", actor=larisa, now=NOW)
    assert codes_in(refused) == ["training.not_begun"]


def test_a_report_counts_what_was_held_and_who_was_there(larisa: Person, centre: Centre) -> None:
    source = a_source(centre)
    first = a_held_training(larisa, centre, "anna", "boris", absent="vera", source=source)
    a_held_training(larisa, centre, "anna", name="Без денег")
    an_open_training(larisa, centre, source=source)
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    a_held_training(a_consultant("other", centre=other), other, "anna")
    day = BEGINS.date()

    assert list(held(centre, day, day, source)) == [first]
    assert held(centre, day, day).count() == 2
    assert [one.name for one in attended(centre, day, day, source)] == ["anna", "boris"]
    assert attended(centre, day, day).count() == 3
    assert attended(centre, day + timedelta(days=1), day + timedelta(days=9)).count() == 0
