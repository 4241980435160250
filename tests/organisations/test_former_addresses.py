"""After a merge every page of the one that went leads to the same page of the one it became."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sinergia.notices.models import Recipient
from sinergia.organisations import models as register
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.models import Merge, Organisation
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_mailing,
    a_person,
    an_administrator,
    an_organisation,
    sign_in_twice,
)

pytestmark = [pytest.mark.both_in_full, pytest.mark.django_db]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
PUBLIC = ["", "glance/"]
ASKED = ["claim/"]
INNER = [
    "inside/", "inside/history/", "inside/details/", "inside/card/", "inside/number/",
    "inside/status/", "inside/became/", "inside/double/", "inside/notes/", "team/",
    "team/invite/", "split/",
]  # fmt: skip


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def merge(larisa: Person) -> Merge:
    kept, gone = an_organisation("Остаётся"), an_organisation("Уходит")
    return merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)


def signed_in(person: Person) -> Client:
    client = Client()
    sign_in_twice(client, person)
    return client


def led_to(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize("page", [*PUBLIC, *ASKED, *INNER])
def test_each_page_leads_on_for_good(page: str, larisa: Person, merge: Merge) -> None:
    client = signed_in(larisa)

    told = led_to(client, f"/organisations/{merge.gone_key}/{page}")

    assert told == (301, f"/organisations/{merge.kept.key}/{page}")
    assert client.get(told[1]).status_code == 200


def test_what_stands_behind_the_address_goes_along(larisa: Person, merge: Merge) -> None:
    told = led_to(signed_in(larisa), f"/organisations/{merge.gone_key}/inside/double/?q=дом")

    assert told[1].startswith(f"/organisations/{merge.kept.key}/inside/double/?q=")


@pytest.mark.parametrize("page", INNER)
def test_a_stranger_is_not_told_that_it_was_there(page: str, merge: Merge) -> None:
    client = signed_in(a_person("stranger"))
    keys = merge.gone_key, uuid4()
    answers = [client.get(f"/organisations/{key}/{page}") for key in keys]

    former, never = (
        TOKEN.sub("", answer.content.decode().replace(str(key), ""))
        for key, answer in zip(keys, answers, strict=True)
    )
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert former == never


@pytest.mark.parametrize("page", [*PUBLIC, *ASKED])
def test_one_that_is_hidden_now_is_missing_for_others(page: str, merge: Merge) -> None:
    Organisation.objects.filter(pk=merge.kept_id).update(is_public=False)
    client = signed_in(a_person("stranger"))

    assert client.get(f"/organisations/{merge.gone_key}/{page}").status_code == 404


def test_only_reading_is_led_on(larisa: Person, merge: Merge) -> None:
    client = signed_in(larisa)

    answer = client.post(f"/organisations/{merge.gone_key}/inside/status/", {"status": "closed"})

    assert answer.status_code == 404


def test_nobody_remembers_the_way_once_it_is_taken_back(larisa: Person, merge: Merge) -> None:
    client = signed_in(larisa)
    address = f"/organisations/{merge.gone_key}/inside/"
    assert client.get(address).headers["Cache-Control"] == "no-store"

    undo_merge(merge.key, actor=larisa, now=NOON)

    assert client.get(address).status_code == 200


def test_a_message_that_was_sent_shows_the_living_address_and_its_telephone(
    larisa: Person,
) -> None:
    kept, gone = an_organisation("Остаётся"), an_organisation("Уходит")
    centre = register.Centre.objects.get()
    mailing = a_mailing("Уходит", centre=centre, author=larisa)
    Recipient.objects.update(of_key=gone.key)
    register.Reach.objects.create(organisation=kept, kind="phone", value="+7 900 111-22-33")
    merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)
    type(mailing).objects.update(stage="sent", sent_at=NOON)

    page = signed_in(larisa).get(f"/mailings/{mailing.key}/?part=total").content.decode()

    assert f"/organisations/{kept.key}/inside/" in page
    assert str(gone.key) not in page
    assert "+7 900 111-22-33" in page


def test_an_administrator_is_led_on_to_what_no_centre_serves() -> None:
    olga, kept, gone = an_administrator("olga"), an_organisation("Одна"), an_organisation("Вторая")
    merge = merge_organisations(kept.key, gone.key, actor=olga, now=NOON)

    told = led_to(signed_in(olga), f"/organisations/{merge.gone_key}/inside/status/")

    assert told == (301, f"/organisations/{kept.key}/inside/status/")
