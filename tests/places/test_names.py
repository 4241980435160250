import pytest
from pytest_django import DjangoAssertNumQueries

from sinergia.places.queries import (
    municipalities_by_spelling,
    municipality_of,
    region_coded,
    regions,
    regions_by_spelling,
)
from tests.arrange import a_municipality, a_region

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_any_number_of_spellings_takes_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    region = a_region()
    texts = [f"Неизвестная {number} область" for number in range(2_000)]

    with django_assert_num_queries(2):
        found = regions_by_spelling([*texts, "светлоборская ОБЛАСТЬ", "xa-svb"])

    assert found == {"светлоборская ОБЛАСТЬ": region, "xa-svb": region}


@pytest.mark.parametrize("text", ["Кленовск", "г. Кленовск", "ГОРОДСКОЙ ОКРУГ КЛЕНОВСК"])
def test_a_municipality_is_found_with_and_without_its_kind(text: str) -> None:
    town = a_municipality("Кленовск")

    assert municipality_of(a_region(), text) == town


def test_two_municipalities_of_like_names_are_told_apart_or_not_at_all() -> None:
    town, district = a_municipality("Заречный"), a_municipality("Заречный район")
    region = a_region()

    found = [
        municipality_of(region, text) for text in ("заречный", "Заречный район", "МО Заречный")
    ]

    assert found == [town, district, None]


def test_a_municipality_of_another_region_is_not_found() -> None:
    a_municipality("Кленовск", region=a_region("XB-YAR", "Ярогорский край"))

    assert municipality_of(a_region(), "Кленовск") is None


def test_any_number_of_municipalities_takes_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    town, region = a_municipality(), a_region()
    named = [(region.pk, f"Город {number}") for number in range(2_000)]

    with django_assert_num_queries(1):
        found = municipalities_by_spelling([*named, (region.pk, "г. Кленовск")])

    assert found == {(region.pk, "г. Кленовск"): town}


@pytest.mark.parametrize("code", ["", "xa-svb", "XA-SVB\x00", "XA-SVB' --", "XZ-NO", "X" * 4_000])
def test_a_forged_code_finds_no_region(code: str) -> None:
    a_region()

    assert region_coded(code) is None


def test_regions_stand_in_the_order_of_their_names() -> None:
    last, first = a_region("XB-YAR", "Ярогорский край"), a_region()

    assert list(regions()) == [first, last]
