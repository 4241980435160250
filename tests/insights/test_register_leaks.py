"""Nothing that a centre keeps to itself stands on a page, in a count, a file or a search."""

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from sinergia.base.search.actions import Findable, index_rows
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.models import Identifier, Note, Organisation, Reach
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_person,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

SECRETS = [
    "Тихая группа",
    "500100732259",
    "+7 900 111-22-33",
    "tikho@example.org",
    "Заметка центра",
]


@pytest.fixture
def people() -> dict[str, object]:
    """Everybody who must not see what the centre sees, once there is something to be seen."""
    centre = a_centre()
    other = a_centre("Другой центр", region=a_region("XB-YAR", "Ярогорский край"))
    staff = a_consultant(centre=centre)
    hidden, shown = an_organisation(SECRETS[0]), an_organisation("Полтора шага")
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False, kind="group")
    Identifier.objects.create(organisation=shown, scheme="RU-INN", value=SECRETS[1])
    Reach.objects.create(organisation=shown, kind="phone", value=SECRETS[2])
    Reach.objects.create(organisation=shown, kind="email", value=SECRETS[3])
    Note.objects.create(
        centre=centre, organisation=shown, text=SECRETS[4], author=staff, made_at=NOON
    )
    index_rows(
        "organisation", [Findable(hidden.pk, SECRETS[0]), Findable(shown.pk, "Полтора шага")]
    )
    recount_register()
    return {
        "visitor": None,
        "person": a_person("person"),
        "neighbour": a_consultant("neighbour", centre=other),
        "official": an_official(),
        "administrator": an_administrator(),
        "staff": staff,
    }


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    if isinstance(response, StreamingHttpResponse):
        return response.getvalue().decode()
    return response.content.decode()


@pytest.mark.parametrize("who", ["visitor", "person", "neighbour", "official", "administrator"])
@pytest.mark.parametrize(
    "address",
    [
        "/organisations/",
        "/organisations/?q=тихая",
        "/organisations/?kind=group",
        "/organisations/?q=500100732259",
        "/organisations/?met=6&region=XA-SVB",
        "/organisations/export.csv",
        "/organisations/export.csv?kind=group",
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


def test_the_centre_itself_sees_its_hidden_groups_and_takes_their_telephones(
    client: Client, people: dict[str, object]
) -> None:
    client.force_login(people["staff"])  # type: ignore[arg-type]  # a person

    page = seen(client, "/organisations/?kind=group")
    file = seen(client, "/organisations/export.csv")

    assert SECRETS[0] in page
    assert [secret in file for secret in SECRETS] == [True, False, True, True, False]


def test_a_hidden_group_is_counted_for_nobody_else(
    client: Client, people: dict[str, object]
) -> None:
    client.cookies["django_language"] = "en"

    visitor = seen(client, "/organisations/")
    client.force_login(people["staff"])  # type: ignore[arg-type]  # a person
    staff = seen(client, "/organisations/")

    assert ("3 organisations found" in visitor, "4 organisations found" in staff) == (True, True)
