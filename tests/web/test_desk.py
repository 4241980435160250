"""What waits for whoever has signed in, the rooms they keep, and the hour their pages show."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from lxml import html  # type: ignore[import-untyped]  # it has no stubs

from sinergia.base.errands.actions import promise
from sinergia.base.errands.models import Errand
from sinergia.organisations.actions.claims import raise_claim
from sinergia.organisations.actions.telling import confirm_told, write_head, write_reach
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
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
from tests.organisations.register_files import a_row, known_regions, load_rows

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


def test_the_desk_and_the_page_call_mailings_by_one_name(client: Client) -> None:
    sign_in_twice(client, a_consultant(centre=a_centre()))
    client.cookies["django_language"] = "en"

    desk = html.fromstring(client.get("/desk/").text)
    page = html.fromstring(client.get("/mailings/").text)

    assert desk.xpath("//a[@href='/mailings/']/text()") == ["Mailings"]
    assert page.xpath("string(//h1)") == "Mailings"


def test_accounts_and_texts_of_consents_are_on_the_administrators_desk(client: Client) -> None:
    sign_in_twice(client, an_administrator())

    assert {"/people/", "/consents/", "/operations/", "/regions/"} <= set(rooms_of(client))


@pytest.mark.parametrize("role", ["person", "leader", "official"])
def test_whoever_keeps_no_house_sees_no_rooms(role: str, client: Client) -> None:
    people: dict[str, Callable[[], Person]] = {
        "person": a_person,
        "leader": lambda: a_leader(organisation=an_organisation()),
        "official": an_official,
    }
    sign_in_twice(client, people[role]())

    assert rooms_of(client) == []


@pytest.mark.parametrize(
    "make",
    [
        a_person,
        lambda: a_leader(organisation=an_organisation()),
        lambda: a_leader(organisation=an_organisation(), role="editor"),
        lambda: a_consultant(centre=a_centre()),
        an_official,
        an_administrator,
    ],
    ids=["person", "leader", "editor", "consultant", "official", "administrator"],
)
def test_whatever_the_menu_offers_opens(make: Callable[[], Person], client: Client) -> None:
    sign_in_twice(client, make())

    page = html.fromstring(client.get("/desk/").text)
    offered = page.xpath("//nav[@class='top-menu']//a/@href")

    assert len(offered) > 4
    assert {one: client.get(one, follow=True).status_code for one in offered} == dict.fromkeys(
        offered, 200
    )


def test_the_grants_of_an_organisation_belong_to_one_entry_of_the_menu(client: Client) -> None:
    client.force_login(a_leader("anna", organisation=an_organisation()))
    client.cookies["django_language"] = "ru"

    page = html.fromstring(client.get("/grants/ours/", follow=True).text)

    current = page.xpath("//nav[@class='top-menu']//a[@aria-current]")
    assert [one.text_content().strip() for one in current] == ["Гранты"]


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


def tasks_of(client: Client) -> dict[str, str]:
    """What waits, by its address."""
    page = html.fromstring(client.get("/desk/").text)
    return {
        str(link.get("href")): " ".join(link.text_content().split())
        for link in page.xpath("//*[@class='todo']//a")
    }


def test_a_team_is_told_what_the_centre_wrote_and_nobody_confirmed(client: Client) -> None:
    centre, steps = a_centre(), an_organisation()
    larisa, tamara = a_consultant(centre=centre), a_leader(organisation=steps)
    told = {"told_by": "директор, по телефону"}
    write_head(steps, told | {"name": "Яровая Т. И."}, actor=larisa, now=NOON)
    way = {"kind": "email", "value": "steps@example.org", "note": "", "is_public": False}
    write_reach(steps, told | way, actor=larisa, now=NOON)
    client.force_login(tamara)
    client.cookies["django_language"] = "en"

    waits = tasks_of(client)
    confirm_told(steps, actor=tamara, now=NOON)

    inside = f"/organisations/{steps.key}/inside/"
    assert waits[inside].startswith("2 things that the centre wrote")
    assert tasks_of(client) == {}


def test_an_administrator_is_told_of_errands_that_were_left(client: Client) -> None:
    promise("base.errands.seal_rest", now=NOON)
    Errand.objects.update(given_up_at=NOON)
    sign_in_twice(client, an_administrator())
    client.cookies["django_language"] = "en"

    [(address, words)] = tasks_of(client).items()

    assert words == "1 errand failed too often and was left"
    assert "base.errands.seal_rest" in client.get(address).text


def test_an_administrator_is_told_who_asks_to_act_where_no_centre_answers(client: Client) -> None:
    given = {"role": "leader", "ground": "Избрана"}
    raise_claim(an_organisation(), given, actor=a_person("anna"), now=NOON)
    sign_in_twice(client, an_administrator())
    client.cookies["django_language"] = "en"

    [(address, words)] = tasks_of(client).items()

    assert words == "1 person asks to act for an organisation"
    assert len(client.get(address).context["rows"]) == 1


def test_an_official_finds_the_way_to_the_figures_of_the_region(client: Client) -> None:
    sign_in_twice(client, an_official(region=a_region("XB-YAR", "Ярогорский край")))
    client.cookies["django_language"] = "ru"

    page = client.get("/desk/").text

    assert '<a href="/regions/XB-YAR/">Ярогорский край в цифрах</a>' in page
    assert "Найти свою организацию" not in page


def test_an_administrator_sees_the_questions_of_loads_for_every_region_and_the_way_between_loads(
    client: Client, tmp_path: Path
) -> None:
    region, _ = known_regions()
    olga, centre = an_administrator(), a_centre(region=region)
    larisa = a_consultant(centre=centre)
    nobody = {"ogrn": "", "inn": ""}
    load_rows(tmp_path, a_row(1, **nobody), a_row(2, **nobody), actor=olga)
    load_rows(tmp_path, a_row(3, **nobody), actor=larisa, centre=centre, source="own")
    client.force_login(olga)
    client.cookies["django_language"] = "en"

    desk = html.fromstring(client.get("/desk/").text)
    opened = html.fromstring(client.get("/register/questions/").text)
    tabs = {
        address: [
            (str(link.get("href")), link.get("aria-current"))
            for link in html.fromstring(client.get(address).text).xpath(
                "//nav[@class='local-nav']//a[@href='/loads/' or @href='/register/loads/']"
            )
        ]
        for address in ("/loads/", "/register/loads/")
    }

    (told,) = desk.xpath("//ul[@class='todo']//a[@href='/register/questions/']/strong/text()")
    assert told == str(len(opened.xpath("//table//tbody/tr"))) == "2"
    assert tabs == {
        "/loads/": [("/loads/", "page"), ("/register/loads/", None)],
        "/register/loads/": [("/loads/", None), ("/register/loads/", "page")],
    }
    client.force_login(larisa)
    assert 'href="/loads/"' not in client.get("/register/loads/").text
