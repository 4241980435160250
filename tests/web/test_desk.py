"""What waits for whoever has signed in, the rooms they keep, and the hour their pages show."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html  # type: ignore[import-untyped]  # it has no stubs

from sinergia.people.models import Person
from tests.arrange import (
    a_centre,
    a_consultant,
    a_leader,
    a_mailing,
    a_person,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
    sign_in_twice,
)

pytestmark = pytest.mark.django_db

KEEPERS: dict[str, Callable[[], Person]] = {
    "consultant": lambda: a_consultant(centre=a_centre()),
    "head": lambda: a_consultant(centre=a_centre(), role="head"),
    "administrator": an_administrator,
}


def rooms_of(client: Client) -> list[str]:
    page = html.fromstring(client.get("/desk/").text)
    return [str(address) for address in page.xpath("//*[@class='rooms']//a/@href")]


@pytest.mark.parametrize("role", KEEPERS)
def test_every_room_on_the_desk_opens_for_whoever_sees_it(role: str, client: Client) -> None:
    sign_in_twice(client, KEEPERS[role]())

    rooms = rooms_of(client)

    assert len(rooms) == len(set(rooms)) >= 13
    assert {
        address: client.get(address, follow=True).status_code for address in rooms
    } == dict.fromkeys(rooms, 200)


def test_the_menu_the_desk_and_the_page_call_mailings_by_one_name(client: Client) -> None:
    sign_in_twice(client, a_consultant(centre=a_centre()))
    client.cookies["django_language"] = "en"

    desk = html.fromstring(client.get("/desk/").text)
    page = html.fromstring(client.get("/mailings/").text)

    assert desk.xpath("//a[@href='/mailings/']/text()") == ["Mailings", "Mailings"]
    assert page.xpath("string(//h1)") == "Mailings"


def test_accounts_and_texts_of_consents_are_on_the_administrators_desk(client: Client) -> None:
    sign_in_twice(client, an_administrator())

    assert {"/people/", "/consents/", "/operations/"} <= set(rooms_of(client))


@pytest.mark.parametrize("role", ["person", "leader", "official"])
def test_whoever_keeps_no_house_sees_no_rooms(role: str, client: Client) -> None:
    people: dict[str, Callable[[], Person]] = {
        "person": a_person,
        "leader": lambda: a_leader(organisation=an_organisation()),
        "official": an_official,
    }
    sign_in_twice(client, people[role]())

    assert rooms_of(client) == []


def test_pages_show_the_hour_of_the_place_one_acts_for(client: Client) -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    region.time_zone = "Asia/Yekaterinburg"
    region.save(update_fields=["time_zone"])
    anna = a_leader("anna", organisation=an_organisation(region=region))
    pairs = [(anna, "Екатеринбург, UTC+5"), (a_person("boris"), "Москва, UTC+3")]

    for person, told in pairs:
        client.force_login(person)
        client.cookies["django_language"] = "ru"
        assert f"Время: {told}" in client.get("/account/").text


def test_a_moment_is_shown_in_that_zone(client: Client) -> None:
    centre = a_centre()
    centre.time_zone = "Asia/Yekaterinburg"
    centre.save(update_fields=["time_zone"])
    larisa = a_consultant(centre=centre)
    a_mailing("Полтора шага", centre=centre, author=larisa)
    client.force_login(larisa)
    client.cookies["django_language"] = "ru"

    assert "23 ноября 2026, 17:00" in client.get("/mailings/").text.replace("\xa0", " ")
