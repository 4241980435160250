"""Pages of trainings for the centre that holds them, and for organisations."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Recipient
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.actions.trainings import write_training
from sinergia.support.models import Training
from tests.arrange import (
    a_leader,
    a_region,
    an_organisation,
)
from tests.support.arrange_trainings import (
    BEGINS,
    ENDS,
    NOW,
    a_draft_training,
    a_held_training,
    an_open_training,
    at,
    enrolled,
    today,
    training_given,
)

pytestmark = pytest.mark.django_db


def test_the_list_asks_as_often_for_three_rows_as_for_one(
    staff: Client, larisa: Person, centre: Centre
) -> None:
    def asked(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            assert staff.get(url).status_code == 200
        return len(asked_for)

    first = an_open_training(larisa, centre, places=None)
    enrolled(first, "anna")
    urls = [reverse("trainings:ours"), reverse("trainings:list"), at("people", first)]
    for url in urls:
        staff.get(url)
    with_one = [asked(url) for url in urls]
    for name in ("boris", "vera"):
        an_open_training(larisa, centre, name=name)
        enrolled(first, name)

    assert [asked(url) for url in urls] == with_one
    assert max(with_one) <= 12


def test_the_centre_finds_its_trainings_by_words_state_and_year(
    staff: Client, larisa: Person, centre: Centre
) -> None:
    a_draft_training(larisa, centre, name="Смета проекта")
    an_open_training(larisa, centre, name="Сбор средств")

    def found(query: str) -> list[str]:
        page = staff.get(f"{reverse('trainings:ours')}?{query}").context["page"]
        return sorted(row.name for row in page.rows)

    assert found("q=смета") == ["Смета проекта"]
    assert found("stage=open") == ["Сбор средств"]
    assert found("q=смета&stage=open") == []
    assert found("year=1999&sort=-name") == []
    assert len(found("year=x&stage=x&topic=x")) == 2


def test_the_file_of_people_is_the_list_as_it_was_asked(
    staff: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    enrolled(training, "=1+1")
    enrolled(training, "boris")

    answer = staff.get(at("export_people", training, form="xlsx") + "?part=waiting")

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    assert [row[1] for row in sheet.to_python()][1:] == ["boris"]
    assert staff.get(at("export_people", training, form="csv")).status_code == 200
    assert staff.get(at("attendance", training)).content.startswith(b"%PDF")


def test_a_copy_takes_all_but_the_days(staff: Client, larisa: Person, centre: Centre) -> None:
    training = a_draft_training(larisa, centre)

    form = staff.get(f"{reverse('trainings:new')}?copy={training.key}").context["form"]

    assert (form["name"].value(), form["places"].value()) == ("Школа проектов", 2)
    assert (form["starts_at"].value(), form["ends_at"].value()) == (None, None)


def test_a_training_is_not_prepared_for_a_day_that_has_passed(
    larisa: Person, centre: Centre
) -> None:
    last_year = {"starts_at": BEGINS - timedelta(365), "ends_at": ENDS - timedelta(365)}
    draft, given = a_draft_training(larisa, centre), training_given(**last_year)

    for training in (None, draft):
        with pytest.raises(Refused) as refused:
            write_training(centre, given, actor=larisa, now=NOW, training=training)
        assert refused.value.gaps == [Gap("training.past", "starts_at")]

    Training.objects.update(**last_year)  # written before this was asked
    given |= {"about": "Иначе"}
    assert write_training(centre, given, actor=larisa, now=NOW, training=draft).about == "Иначе"


def test_the_centre_writes_a_training_opens_it_and_ticks_who_came(
    staff: Client, larisa: Person, centre: Centre
) -> None:
    starts = (NOW + timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    ends = (NOW + timedelta(days=3)).strftime("%Y-%m-%dT14:00")
    typed = training_given(places=5) | {"starts_at": starts, "ends_at": ends}
    typed = {name: value for name, value in typed.items() if value is not None}

    wrong = staff.post(reverse("trainings:new"), typed | {"ends_at": starts})
    assert wrong.status_code == 422
    made = staff.post(reverse("trainings:new"), typed)
    training = Training.objects.get()
    assert made["Location"] == at("manage", training)
    staff.post(at("step", training, name="open"))
    row = enrolled(training, "anna")
    today(training)
    staff.post(at("present", training), {"present": [str(row.key)]})

    row.refresh_from_db()
    assert row.attended_at is not None
    staff.post(at("step", training, name="hold"))
    staff.post(at("certify", training))
    row.refresh_from_db()
    assert row.certificate != ""


def test_a_message_goes_to_those_who_were_asked_for(
    staff: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    enrolled(training, "anna")
    enrolled(training, "boris")
    words = {"subject": "Возьмите ноутбук", "text": "До встречи!"}

    answer = staff.post(at("message", training) + "?part=enrolled", words)

    assert [one.address for one in Recipient.objects.all()] == ["anna@example.org"]
    assert staff.get(answer["Location"]).status_code == 200


def test_an_organisation_sees_at_which_trainings_its_people_were_and_no_names(
    staff: Client, larisa: Person, centre: Centre
) -> None:
    home = an_organisation("Завтра у реки", region=a_region())
    training = a_held_training(larisa, centre, "Секретова", "Чужая")
    training.enrolments.filter(name="Секретова").update(organisation=home)
    leader = Client()
    leader.force_login(a_leader(organisation=home))
    url = reverse("trainings:of_organisation", args=[home.key])

    for who in (leader, staff):
        page = who.get(url)
        assert [(one.name, one.attended) for one in page.context["page"].rows] == [
            ("Школа проектов", 1)
        ]
        assert "Секретова" not in page.content.decode()
