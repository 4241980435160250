"""Keeping the words by which regions, municipalities and themes are found."""

from collections.abc import Iterable, Iterator

from sinergia.base.search.actions import Findable, Searched, forget_rows, index_rows
from sinergia.places.models import Municipality, Region, Theme

REGION, MUNICIPALITY, THEME = "region", "municipality", "theme"


def index_regions(regions: Iterable[Region]) -> None:
    """By their names in both languages and their codes."""
    index_rows(REGION, _regions(regions))


def index_municipalities(municipalities: Iterable[Municipality]) -> None:
    """By their names in both languages."""
    index_rows(MUNICIPALITY, _named(municipalities))


def index_theme(theme: Theme) -> None:
    """By its names in both languages."""
    index_rows(THEME, _named([theme]))


def forget_theme(theme: Theme) -> None:
    """Take it out of the index."""
    forget_rows(THEME, [theme.pk])


def searched_places() -> list[Searched]:
    """All that is found of places, to check the index by."""
    return [
        Searched(REGION, Region.objects.all(), _regions),
        Searched(MUNICIPALITY, Municipality.objects.all(), _named),
        Searched(THEME, Theme.objects.all(), _named),
    ]


def _regions(regions: Iterable[Region]) -> Iterator[Findable]:
    for region in regions:
        yield Findable(region.pk, f"{region.name_ru} {region.name_en}", region.code)


def _named(places: Iterable[Municipality | Theme]) -> Iterator[Findable]:
    for place in places:
        yield Findable(place.pk, f"{place.name_ru} {place.name_en}")
