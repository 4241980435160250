"""Pages of trainings: what a visitor, who enrolled, and a centre see and do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sinergia.base.errands.actions import run_due_errands
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.support.access.trainings import own_token
from sinergia.support.actions.trainings import add_file
from sinergia.support.models import Enrolment
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    a_person,
    a_region,
    an_organisation,
    an_upload,
)
from tests.support.arrange_trainings import (
    NOW,
    TYPED,
    a_held_training,
    an_open_training,
    at,
    certify,
    enrolled,
    own_url,
    today,
)

pytestmark = pytest.mark.django_db


def test_a_visitor_enrols_without_an_account_and_gets_a_letter_with_their_link(
    client: Client, larisa: Person, centre: Centre
) -> None:
    town = a_municipality("Рудный Лог", region=a_region())
    home = an_organisation("Завтра у реки", region=a_region())
    training = an_open_training(larisa, centre)
    typed = TYPED | {"body": "завтра у реки", "municipality": str(town.key)}

    answer = client.post(at("enrol", training), typed, follow=True)
    run_due_errands(now=NOW + timedelta(minutes=30))

    row = Enrolment.objects.get()
    assert answer.redirect_chain == [(at("thanks", training), 302)]
    assert (row.organisation, row.organisation_name) == (home, "")
    assert (row.municipality, row.agreed_version, row.person) == (town, 1, None)
    assert own_url(row) in mail.outbox[-1].body
    assert client.get(own_url(row)).status_code == 200


def test_the_answer_is_the_same_for_an_address_that_is_on_the_list(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)

    first, second = (client.post(at("enrol", training), TYPED) for _ in range(2))

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("missing", ["name", "email", "agrees"])
def test_what_is_missing_is_said_and_nothing_is_lost(
    missing: str, client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    typed = {name: value for name, value in TYPED.items() if name != missing}

    answer = client.post(at("enrol", training), typed)

    assert (answer.status_code, Enrolment.objects.count()) == (422, 0)
    assert "директор" in answer.content.decode()


@pytest.mark.both
@pytest.mark.parametrize("version", ["999", "99999", "0", "junk", ""])
def test_to_a_text_that_is_not_in_force_nobody_agrees(
    client: Client, larisa: Person, centre: Centre, version: str
) -> None:
    training = an_open_training(larisa, centre)

    answer = client.post(at("enrol", training), TYPED | {"version": version})

    page = answer.content.decode()
    assert (answer.status_code, training.enrolments.count()) == (422, 0)
    assert "The text has changed" in page or "Текст изменился" in page
    assert (TYPED["name"] in page, TYPED["email"] in page) == (True, True)
    assert 'name="version" value="1"' in page
    assert " checked" not in page


def test_a_hidden_organisation_is_not_found_by_typing(
    client: Client, larisa: Person, centre: Centre
) -> None:
    home = an_organisation("Тайные", region=a_region())
    Organisation.objects.filter(pk=home.pk).update(is_public=False)
    training = an_open_training(larisa, centre)

    client.post(at("enrol", training), TYPED | {"body": "Тайные"})

    row = Enrolment.objects.get()
    assert (row.organisation, row.organisation_name) == (None, "Тайные")


def test_of_its_people_everybody_sees_only_how_many_places_are_left(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=3)
    row = enrolled(training, "Секретова", organisation_name="Никому", post="тайный пост")
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    neighbour = Client()
    neighbour.force_login(a_consultant("neighbour", centre=other))

    for who in (client, neighbour):
        for url in (
            reverse("trainings:list"),
            at("training", training),
            at("enrol", training),
            at("thanks", training),
        ):
            told = who.get(url).content.decode()
            for secret in ("Секретова", "секретова", "Никому", "тайный пост", str(row.key)):
                assert secret not in told, url
    assert "https://meet.example/room" not in client.get(at("training", training)).content.decode()
    assert neighbour.get(at("people", training)).status_code == 404


def test_a_forged_link_finds_what_an_invented_one_does(
    client: Client, larisa: Person, centre: Centre
) -> None:
    row = enrolled(an_open_training(larisa, centre), "anna")
    other = enrolled(row.training, "boris")

    for key, token in (
        (row.key, own_token(other.key)),
        (row.key, "x"),
        (uuid4(), own_token(row.key)),
    ):
        for name in ("own", "leave_own", "forget_own", "calendar", "own_certificate"):
            url = reverse(f"trainings:{name}", args=[key, token])
            assert client.get(url).status_code == 404
        assert client.post(reverse("trainings:leave_own", args=[key, token])).status_code == 404


def test_by_the_link_one_leaves_and_takes_the_consent_back(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    anna, boris = enrolled(training, "anna"), enrolled(training, "boris")

    assert client.get(own_url(anna, "leave_own")).status_code == 200
    client.post(own_url(anna, "leave_own"))
    boris.refresh_from_db()
    assert boris.stage == "enrolled"

    client.post(own_url(boris, "forget_own"))
    boris.refresh_from_db()
    assert (boris.name, boris.email, boris.stage) == ("", "", "left")


def test_the_calendar_has_the_link_to_the_meeting_for_who_has_a_place(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre, places=1)
    anna, boris = enrolled(training, "anna"), enrolled(training, "boris")

    has, waits = (client.get(own_url(row, "calendar")).content.decode() for row in (anna, boris))

    assert f"DTSTART:{training.starts_at:%Y%m%dT%H%M%SZ}" in has
    assert ("meet.example" in has, "meet.example" in waits) == (True, False)


def test_materials_are_for_who_has_a_place(client: Client, larisa: Person, centre: Centre) -> None:
    training = an_open_training(larisa, centre, places=1)
    anna, boris = enrolled(training, "anna"), enrolled(training, "boris")
    file = add_file(training, an_upload(larisa, name="slides.txt"), actor=larisa, now=NOON)

    answers = [
        client.get(own_url(row, "own_file", file=file.key)).status_code for row in (anna, boris)
    ]

    assert answers == [200, 404]


def test_the_code_at_the_door_leads_who_is_known_to_their_page_where_they_note_themselves(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    row = enrolled(training, "anna")
    door = reverse("trainings:here", args=[training.check_code])
    assert client.get(door).status_code == 404  # it is not the day
    today(training)

    assert client.get(door).status_code == 200  # nobody is known on this device
    client.get(own_url(row))
    assert client.get(door)["Location"] == own_url(row)
    client.post(own_url(row))

    row.refresh_from_db()
    assert row.attended_at is not None


def test_without_the_code_nobody_notes_themselves(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    row = enrolled(training, "anna")
    today(training)

    client.post(own_url(row))

    row.refresh_from_db()
    assert row.attended_at is None


@pytest.mark.both
def test_a_code_that_no_database_takes_is_nobodys(client: Client) -> None:
    assert client.get("/trainings/here/%00/").status_code == 404


def test_at_the_door_a_stranger_and_a_guest_are_answered_alike(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = an_open_training(larisa, centre)
    enrolled(training, "anna")
    today(training)
    door = reverse("trainings:here", args=[training.check_code])

    told = [
        client.post(door, {"email": f"{who}@example.org"}, follow=True).content
        for who in ("anna", "stranger")
    ]

    tokens = [text.split(b"csrfmiddlewaretoken", 1)[0] for text in told]
    assert tokens[0] == tokens[1]


def test_a_certificate_is_verified_by_its_number_with_initials_alone(
    client: Client, larisa: Person, centre: Centre
) -> None:
    training = a_held_training(larisa, centre, "Яровая Татьяна Ивановна", absent="Чибисов Р. О.")
    certify(training, larisa)
    row = training.enrolments.exclude(certificate="").get()

    answer = client.get(reverse("trainings:verify"), {"number": f" {row.certificate} "})
    told = client.get(answer["Location"]).content.decode()

    assert "Я. Т. И." in told
    for secret in ("Яровая", "Татьяна", "example.org", "Завтра у реки", str(row.key)):
        assert secret not in told
    for forged in ("261203-001-00000000", str(uuid4()), "%"):
        assert client.get(reverse("trainings:certificate", args=[forged])).status_code == 404
    assert client.get(own_url(row, "own_certificate")).content.startswith(b"%PDF")
    absent = training.enrolments.get(certificate="")
    assert client.get(own_url(absent, "own_certificate")).status_code == 404


def test_under_ones_account_a_training_is_found_again_and_goes_with_it(
    larisa: Person, centre: Centre
) -> None:
    anna, client = a_person("anna"), Client()
    client.force_login(anna)
    training = an_open_training(larisa, centre)
    client.post(at("enrol", training), TYPED | {"email": anna.email, "name": "Анна"})

    assert "Школа проектов" in client.get(reverse("trainings:mine")).content.decode()
    assert "Школа проектов" in client.get(reverse("web:desk")).content.decode()
    erase_person(anna, Demand(), actor=anna, now=NOW)

    row = Enrolment.objects.get()
    assert (row.name, row.email, row.person, row.stage) == ("", "", None, "left")
