"""Badges of a visit: for whom, what stands on them, where their codes lead."""

import pytest
from django.test import Client
from django.utils.translation import override

from sinergia.base.ui.squares import square_image
from sinergia.exchange.models import Delegate, Visit
from sinergia.insights.visit import queries
from sinergia.insights.visit.words.badges import Badges, badges_of
from tests.arrange import a_delegate, a_municipality, a_visit, sign_in_twice
from tests.exchange.arrange import a_session, staff_of
from tests.insights.arrange_booklet import LONG, a_host, address, an_organiser, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    return a_visit("Синергия НКО")


@pytest.fixture
def reader(client: Client, visit: Visit) -> Client:
    sign_in_twice(client, staff_of(visit))
    return client


def badges(visit: Visit) -> Badges:
    program = queries.programme_for(staff_of(visit), visit, wants_draft=False)
    assert program is not None
    towns = queries.towns_at(one.key for one in program.sessions)
    with override("en"):
        return badges_of(
            visit, queries.people_of(visit), program.sessions, towns,
            language="en", site="https://example.org",
        )  # fmt: skip


def test_a_badge_for_each_name_with_what_they_are_there(visit: Visit) -> None:
    lead, second = (a_delegate(name, visit=visit) for name in ("Саврасов А. П.", "Яровая Т. И."))
    Delegate.objects.filter(pk=lead.pk).update(is_lead=True, post="председатель", body="Палата")
    town = a_municipality("Кленовск", region=visit.to_region)
    heads = "Ольшанникова В. Н., директор; Лунёв П. С."
    a_session(visit=visit, host=a_host(visit), heads=heads, municipality=town)
    an_organiser(visit, "Лунёв П. С.")
    an_organiser(visit, "Гареева Л. М.", is_shown=False)
    an_organiser(visit, "")

    made = badges(visit).badges

    assert [(one.role_said, one.name, one.post, one.body, one.town) for one in made] == [
        ("Head of the delegation", "Саврасов А. П.", "председатель", "Палата", ""),
        ("Delegate", "Яровая Т. И.", "", "", ""),
        ("Host", "Ольшанникова В. Н.", "директор", "Полтора шага", "Кленовск"),
        ("Host", "Лунёв П. С.", "", "Полтора шага", "Кленовск"),
        ("Organiser", "Гареева Л. М.", "", "Палата области", ""),
    ]
    own = f"https://example.org/visits/{visit.key}/delegation/{second.key}/here/"
    assert made[1].square.image == square_image(own)


def test_badges_stand_eight_on_a_page_and_the_longest_name_fits(
    reader: Client, visit: Visit
) -> None:
    a_session(visit=visit)
    for number in range(16):
        a_delegate(f"Делегат {number:02}", visit=visit)
    Delegate.objects.filter(name="Делегат 15").update(
        name=f"Делегат 15 {LONG[:180]}", post="П" * 200, body="О" * 300
    )

    pages = pages_of(reader, address(visit, "badges"))

    assert [one.count("Делегат") for one in pages] == [8, 8]


def test_a_host_of_the_name_of_a_delegate_or_of_another_host_has_a_badge(visit: Visit) -> None:
    a_delegate("Лунёв П. С.", visit=visit)
    Delegate.objects.update(body="Палата", post="юрист")
    heads = "Лунёв П. С., директор; Лунёв П. С., бухгалтер; Лунёв П. С."
    a_session(visit=visit, host=a_host(visit), heads=heads)
    an_organiser(visit, "Лунёв П. С.")

    made = badges(visit).badges

    assert [(one.role, one.post) for one in made] == [
        ("delegate", "юрист"),
        ("host", "директор"),
        ("host", "бухгалтер"),
    ]
