"""A message to exactly what is filtered, of what the centre serves."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.letters.models import Letter
from sinergia.base.search.actions import Findable, index_rows
from sinergia.insights.organisation.queries import facets
from sinergia.notices.models import Mailing, Recipient
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.models import FormerKey, Membership, Organisation, Reach
from sinergia.places.models import Region
from tests.arrange import a_centre, a_consultant, a_leader, a_region, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]
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


def test_the_copy_for_a_chat_names_nobody(reader: Client) -> None:
    reader.cookies["django_language"] = "ru"
    reader.post("/organisations/message/?status=active", TEXT)
    mailing = Mailing.objects.get()
    reader.post(f"/mailings/{mailing.key}/send/")

    page = unescape(reader.get(f"/mailings/{mailing.key}/").text)

    assert "Встреча\n\nПриходите, коллеги." in page
    assert "{name}" not in page


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


def test_the_telephone_of_one_that_left_to_another_centre_is_not_told(reader: Client) -> None:
    reader.post("/organisations/message/?status=active", TEXT)
    mailing, address = Mailing.objects.get(), "/mailings/{}/{}?part=no_address"
    reader.post(f"/mailings/{mailing.key}/send/")
    next_door = Region.objects.get(code="XB-YAR")
    Organisation.objects.filter(name="Третья").update(region=next_door)

    told = [reader.get(address.format(mailing.key, part)) for part in ("", "export.csv")]

    assert ["Третья" in one.getvalue().decode() for one in told] == [True, True]
    assert ["111-22-33" in one.getvalue().decode() for one in told] == [False, False]


TILE = re.compile(
    r'<a class="figure-link" href="(\?[^"]+|/[^"]+)">\s*<span class="figure-value">(\d+)</span>'
)


@pytest.mark.parametrize("is_sent", [False, True])
def test_every_number_of_a_message_opens_its_recipients(reader: Client, *, is_sent: bool) -> None:
    reader.post("/organisations/message/?status=active", TEXT)
    mailing = Mailing.objects.get()
    address = f"/mailings/{mailing.key}/"
    if is_sent:
        reader.post(f"{address}send/")
        run_due_errands(now=timezone.now() + timedelta(seconds=1))

    tiles = TILE.findall(reader.get(address).text)
    opened = {
        url: str(
            reader.get(unescape(url)).text.partition('id="recipients"')[2].count('<th scope="row">')
        )
        for url, _number in tiles
    }

    assert opened == dict(tiles)
    assert len(tiles) == (1 if is_sent else 3)


def test_a_message_without_a_text_is_refused_and_keeps_what_was_typed(reader: Client) -> None:
    response = reader.post("/organisations/message/", {"subject": "Встреча", "text": ""})

    assert (response.status_code, "Встреча" in response.content.decode()) == (422, True)
    assert not Mailing.objects.exists()


def test_a_leader_who_left_since_the_draft_is_not_written_to(reader: Client) -> None:
    tamara = Membership.objects.get(organisation__name="Первая").person
    with_her = an_organisation("Четвёртая")
    Membership.objects.create(
        organisation=with_her, person=tamara, role="leader", since=timezone.now()
    )
    Organisation.objects.filter(pk=with_her.pk).update(status="active")
    recount_register()
    reader.post("/organisations/message/?status=active", TEXT)
    drafted = {name: state for name, (_, state) in written().items()}
    left = Membership.objects.filter(organisation__name="Первая")
    left.update(until=timezone.now())
    mailing, united = Mailing.objects.get(), uuid4()  # the other was united with a double meanwhile
    FormerKey.objects.create(key=with_her.key, organisation=with_her)
    Organisation.objects.filter(pk=with_her.pk).update(key=united)

    reader.post(f"/mailings/{mailing.key}/send/")
    run_due_errands(now=timezone.now() + timedelta(minutes=5))

    assert sorted((drafted["Первая"], drafted["Четвёртая"])) == ["same", "waiting"]
    assert written()["Первая"] == ("", "no_address")
    assert written()["Четвёртая"] == ("tamara@example.org", "sent")
    (letter,) = Letter.objects.filter(to="tamara@example.org")
    assert ("Первая" in letter.text, "Четвёртая" in letter.text) == (False, True)


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


@pytest.mark.parametrize("most", [2_000, 1])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("status=active", "Write to 3 of them: your centre’s"),
        ("status=active&region=XA-SVB", "Write to these 3"),
        ("status=active&met=never", "Write to these 3"),
        ("status=active&region=XB-YAR", ""),
        ("q=вторая чужая третья&status=active", ""),
        ("q=организация", "Write to 2 of them: your centre’s"),
    ],
)
def test_the_button_says_the_number_that_is_written_to(
    reader: Client, monkeypatch: pytest.MonkeyPatch, query: str, told: str, most: int
) -> None:
    monkeypatch.setattr(facets, "MOST_COUNTED", most)
    for name in ("Первая", "Вторая", "Чужая"):
        one = Organisation.objects.get(name=name)
        index_rows("organisation", [Findable(one.pk, f"{name} организация")])
    reader.cookies["django_language"] = "en"

    listed = reader.get(f"/organisations/?{query}").text
    message = reader.get(f"/organisations/message/?{query}").text

    button = re.search(r'href="/organisations/message/\?[^"]+">([^<]+)</a>', listed)
    assert (button[1] if button else "") == told
    assert re.search("Mailing to ([0-9]+)", message)[1] == (re.search("[0-9]+", told) or ["0"])[0]  # type: ignore[index]  # it is on every page
