"""What a region gives and takes: every number opens its rows, hidden ones are in none."""

import re

import pytest
from django.test import Client

from sinergia.applications.models import Application
from sinergia.insights.region.queries.exchange import exchange_of
from sinergia.insights.region.words.exchange import exchange_tiles
from sinergia.organisations.models import Organisation
from sinergia.practices.models import Adoption, Practice
from tests.arrange import NOON, a_consultant, a_visit
from tests.insights.arrange_thread import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> World:
    made = a_world()
    Adoption.objects.update(state="running", confirmed_by=made.leader, confirmed_at=NOON)
    Application.objects.update(awarded_minor=1_500_000_00, region=made.visit.from_region)
    return made


def numbers(world: World) -> dict[str, str]:
    """The tiles of the region that took something home: label to value."""
    region = world.visit.from_region
    return {tile.label: tile.value for tile in exchange_tiles(region, exchange_of(region))}


def test_each_number_opens_as_many_rows(client: Client, world: World) -> None:
    region = world.visit.from_region

    tiles = exchange_tiles(region, exchange_of(region))

    assert len(tiles) >= 4
    for tile in tiles:
        page = client.get(tile.url).content.decode()
        assert len(re.findall(r'<th scope="row">\s*<a|<article', page)) == int(tile.value), tile
    assert any("1 500 000" in tile.label.replace("\xa0", " ") for tile in tiles)


def test_who_prepares_a_visit_finds_behind_the_number_what_everybody_does(
    client: Client, world: World
) -> None:
    region, centre = world.visit.from_region, world.visit.centre
    draft = a_visit(centre=centre, name="Ещё не показана")
    type(draft).objects.filter(pk=draft.pk).update(from_region=region)
    client.force_login(a_consultant(centre=centre))

    tile = next(one for one in exchange_tiles(region, exchange_of(region)) if "/visits/" in one.url)
    behind = client.get(tile.url).text
    every = client.get(tile.url.partition("&")[0]).text

    assert (tile.value, behind.count(draft.name), every.count(draft.name) > 0) == ("1", 0, True)


def test_a_region_that_gave_a_practice_sees_who_took_it(client: Client, world: World) -> None:
    region = world.practice.region
    assert region is not None

    given = next(
        tile for tile in exchange_tiles(region, exchange_of(region)) if "?author" in tile.url
    )

    assert given.value == "1"
    assert "Завтра у реки" in client.get(given.url).content.decode()


def test_what_is_hidden_is_in_no_number(client: Client, world: World) -> None:
    shown = numbers(world)
    type(world.visit.course).objects.update(is_public=False)
    of_adoption = numbers(world)  # the adoption tells of the project still
    Adoption.objects.update(state="intended")
    nothing = numbers(world)

    assert (len(shown), len(of_adoption), len(nothing)) == (4, 3, 0)
    assert "Завтра у реки" not in client.get("/practices/taken-home/").content.decode()


@pytest.mark.parametrize("hidden", ["organisation", "practice"])
def test_a_side_that_is_not_shown_takes_no_part(client: Client, world: World, hidden: str) -> None:
    if hidden == "organisation":
        Organisation.objects.filter(pk=world.adoption.organisation_id).update(is_public=False)
    else:
        Practice.objects.update(stage=Practice.Stage.WITHDRAWN)

    page = client.get("/practices/taken-home/").content.decode()

    assert ("Завтра у реки" in page, world.practice.title in page) == (False, False)


def test_the_list_is_narrowed_by_either_side(client: Client, world: World) -> None:
    assert world.practice.region is not None
    home, author = world.visit.from_region.code, world.practice.region.code

    def found(query: str) -> bool:
        return "</table>" in client.get(f"/practices/taken-home/?{query}").content.decode()

    assert found(f"home={home}&author={author}&state=running")
    assert not found("home=XX-NO")
    assert not found("state=proven")
    assert found("state=intended&after=x")  # junk is dropped
