"""Name the organisations of both regions: no two alike, each doing what its name says."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product
from random import Random

from sinergia.web.demo.identifiers import inn_of, ogrn_of
from sinergia.web.demo.rows import MunicipalityRow, OrganisationRow, RegionRow
from sinergia.web.demo.stock import Field, Known

# Every form's full name and short name; {purpose} may be empty.
_FORMS = {
    "ano": ("Автономная некоммерческая организация {purpose} «{brand}»", "АНО «{brand}»"),
    "roo": (
        "{region} региональная общественная организация {purpose} «{brand}»",
        "РОО «{brand}»",
    ),
    "moo": ("{town} общественная организация {purpose} «{brand}»", "МОО «{brand}»"),
    "charity": ("Благотворительный фонд {purpose} «{brand}»", "БФ «{brand}»"),
    "fund": ("Фонд {purpose} «{brand}»", "Фонд «{brand}»"),
    "institution": ("Частное учреждение {purpose} «{brand}»", "ЧУ «{brand}»"),
    "union": ("Ассоциация {purpose} «{brand}»", "Ассоциация «{brand}»"),
    "tos": (
        "Территориальное общественное самоуправление «{brand}» {town_of}",
        "ТОС «{brand}»",
    ),
}
_BRANDS_OF_FIRST = 0.7  # the share of brands that the first, larger region takes
_FIRST_YEAR, _LAST_YEAR = 2003, 2022
_KNOWN_YEARS = (2008, 2017)
Name = tuple[str, str, MunicipalityRow]  # full, short, where


def register(
    regions: Sequence[RegionRow],
    municipalities: Sequence[MunicipalityRow],
    fields: dict[str, Field],
    known: Sequence[Known],
    *,
    counts: dict[str, int],
    seed: int,
) -> tuple[OrganisationRow, ...]:
    """Fill the register: `counts` organisations in each region, those of the stories first."""
    chance = Random(f"{seed}:organisations")  # noqa: S311
    brands = _shared_brands(fields, known, [region.code for region in regions], chance)
    return tuple(
        organisation
        for region in regions
        for organisation in _of_region(
            region,
            [town for town in municipalities if town.region == region.code],
            [(field, brands[region.code, field.code]) for field in fields.values()],
            known,
            count=counts[region.code],
            chance=chance,
        )
    )


def _shared_brands(
    fields: dict[str, Field], known: Sequence[Known], regions: Sequence[str], chance: Random
) -> dict[tuple[str, str], list[str]]:
    """Deal every field's brands between the two regions: nobody meets a namesake next door."""
    taken = {one.brand for one in known}
    first, second = regions
    dealt: dict[tuple[str, str], list[str]] = {}
    for field in fields.values():
        free = [brand for brand in field.brands if brand not in taken]
        chance.shuffle(free)
        border = round(len(free) * _BRANDS_OF_FIRST)
        dealt[first, field.code], dealt[second, field.code] = free[:border], free[border:]
    return dealt


def _of_region(
    region: RegionRow,
    towns: Sequence[MunicipalityRow],
    fields: Sequence[tuple[Field, list[str]]],
    known: Sequence[Known],
    *,
    count: int,
    chance: Random,
) -> Iterator[OrganisationRow]:
    named = [
        (one, town) for one in known for town in towns if town.oktmo == one.oktmo
    ]  # of this region only
    numbers = chance.sample(range(1_000, 99_999), count)
    for one, town in named:
        name = _named(region, town, one.form, one.purpose, one.brand)
        yield _row(name, numbers.pop(), one.field, chance, is_known=True, is_host=one.is_host)
    shares = _portions(count - len(named), [field.share for field, _ in fields])
    taken = {_named(region, town, one.form, one.purpose, one.brand)[0] for one, town in named}
    names = [
        (name, field.code)
        for (field, brands), share in zip(fields, shares, strict=True)
        for name in islice(_new(_names(region, towns, field, brands, chance), taken), share)
    ]
    chance.shuffle(names)
    for name, code in names:
        yield _row(name, numbers.pop(), code, chance)


def _new(names: Iterator[Name], taken: set[str]) -> Iterator[Name]:
    for name in names:
        if name[0] not in taken:
            taken.add(name[0])
            yield name


def _names(
    region: RegionRow,
    towns: Sequence[MunicipalityRow],
    field: Field,
    brands: Sequence[str],
    chance: Random,
) -> Iterator[Name]:
    """Name a field's organisations: two with a brand, one by its trade; then by place as well."""
    branded = _branded(region, towns, field, brands, chance)
    plain = _plain(region, towns, field, chance)
    while True:
        name = next(branded, None)
        if name is None:
            break
        yield name
        yield from islice(branded, 1)
        yield from islice(plain, 1)
    yield from plain
    yield from _placed(region, towns, field, brands, chance)


def _branded(
    region: RegionRow,
    towns: Sequence[MunicipalityRow],
    field: Field,
    brands: Sequence[str],
    chance: Random,
) -> Iterator[Name]:
    for brand in brands:
        form, purpose = chance.choice(field.forms), chance.choice(field.purposes)
        yield _named(region, _somewhere(towns, chance), form, purpose, brand)


def _plain(
    region: RegionRow, towns: Sequence[MunicipalityRow], field: Field, chance: Random
) -> Iterator[Name]:
    """Name those who are called by what they do; a pattern without a town serves once."""
    names: dict[str, MunicipalityRow] = {}
    for pattern in field.plain:
        for town in towns:
            name = pattern.format(
                mun_of=town.name_of,
                mun_adj=town.adjective,
                region_of=f"{region.stem}ой области"
                if region.kind == "oblast"
                else f"{region.stem}ого края",
            )
            names.setdefault(name, towns[0] if "{region_of}" in pattern else town)
    for name in chance.sample(sorted(names), len(names)):
        yield name, name, names[name]


def _placed(
    region: RegionRow,
    towns: Sequence[MunicipalityRow],
    field: Field,
    brands: Sequence[str],
    chance: Random,
) -> Iterator[Name]:
    """Name the many of a large demo: a brand once more, in another town, form or trade."""
    ways = list(product(field.forms, field.purposes, brands, towns))
    chance.shuffle(ways)
    for form, purpose, brand, town in ways:
        full, short, _ = _named(region, town, form, purpose, brand)
        if form not in {"moo", "tos"}:
            full = f"{full} {town.name_of}"
        yield full, f"{short} {town.name_of}", town


def _named(region: RegionRow, town: MunicipalityRow, form: str, purpose: str, brand: str) -> Name:
    full, short = _FORMS[form]
    name = full.format(
        purpose=purpose,
        brand=brand,
        region=f"{region.stem}ая",
        town=town.adjective,
        town_of=town.name_of,
    )
    return " ".join(name.split()), short.format(brand=brand), town


def _somewhere(towns: Sequence[MunicipalityRow], chance: Random) -> MunicipalityRow:
    """Choose a town; larger ones more often, though not as often as they are large."""
    return chance.choices(towns, [town.population**0.8 for town in towns])[0]


def _row(
    name: Name,
    number: int,
    field: str,
    chance: Random,
    *,
    is_known: bool = False,
    is_host: bool = False,
) -> OrganisationRow:
    full, short, town = name
    # Half of the register is younger than ten years.
    year = round(_LAST_YEAR - (_LAST_YEAR - _FIRST_YEAR) * chance.random() ** 1.3)
    year = chance.randint(*_KNOWN_YEARS) if is_known else year
    day = date(year, 1, 9) + timedelta(days=chance.randrange(350))
    day -= timedelta(days=max(0, day.weekday() - 4))  # an office is closed on Saturdays
    return OrganisationRow(
        ogrn=ogrn_of(town.region, number, year=year),
        inn=inn_of(town.region, number),
        name=full,
        short_name=short,
        region=town.region,
        oktmo=town.oktmo,
        registered_on=day,
        field=field,
        is_host=is_host,
    )


def _portions(whole: int, shares: Sequence[int]) -> list[int]:
    """Part `whole` by shares; what rounding leaves goes to the first ones."""
    parts = [whole * share // sum(shares) for share in shares]
    left = whole - sum(parts)
    return [part + (index < left) for index, part in enumerate(parts)]
