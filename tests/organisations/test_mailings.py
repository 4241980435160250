"""A message to exactly what is filtered, of what the centre serves."""

import pytest
from django.test import Client

from sinergia.notices.models import Mailing, Recipient
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.models import Organisation, Reach
from tests.arrange import a_centre, a_consultant, a_leader, a_region, an_organisation

pytestmark = pytest.mark.django_db
TEXT = {"subject": "Встреча", "text": "Приходите, {name}."}


@pytest.fixture
def reader(client: Client) -> Client:
    """Staff of a centre; three organisations of its region and one of another, two are closed."""
    centre = a_centre()
    led, mailed, mute = (an_organisation(name) for name in ("Первая", "Вторая", "Третья"))
    an_organisation("Чужая", region=a_region("XB-YAR", "Ярогорский край"))
    a_leader("tamara", organisation=led)
    Reach.objects.create(organisation=led, kind="email", value="led@example.org")
    Reach.objects.create(organisation=mailed, kind="email", value="two@example.org", place=2)
    Reach.objects.create(organisation=mailed, kind="email", value="one@example.org", place=1)
    Reach.objects.create(organisation=mute, kind="phone", value="+7 900 111-22-33")
    Organisation.objects.exclude(pk=centre.organisation_id).update(status="active")
    recount_register()
    client.force_login(a_consultant(centre=centre))
    return client


def written(is_news: str = "") -> dict[str, tuple[str, str]]:
    rows = Recipient.objects.order_by("name")
    return {row.name: (row.address, row.state) for row in rows}


def test_what_is_filtered_and_served_is_written_to_once(reader: Client) -> None:
    response = reader.post("/organisations/message/?status=active", TEXT)
    mailing = Mailing.objects.get()

    assert response.headers["Location"] == f"/mailings/{mailing.key}/"
    assert mailing.query == "status=active"
    assert written() == {
        "Первая": ("tamara@example.org", "waiting"),
        "Вторая": ("one@example.org", "waiting"),
        "Третья": ("", "no_address"),
    }


def test_news_go_only_to_people_who_agreed(reader: Client) -> None:
    reader.post("/organisations/message/?status=active", TEXT | {"is_news": "on"})

    assert written()["Первая"] == ("tamara@example.org", "withheld")
    assert written()["Вторая"] == ("one@example.org", "waiting")


def test_who_has_no_address_is_to_be_phoned(reader: Client) -> None:
    reader.post("/organisations/message/?status=active", TEXT)
    mailing = Mailing.objects.get()

    reader.post(f"/mailings/{mailing.key}/send/")
    page = reader.get(f"/mailings/{mailing.key}/?part=no_address").content.decode()
    mute = Recipient.objects.get(name="Третья")
    reader.post(f"/mailings/{mailing.key}/{mute.key}/phoned/?part=to_phone", {"note": "придут"})
    mute.refresh_from_db()
    noted = mute.phoned_note
    reader.post(f"/mailings/{mailing.key}/{mute.key}/unphoned/")
    mute.refresh_from_db()

    assert "+7 900 111-22-33" in page
    assert (noted, mute.phoned_at) == ("придут", None)


def test_a_message_without_a_text_is_refused_and_keeps_what_was_typed(reader: Client) -> None:
    response = reader.post("/organisations/message/", {"subject": "Встреча", "text": ""})

    assert (response.status_code, "Встреча" in response.content.decode()) == (422, True)
    assert not Mailing.objects.exists()


def close(name: str) -> None:
    Organisation.objects.filter(name=name).update(status="closed")
    recount_register()


def test_closed_ones_are_counted_and_left_out_unless_somebody_wants_them(reader: Client) -> None:
    close("Вторая")
    form = reader.get("/organisations/message/?q=", headers={"accept-language": "en"})
    assert "Closed among them: 1." in form.content.decode()
    assert 'name="leaves_out_closed"' in form.content.decode()
    assert "checked" in form.content.decode()

    reader.post("/organisations/message/", TEXT | {"leaves_out_closed": "on"})
    assert "Вторая" not in written()

    Mailing.objects.all().delete()
    answer = reader.post("/organisations/message/", TEXT)
    assert "Вторая" in written()
    draft = reader.get(answer.headers["Location"], headers={"accept-language": "en"})
    assert "Closed organisations among the recipients: 1" in draft.content.decode()


def test_who_filters_closed_ones_means_them(reader: Client) -> None:
    close("Вторая")
    form = reader.get("/organisations/message/?status=closed").content.decode()

    reader.post("/organisations/message/?status=closed", TEXT)

    assert 'name="leaves_out_closed"' not in form
    assert list(written()) == ["Вторая"]


def test_where_none_is_closed_nothing_is_asked(reader: Client) -> None:
    form = reader.get("/organisations/message/?status=active").content.decode()

    assert 'name="leaves_out_closed"' not in form


def test_who_is_found_but_not_served_is_said_and_not_written_to(reader: Client) -> None:
    page = reader.get("/organisations/message/?region=XB-YAR").content.decode()

    assert "<textarea" not in page
