"""Nothing that a centre keeps to itself stands on a page, in a count, a file or a search."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.http import StreamingHttpResponse
from django.test import Client
from openpyxl import load_workbook

from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions import telling
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.actions.notes import write_note
from sinergia.organisations.models import Centre, Identifier, Organisation, Reach
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_application,
    an_official,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

SECRETS = [
    "Тихая группа",
    "500100732259",
    "+7 900 111-22-33",
    "tikho@example.org",
    "Заметка центра",
    "neskazano@example.org",
    "vk.example/neskazano",
    "Непроверенная Анна Павловна",
    "Непроверенные слова",
    "ул. Непроверенная",
]
TOLD = {"told_by": "сосед, по телефону"}
WAYS = [
    {"kind": "phone", "value": SECRETS[2], "is_public": False},
    {"kind": "email", "value": SECRETS[3], "is_public": False},
    {"kind": "email", "value": SECRETS[5], "is_public": True},
    {"kind": "link", "value": f"https://{SECRETS[6]}", "is_public": True},
]


@pytest.fixture
def people() -> dict[str, object]:
    """Everybody who must not see what the centre sees, once there is something to be seen."""
    centre = a_centre()
    other = a_centre("Другой центр", region=a_region("XB-YAR", "Ярогорский край"))
    staff = a_consultant(centre=centre)
    hidden, shown = an_organisation(SECRETS[0]), an_organisation("Полтора шага")
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False, kind="group")
    Organisation.objects.filter(pk=shown.pk).update(address=SECRETS[9])
    Identifier.objects.create(organisation=shown, scheme="RU-INN", value=SECRETS[1])
    for way in WAYS:
        telling.write_reach(shown, {"note": ""} | TOLD | way, actor=staff, now=NOON)
    head = {"name": SECRETS[7], "is_public": True}
    telling.write_head(shown, head | TOLD, actor=staff, now=NOON)
    card = {"about": SECRETS[8], "shows_heads": True, "shows_address": True}
    telling.write_card(shown, card | TOLD, actor=staff, now=NOON)
    write_note(centre, shown, SECRETS[4], met_on=None, actor=staff, now=NOON)
    index_organisations([hidden, shown])
    recount_register()
    return {
        "visitor": None,
        "person": a_person("person"),
        "neighbour": a_consultant("neighbour", centre=other),
        "official": an_official(),
        "administrator": an_administrator(),
        "unproven": an_unproven(centre),
        "staff": staff,
    }


def an_unproven(centre: Centre) -> Person:
    """Staff of the centre who have not given the second proof that they owe."""
    person = a_consultant("unproven", centre=centre)
    person.must_use_mfa = True
    person.save()
    return person


def seen(client: Client, address: str) -> str:
    shown = Organisation.objects.get(name="Полтора шага")
    response = client.get(address.format(key=shown.key))
    assert response.status_code == 200
    if isinstance(response, StreamingHttpResponse):
        return response.getvalue().decode()
    if address.endswith(".xlsx"):
        sheets = load_workbook(BytesIO(response.content)).worksheets
        return "\n".join(str(value) for sheet in sheets for row in sheet.values for value in row)
    return response.content.decode()


@pytest.mark.parametrize(
    "who", ["visitor", "person", "neighbour", "official", "administrator", "unproven"]
)
@pytest.mark.parametrize(
    "address",
    [
        "/organisations/{key}/",
        "/organisations/{key}/glance/",
        "/organisations/",
        "/organisations/?q=тихая",
        "/organisations/?kind=group",
        "/organisations/?q=500100732259",
        "/organisations/?met=6&region=XA-SVB",
        "/organisations/export.csv",
        "/organisations/export.csv?kind=group",
        "/organisations/export.xlsx",
        "/regions/XA-SVB/",
        "/search/?q=500100732259",
        "/search/?q=79001112233",
        "/search/?q=тихая",
        "/search/?q=заметка",
        "/search/?q=tikho@example.org",
        "/search/?q=непроверенная",
    ],
)
def test_what_the_centre_keeps_to_itself_is_seen_by_nobody_else(
    client: Client, people: dict[str, object], who: str, address: str
) -> None:
    if people[who] is not None:
        client.force_login(people[who])  # type: ignore[arg-type]  # a person

    text = seen(client, address)

    told = [secret for secret in SECRETS if secret in text and secret not in address]
    assert told == []
    assert "q=" not in address or "Полтора шага" not in text


def test_applications_do_not_name_whom_the_register_hides(
    client: Client, people: dict[str, object]
) -> None:
    """Anybody may have typed that name with a real number, before the fund's table came."""
    client.cookies["django_language"] = "en"
    hidden = Organisation.objects.get(name=SECRETS[0])
    Identifier.objects.create(organisation=hidden, scheme="RU-OGRN", value="1026600000118")
    row = an_application(organisation=hidden)
    Organisation.objects.filter(pk=hidden.pk).update(applications_count=1, won_count=1)
    recount_register()
    addresses = ("/applications/", "/applications/export.csv", f"/applications/{row.key}/")

    told = [seen(client, address) for address in addresses]
    registers = [
        seen(client, f"/organisations/?{query}")
        for query in ("filed_outcome=won", "has=applications", "has=grants&filed_outcome=won")
    ]

    for text in told:
        assert "not shown in the register" in text
        assert not any(secret in text for secret in (SECRETS[0], "1026600000118", str(hidden.key)))
    for register in registers:
        assert "And 1 organisation that is not shown in the register." in register
    asked_more = seen(client, "/organisations/?filed_outcome=won&kind=group")
    assert "not shown in the register." not in asked_more
    client.force_login(people["staff"])  # type: ignore[arg-type]  # a person
    assert SECRETS[0] in seen(client, addresses[2])


@pytest.mark.parametrize("who", ["visitor", "person", "neighbour"])
def test_the_inner_page_is_not_there_for_others(
    client: Client, people: dict[str, object], who: str
) -> None:
    if people[who] is not None:
        client.force_login(people[who])  # type: ignore[arg-type]  # a person
    shown = Organisation.objects.get(name="Полтора шага")

    answers = [
        client.get(f"/organisations/{shown.key}/inside/{part}")
        for part in ("", "history/", "notes/")
    ]

    assert all(answer.status_code in (302, 403, 404) for answer in answers)
    assert not any(secret in answer.text for answer in answers for secret in SECRETS)


def test_the_centre_itself_sees_its_hidden_groups_and_takes_their_telephones(
    client: Client, people: dict[str, object]
) -> None:
    client.force_login(people["staff"])  # type: ignore[arg-type]  # a person

    page = seen(client, "/organisations/?kind=group")
    file = seen(client, "/organisations/export.csv")

    assert SECRETS[0] in page
    assert [secret for secret in SECRETS if secret in file] == [*SECRETS[:1], *SECRETS[2:4]]


def test_a_hidden_group_is_counted_for_nobody_else(
    client: Client, people: dict[str, object]
) -> None:
    client.cookies["django_language"] = "en"

    visitor = seen(client, "/organisations/")
    client.force_login(people["staff"])  # type: ignore[arg-type]  # a person
    staff = seen(client, "/organisations/")

    assert ("3 organisations found" in visitor, "4 organisations found" in staff) == (True, True)


def test_once_confirmed_what_was_chosen_is_shown_and_the_telephone_still_is_not(
    client: Client, people: dict[str, object]
) -> None:
    shown = Organisation.objects.get(name="Полтора шага")
    tamara = a_leader(organisation=shown)

    telling.confirm_told(shown, actor=tamara, now=NOON)

    for address in ("/organisations/{key}/", "/organisations/{key}/glance/"):
        text = seen(client, address)
        assert [secret for secret in SECRETS if secret in text] == SECRETS[5:]


def test_a_telephone_is_shown_to_nobody_whoever_asks_for_it(client: Client) -> None:
    steps = an_organisation()
    tamara = a_leader(organisation=steps)
    phone = {"kind": "phone", "value": SECRETS[2], "note": "", "is_public": True}
    client.force_login(tamara)
    client.cookies["django_language"] = "en"

    page = client.post(f"/organisations/{steps.key}/inside/reach/new/", phone | {"is_public": "on"})
    with pytest.raises(Refused) as refused:
        telling.write_reach(steps, phone, actor=tamara, now=NOON)
    with pytest.raises(IntegrityError, match="reach_phone_never_public"), transaction.atomic():
        Reach.objects.create(
            organisation=steps, kind="phone", value="1", is_public=True, is_confirmed=True
        )

    assert page.status_code == 422
    assert "A telephone is never shown to everybody: take the mark away." in page.text
    assert refused.value.gaps == [Gap("phone_never_public", "is_public")]
    assert Reach.objects.count() == 0
