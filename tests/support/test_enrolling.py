"""Enrolling: places in order, the waiting list, leaving, what goes by letter."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.access.trainings import own_token
from sinergia.support.actions.attending import tick_present
from sinergia.support.actions.certifying import give_certificates
from sinergia.support.actions.enrolling import (
    change_enrolment,
    enrol,
    forget_enrolment,
    leave,
    send_link_again,
    write_down,
)
from sinergia.support.actions.trainings import cancel_training, take_step, write_training
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries.enrolments import certificate_by, place_in_line
from sinergia.support.queries.trainings import attended, places_left
from tests.afterwards import codes_in
from tests.arrange import a_centre, a_consultant, a_person, a_region
from tests.support.arrange_trainings import (
    AFTER,
    BEGINS,
    ENDS,
    NOW,
    a_draft_training,
    a_held_training,
    an_open_training,
    certify,
    enrolled,
    person_given,
    run,
    sent,
    stages,
    training_given,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_places_go_in_order_and_the_next_ones_wait(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre, places=2)

    rows = [enrolled(training, name) for name in ("Анна", "Борис", "Вера", "Глеб")]

    assert stages(training) == ["enrolled", "enrolled", "waiting", "waiting"]
    assert (place_in_line(rows[3]), places_left(training)) == (2, 0)
    assert rows[0].agreed_at == NOW
    assert rows[0].agreed_version == 1


def test_who_leaves_frees_a_place_and_the_first_who_waits_is_told(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    anna, boris, _vera = (enrolled(training, name) for name in ("anna", "boris", "vera"))

    leave(anna, by=None, now=NOW)
    leave(anna, by=None, now=NOW)
    run()

    assert stages(training) == ["left", "enrolled", "waiting"]
    told = [one for one in mail.outbox if "boris@example.org" in one.to]
    assert own_token(boris.key) in told[-1].body
    assert [one.verb for one in Entry.objects.filter(about_key=str(boris.key))] == [
        "enrolment.made",
        "enrolment.place_given",
    ]


def test_who_comes_back_after_leaving_waits_behind_the_others(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    anna, _boris, _vera = (enrolled(training, name) for name in ("anna", "boris", "vera"))
    leave(anna, by=None, now=NOW)

    again = enrolled(training, "anna")

    assert (again.stage, place_in_line(again)) == ("waiting", 2)
    assert training.enrolments.count() == 3


def test_one_address_enrols_once_and_nothing_of_the_row_is_changed(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    first = enrolled(training, "anna")

    second = enrolled(training, "Чужое имя", email="ANNA@example.org")

    assert (second.pk, training.enrolments.get().name) == (first.pk, "anna")
    run()
    assert len(sent("anna@example.org")) == 2  # the letter, and once more the same one
    enrolled(training, "anna")
    run()
    assert len(sent("anna@example.org")) == 2  # at most once an hour


@pytest.mark.parametrize("stage", ["draft", "closed", "held", "cancelled"])
def test_one_enrols_only_where_enrolment_is_open(
    stage: str, larisa: Person, centre: Centre
) -> None:
    training = a_draft_training(larisa, centre)
    Training.objects.filter(pk=training.pk).update(stage=stage, why="—")

    with pytest.raises(Refused) as refused:
        enrolled(training, "anna")

    assert codes_in(refused) == ["training.not_taking"]


def test_once_it_has_begun_nobody_enrols_any_more(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)

    enrolled(training, "anna", now=BEGINS - timedelta.resolution)
    with pytest.raises(Refused):
        enrolled(training, "boris", now=BEGINS)


def test_without_consent_nobody_is_written_down(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)

    with pytest.raises(Refused) as refused:
        enrol(training, person_given(), language="ru", agreed_version=0, person=None, now=NOW)

    assert (codes_in(refused), training.enrolments.count()) == (["enrolment.not_agreed"], 0)


def test_more_places_go_to_those_who_wait_and_fewer_than_taken_cannot_be(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    for name in ("anna", "boris", "vera"):
        enrolled(training, name)

    write_training(centre, training_given(places=2), actor=larisa, now=NOW, training=training)
    assert stages(training) == ["enrolled", "enrolled", "waiting"]

    with pytest.raises(Refused) as refused:
        write_training(centre, training_given(places=1), actor=larisa, now=NOW, training=training)
    assert codes_in(refused) == ["training.places_taken"]


def test_of_another_day_those_who_enrolled_hear_and_of_another_programme_not(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    enrolled(training, "anna")
    run()
    mail.outbox.clear()

    write_training(centre, training_given(about="Иначе"), actor=larisa, now=NOW, training=training)
    run()
    assert sent("anna@example.org") == []

    given = training_given(ends_at=ENDS + timedelta(days=1))
    write_training(centre, given, actor=larisa, now=NOW, training=training)
    run()
    assert len(sent("anna@example.org")) == 1


def test_the_day_before_those_who_have_a_place_are_reminded_with_the_link(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    enrolled(training, "anna")
    enrolled(training, "boris")
    run()
    mail.outbox.clear()

    run_due_errands(now=BEGINS - timedelta(days=2))
    assert mail.outbox == []
    run_due_errands(now=BEGINS - timedelta(hours=12))

    assert [one.to for one in mail.outbox] == [["anna@example.org"]]
    assert "https://meet.example/room" in mail.outbox[0].body


def test_a_training_that_was_moved_is_reminded_of_by_its_new_day_alone(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    enrolled(training, "anna")
    later = {"starts_at": BEGINS + timedelta(days=30), "ends_at": ENDS + timedelta(days=30)}
    write_training(centre, training_given(**later), actor=larisa, now=NOW, training=training)
    run()
    mail.outbox.clear()

    run_due_errands(now=BEGINS)
    assert mail.outbox == []
    run_due_errands(now=BEGINS + timedelta(days=29, hours=12))
    assert len(mail.outbox) == 1


def test_of_a_cancelled_training_all_are_told_with_the_reason(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    enrolled(training, "anna")
    enrolled(training, "boris")
    run()
    mail.outbox.clear()

    with pytest.raises(Refused) as refused:
        cancel_training(training, " ", actor=larisa, now=NOW)
    assert codes_in(refused) == ["training.no_reason"]
    for _press in range(2):
        cancel_training(training, "Заболел преподаватель", actor=larisa, now=NOW)
    run()

    assert sorted(one.to[0] for one in mail.outbox) == ["anna@example.org", "boris@example.org"]
    assert all("Заболел преподаватель" in one.body for one in mail.outbox)


def test_the_centre_writes_people_down_even_without_an_address(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)

    for name in ("Анна", "Борис"):
        given = person_given(name, email="", phone="+7 900 111-22-33")
        write_down(training, given, language="ru", actor=larisa, now=NOW)
    run()

    assert (stages(training), mail.outbox) == (["enrolled", "waiting"], [])
    assert training.enrolments.first().agreed_at is None  # type: ignore[union-attr]


def test_two_rows_never_stand_under_one_address(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)
    anna, boris = enrolled(training, "anna"), enrolled(training, "boris")

    with pytest.raises(Refused):
        write_down(training, person_given("anna"), language="ru", actor=larisa, now=NOW)
    given = person_given("boris", email="Anna@Example.org")
    with pytest.raises(Refused) as refused:
        change_enrolment(boris, given, actor=larisa, now=NOW)
    assert codes_in(refused) == ["enrolment.there_already"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=boris.pk).update(email=anna.email)


def test_the_lost_link_goes_to_the_address_on_the_list_and_to_no_other(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    enrolled(training, "anna")
    run()
    mail.outbox.clear()

    send_link_again(training, "Anna@example.org", now=NOW)
    send_link_again(training, "stranger@example.org", now=NOW)
    run()

    assert [one.to for one in mail.outbox] == [["anna@example.org"]]


def test_another_centre_may_do_nothing(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)
    row = enrolled(training, "anna")
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    stranger = a_consultant("stranger", centre=other)

    for act in (
        lambda: write_training(
            centre, training_given(), actor=stranger, now=NOW, training=training
        ),
        lambda: take_step(training, "close", actor=stranger, now=NOW),
        lambda: cancel_training(training, "Так", actor=stranger, now=NOW),
        lambda: write_down(training, person_given(), language="ru", actor=stranger, now=NOW),
        lambda: change_enrolment(row, person_given(), actor=stranger, now=NOW),
        lambda: leave(row, by=stranger, now=NOW),
        lambda: tick_present(training, [row], shown=[], actor=stranger, now=AFTER),
        lambda: give_certificates(training, actor=stranger, now=AFTER),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_who_takes_the_consent_back_stays_as_a_number(larisa: Person, centre: Centre) -> None:
    training = a_held_training(larisa, centre, "anna", "boris")
    certify(training, larisa)
    anna = training.enrolments.get(name="anna")
    number = anna.certificate
    run()
    assert Letter.objects.filter(to="anna@example.org").exists()

    for _twice in range(2):
        forget_enrolment(anna, actor=anna, now=AFTER)

    anna.refresh_from_db()
    kept = (anna.name, anna.name_folded, anna.email, anna.post, anna.organisation_name)
    assert kept == ("", "", "", "", "")
    assert certificate_by(number) is None
    assert {one.to for one in Letter.objects.all()} == {"boris@example.org"}
    assert attended(centre, BEGINS.date(), BEGINS.date()).count() == 2
    verbs = Entry.objects.filter(about_key=str(anna.key)).values_list("verb", flat=True)
    assert list(verbs).count("enrolment.forgotten") == 1


def test_who_is_forgotten_before_the_day_gives_the_place_to_who_waits(
    larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    anna, _boris = enrolled(training, "anna"), enrolled(training, "boris")

    forget_enrolment(anna, actor=anna, now=NOW)

    assert stages(training) == ["left", "enrolled"]


def test_the_row_is_theirs_only_under_their_own_account(larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre)
    anna, boris = a_person("anna"), a_person("boris")
    row = enrolled(training, "anna", person=anna)

    with pytest.raises(PermissionDenied):
        leave(row, by=boris, now=NOW)
    assert leave(row, by=anna, now=NOW).stage == "left"
