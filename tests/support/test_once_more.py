"""What is said once more, moved or corrected: nobody is left with what was said before."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.letters.models import Letter
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.support.actions.attending import tick_present
from sinergia.support.actions.clients import ClientGiven
from sinergia.support.actions.consultations import (
    Whom,
    change_consultation,
    tick_step,
    write_consultation,
)
from sinergia.support.actions.requests import Asked, Noted, appoint, ask_for_help, note_request
from sinergia.support.actions.trainings import write_training
from sinergia.support.models import NextStep, Request, Training
from sinergia.support.tasks import trainings as tasks
from tests.arrange import NOON, a_centre, a_consultant, a_person
from tests.support.arrange_help import a_consultation, a_found_organisation, a_topic, told_of
from tests.support.arrange_trainings import (
    AFTER,
    BEGINS,
    NOW,
    an_open_training,
    enrolled,
    training_given,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOON = NOON + timedelta(days=3)


@pytest.fixture
def centre() -> Centre:
    return a_centre("Центр А")


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


def test_of_a_training_that_was_moved_people_are_reminded(
    centre: Centre, larisa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = an_open_training(larisa, centre)
    enrolled(training)
    begins = (BEGINS + timedelta(days=2)).astimezone(ZoneInfo("Asia/Yekaterinburg"))
    given = training_given(starts_at=begins, ends_at=begins + timedelta(hours=4))
    write_training(centre, given, training=training, actor=larisa, now=NOW)
    eve = begins - timedelta(hours=12)
    monkeypatch.setattr(timezone, "now", lambda: eve)

    waiting = Errand.objects.filter(name="support.write_to_training")
    kept = [one.arguments for one in waiting if one.arguments["kind"] == "reminder"]
    for one in kept:
        tasks.write_to_training(**one)

    assert len(kept) == 2  # of the day that was, and of the day that is
    assert Letter.objects.count() == 1


def test_a_training_where_more_came_than_there_were_places_can_still_be_corrected(
    centre: Centre, larisa: Person
) -> None:
    training = an_open_training(larisa, centre, places=1)
    both = [enrolled(training), enrolled(training, "Борисова А.")]
    tick_present(training, both, shown=[], actor=larisa, now=AFTER)

    write_training(centre, {"hours": 5}, training=training, actor=larisa, now=AFTER)

    assert Training.objects.get(pk=training.pk).hours == 5
    training = Training.objects.get(pk=training.pk)
    write_training(centre, {"places": 5}, training=training, actor=larisa, now=AFTER)
    with pytest.raises(Refused):
        write_training(centre, {"places": 1}, training=training, actor=larisa, now=AFTER)


def test_another_place_at_the_same_hour_is_written_too_and_so_is_the_first_again(
    centre: Centre, larisa: Person
) -> None:
    noted = Noted(Asked("Помогите"), made=ClientGiven("Анна", reach="anna@example.org"))
    row = note_request(centre, uuid4(), noted, actor=larisa, now=NOON)
    for number, where in enumerate(("Ленина, 1", "Мира, 5", "Ленина, 1")):
        now = NOON + timedelta(minutes=10 * number)
        appoint(row, SOON, where, actor=larisa, now=now)
        run_due_errands(now=timezone.now() + timedelta(minutes=1))
        assert Letter.objects.count() == number + 1


def test_something_else_asked_from_a_page_gone_back_to_is_another_request(
    centre: Centre, larisa: Person
) -> None:
    key, anna = uuid4(), a_person("anna")
    one = ask_for_help(key, Asked("Первое"), centre, actor=anna, now=NOON)
    two = ask_for_help(key, Asked("Совсем другое"), centre, actor=anna, now=NOON)

    assert (one.text, two.text) == ("Первое", "Совсем другое")
    assert ask_for_help(key, Asked(" Первое "), centre, actor=anna, now=NOON) == one
    assert ask_for_help(key, Asked("Совсем другое"), centre, actor=anna, now=NOON) == two

    key = uuid4()
    first, second = (Noted(Asked("Устав"), made=ClientGiven(name)) for name in ("Анна", "Вера"))
    noted = [
        note_request(centre, key, told, actor=larisa, now=NOON)
        for told in (first, second, first, second)
    ]
    assert noted[:2] == noted[2:]
    assert [one.client and one.client.name for one in noted[:2]] == ["Анна", "Вера"]
    assert Request.objects.count() == 4


def test_the_page_leads_to_what_was_asked_from_it_last(client: Client, centre: Centre) -> None:
    client.force_login(a_person("anna"))
    typed = {"key": str(uuid4()), "text": "Первое", "centre": str(centre.key)}
    client.post(reverse("help:ask"), typed)

    page = client.post(reverse("help:ask"), typed | {"text": "Другое"}, follow=True)

    assert page.context["row"].text == "Другое"


def test_a_step_written_anew_for_another_day_is_not_done_yet(
    centre: Centre, larisa: Person
) -> None:
    topic, day = a_topic(centre, larisa), NOON.date()
    told = told_of(topic, next_what="Позвонить", next_on=day)
    whom = Whom(made=ClientGiven("Анна"))
    row = write_consultation(centre, uuid4(), whom, told, actor=larisa, now=NOON)
    tick_step(row, is_done=True, actor=larisa, now=NOON)
    same = Whom(client=row.client)
    reworded = told_of(topic, next_what="Позвонить Анне", next_on=day)
    change_consultation(row, same, reworded, actor=larisa, now=NOON)
    assert NextStep.objects.get(consultation=row).done_at is not None

    later = told_of(topic, next_what="Прислать устав", next_on=day + timedelta(days=9))
    change_consultation(row, same, later, actor=larisa, now=NOON)

    step = NextStep.objects.get(consultation=row)
    assert (step.done_at, step.done_by) == (None, None)


def test_a_line_about_an_organisation_with_a_long_name_is_corrected(
    client: Client, centre: Centre, larisa: Person
) -> None:
    name = "Автономная некоммерческая организация " + "развития территории " * 10 + "«Дом»"
    organisation = a_found_organisation(name, centre)
    Organisation.objects.filter(pk=organisation.pk).update(short_name="")
    row = a_consultation(centre, larisa, organisation)
    client.force_login(larisa)
    url = reverse("help:change", args=[row.key])
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    given = {name: "" if value is None else str(value) for name, value in values.items()}

    assert len(given["who"]) > 200
    page = client.post(url, given)
    assert page.status_code == 302, page.context["form"].errors
    assert client.post(url, given | {"whom": "person"}).status_code == 422
