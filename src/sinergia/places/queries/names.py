"""Which place a text names. Unknown and ambiguous texts find nothing: a person is asked."""

from collections.abc import Collection, Iterable

from sinergia.engine.spelling import find_meant, municipality_key
from sinergia.engine.text import fold
from sinergia.places.models import Municipality, Region, RegionName


def region_of(text: str) -> Region | None:
    """The region that a file means by `text`; none where it is unknown or may mean two."""
    return regions_by_spelling([text]).get(text)


def region_by(code_or_name: str) -> Region | None:
    """A region by its code in any case, or by its name in any known spelling."""
    return region_of(code_or_name)


def regions_by_spelling(texts: Iterable[str]) -> dict[str, Region]:
    """The regions that `texts` mean, two queries for any number; unknown texts are left out.

    A code, a full name in either language and what a person gave fit as they stand, before
    any key: so «Moscow» is the city, and «Moscow Krai» is not known.
    """
    regions = list(Region.objects.all())
    by_pk = {region.pk: region for region in regions}
    given: dict[str, Region] = {}
    keys: dict[str, Region] = {}
    for name in RegionName.objects.filter(region__in=by_pk):
        kind = given if name.is_given else keys
        kind[name.spelling] = by_pk[name.region_id]
    names: dict[str, Region] = {}
    for pick in (_english_name, _russian_name, _code):
        names |= _unambiguous((pick(region), region) for region in regions)
    names |= given
    meant = ((text, find_meant(text, names, keys)) for text in dict.fromkeys(texts))
    return {text: region for text, region in meant if region is not None}


def _english_name(region: Region) -> str:
    return fold(region.name_en)


def _russian_name(region: Region) -> str:
    return fold(region.name_ru)


def _code(region: Region) -> str:
    return fold(region.code)


def _unambiguous(pairs: Iterable[tuple[str, Region]]) -> dict[str, Region]:
    """Names that belong to one region only."""
    found: dict[str, Region] = {}
    repeated: set[str] = set()
    for name, region in pairs:
        if name in found:
            repeated.add(name)
        found[name] = region
    return {name: region for name, region in found.items() if name and name not in repeated}


def municipality_of(region: Region, text: str) -> Municipality | None:
    """The municipality of `region` that `text` names, with or without «г.», «район», «МО»."""
    return municipalities_by_spelling([(region.pk, text)]).get((region.pk, text))


def municipalities_by_spelling(
    named: Collection[tuple[int, str]],
) -> dict[tuple[int, str], Municipality]:
    """Municipalities by (primary key of a region, text); one query for any number of texts.

    An exact name goes first; a name without words of its kind must fit one municipality alone.
    """
    places = Municipality.objects.filter(region__in={region for region, _ in named})
    exact: dict[tuple[int, str], list[Municipality]] = {}
    loose: dict[tuple[int, str], list[Municipality]] = {}
    for place in places:
        exact.setdefault((place.region_id, place.name_folded), []).append(place)
        key = municipality_key(place.name_ru)
        loose.setdefault((place.region_id, key), []).append(place)
    found = {}
    for region, text in named:
        fits = exact.get((region, fold(text))) or _by_key(loose, region, text)
        if len(fits) == 1:
            found[region, text] = fits[0]
    return found


def municipalities_by_oktmo(codes: Collection[str]) -> dict[str, Municipality]:
    """Municipalities by their eight digits, each with its region."""
    found = Municipality.objects.filter(oktmo__in=codes).select_related("region")
    return {place.oktmo: place for place in found}


def _by_key(
    places: dict[tuple[int, str], list[Municipality]], region: int, text: str
) -> list[Municipality]:
    key = municipality_key(text)
    return places.get((region, key), []) if key else []
