"""Pages after a visit: what was thought and taken up, by account and by link; the report."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.exchange.access import link_token
from sinergia.exchange.models import (
    Asked,
    Commitment,
    Delegate,
    Feedback,
    ReportVersion,
    Visit,
)
from sinergia.people.models import Person
from tests.arrange import (
    a_consultant,
    a_delegate,
    a_person,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange_home import a_commitment, a_traveller, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    """Under way since yesterday."""
    made, today = a_visit(), timezone.localdate()
    made.stage, made.starts_on, made.ends_on = "under_way", today - timedelta(days=1), today
    made.save()
    return made


@pytest.fixture
def delegate(visit: Visit, client: Client) -> Delegate:
    made = a_traveller("anna", visit, organisation=an_organisation("Завтра у реки"))
    client.force_login(person_of(made))
    return made


def staff(visit: Visit) -> Person:
    return a_consultant("larisa", centre=visit.centre)


def links(delegate: Delegate, days: int = 30) -> dict[str, str]:
    until = (timezone.localdate() + timedelta(days=days)).isoformat()
    return {
        name: f"/{name}/{delegate.key}/{until}/{link_token(name, delegate, until)}/"
        for name in ("feedback", "asked")
    }


def test_whoever_has_no_account_answers_by_their_link_until_its_last_day(visit: Visit) -> None:
    guest, client = a_delegate("Саврасов А. П.", visit=visit), Client()
    address = links(guest)["feedback"]

    page = client.get(address)
    sent = client.post(address, {"useful": "5", "arranged": "4", "text": "Очень"})
    bad = client.post(address, {"useful": "9", "arranged": "4"})

    assert (page.status_code, sent.status_code, bad.status_code) == (200, 302, 422)
    assert page["Referrer-Policy"] == "strict-origin"
    assert Feedback.objects.get().delegate == guest
    assert client.get(links(guest, days=-1)["feedback"]).status_code == 410
    other = a_delegate("Другой", visit=visit)
    forged = address.replace(str(guest.key), str(other.key))
    longer = address.replace(address.split("/")[3], "2099-01-01")
    crossed = address.replace("/feedback/", "/asked/")
    assert {client.get(one).status_code for one in (forged, longer, crossed)} == {404}
    guest.gone_at = timezone.now()
    guest.save()
    assert client.get(address).status_code == 404


def test_texts_are_read_without_names_by_the_centre_alone(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    for number in range(5):
        guest = a_delegate(f"Имя{number}", visit=visit)
        marks = {"useful": "5", "arranged": "4", "text": f"Мысль {number}"}
        Client().post(links(guest)["feedback"], marks)
    address = f"/visits/{visit.key}/feedback/results/"
    assert client.get(address).status_code == 404

    client.force_login(staff(visit))
    page = client.get(address).text

    assert all(f"Мысль {number}" in page for number in range(5))
    assert not any(f"Имя{number}" in page for number in range(5))  # who answered is nowhere
    assert "anna" in page  # has not answered yet


def test_an_owner_answers_what_was_taken_up_and_the_rows_stand_behind_the_number(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    row = a_commitment(delegate)
    asked = Asked.objects.create(commitment=row, months=3, asked_at=timezone.now())
    address = f"/visits/{visit.key}/asked/"
    name = f"a{asked.pk}"
    sent = {"row": asked.key, f"{name}-state": "project", f"{name}-words": "Есть"}

    unproven = client.post(address, sent)
    done = client.post(address, sent | {f"{name}-ground": "Письмо № 4"})

    assert (unproven.status_code, done.status_code) == (422, 302)
    board = client.get(f"/visits/{visit.key}/commitments/").text
    assert f"/visits/{visit.key}/taken-up/3/" in board
    behind = client.get(f"/visits/{visit.key}/taken-up/3/").text
    assert all(word in behind for word in ("Прокат колясок", "Есть", "Письмо № 4"))
    assert client.get(f"/visits/{visit.key}/taken-up/6/").status_code == 404
    client.force_login(staff(visit))
    from_words = client.post(f"/commitments/{row.key}/asked/", sent | {f"{name}-state": "in_work"})
    assert from_words.status_code == 302


def test_a_delegate_without_an_account_answers_what_was_taken_up_by_their_link(
    visit: Visit,
) -> None:
    guest = a_delegate("Саврасов А. П.", visit=visit)
    row = Commitment.objects.create(
        visit=visit, delegate=guest, idea="Клуб", made_at=timezone.now(), changed_at=timezone.now()
    )
    asked = Asked.objects.create(commitment=row, months=3, asked_at=timezone.now())
    name, client = f"a{asked.pk}", Client()

    sent = {"row": asked.key, f"{name}-state": "in_work", f"{name}-words": "Собираемся"}
    client.post(links(guest)["asked"], sent)

    row.refresh_from_db()
    assert row.state == "in_work"


def test_the_report_is_read_by_those_of_the_visit_and_written_by_the_centre(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    a_commitment(delegate)
    report = f"/visits/{visit.key}/report/"
    assert client.get(report).status_code == 200
    assert client.get(f"{report}write/").status_code == 404

    client.force_login(staff(visit))
    texts = {"introduction": "Ехали <b>учиться</b>", "spent_minor": "312 400"}
    bad = client.post(f"{report}write/", texts | {"spent_minor": "много"})
    unclear = client.post(f"{report}write/", texts | {"spent_minor": "12,345"})
    done = client.post(f"{report}write/", texts)

    assert (bad.status_code, done.status_code) == (422, 302)
    assert (unclear.status_code, "12 345" in unclear.text) == (422, True)
    page = client.get(report).text
    assert "Ехали &lt;b&gt;учиться&lt;/b&gt;" in page
    assert ReportVersion.objects.get().spent_minor == 31_240_000
    assert client.get(f"{report}versions/1/").status_code == 200
    assert client.get(f"{report}versions/2/").status_code == 404
    assert client.get(f"/visits/{visit.key}/report.docx").content[:2] == b"PK"


def test_a_link_ends_with_the_address_it_was_sent_to_and_with_an_account(visit: Visit) -> None:
    guest, client = a_delegate("Саврасов А. П.", visit=visit), Client()
    statuses = []
    for changed in ({}, {"email": "other@example.org"}, {"person": a_person("savrasov")}):
        Delegate.objects.filter(pk=guest.pk).update(**changed)
        statuses.append(client.get(links(guest)["feedback"]).status_code)

    assert statuses == [200, 404, 404]
    guest.refresh_from_db()
    assert client.get(links(guest)["feedback"]).status_code == 200
