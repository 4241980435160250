"""Makes lists of organisations for tests: whole rows; a test says only what it is about."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from sinergia.base.tables.models import Load
from sinergia.base.tables.running import ALONE
from sinergia.engine.identifiers import complete_inn, complete_ogrn
from sinergia.engine.spelling import spelling_keys
from sinergia.organisations.actions.loads import Wanted, offer_file, run_load
from sinergia.organisations.actions.sources import ensure_source
from sinergia.organisations.models import Centre, Organisation, Source
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.reading import read_organisations
from sinergia.people.models import Person
from sinergia.places.models import Region, RegionName
from tests.arrange import NOON, a_region
from tests.tables.books import csv_under, workbook_under

HEAD = {
    "ogrn": "ogrn",
    "inn": "inn",
    "kpp": "kpp",
    "name": "full_name",
    "short_name": "short_name",
    "region": "region",
    "municipality": "Муниципалитет",
    "oktmo": "oktmo_code",
    "legal_form_code": "okopf_code",
    "legal_form": "okopf",
    "status": "status_x",
    "registered_on": "reg_date",
    "closed_on": "liq_date",
    "address": "address_x",
    "site": "website",
    "field": "field",
    "link": "vk",
}
SOURCE = "ministry"


def numbers(place: int) -> tuple[str, str]:
    """ОГРН and ИНН of an invented organisation, right by their check digits."""
    return complete_ogrn(f"12100{place:07d}"), complete_inn(f"77{place:07d}")


def a_row(place: int = 1, **given: object) -> dict[str, object]:
    """A row of a list about the organisation at `place`."""
    ogrn, inn = numbers(place)
    row: dict[str, object] = dict.fromkeys(HEAD, "")
    row |= {
        "ogrn": ogrn,
        "inn": inn,
        "name": f'АВТОНОМНАЯ НЕКОММЕРЧЕСКАЯ ОРГАНИЗАЦИЯ "ДОМ {place}"',
        "short_name": f'АНО "ДОМ {place}"',
        "region": "Светлоборская область",
        "legal_form_code": "71400",
        "status": "Действующая",
        "registered_on": "2014-06-17",
        "address": f"г. Кленовск, ул. Садовая, д. {place}",
        "site": f"dom{place}.example",
    }
    return row | given


def known_regions() -> tuple[Region, Region]:
    """Two regions that files write in every usual way."""
    both = a_region(), a_region("XB-YAR", "Ярогорский край")
    for region in both:
        for key in spelling_keys(region.name_ru):
            RegionName.objects.get_or_create(region=region, spelling=key)
    return both


a_csv = partial(csv_under, HEAD)
a_workbook = partial(workbook_under, HEAD)


def a_source(code: str = SOURCE, *, actor: Person, centre: Centre | None = None) -> Source:
    """Where a list comes from."""
    return ensure_source(code, name=code, centre=centre, actor=actor, now=NOON)


def load_file(
    path: Path,
    *,
    actor: Person,
    source: str = SOURCE,
    centre: Centre | None = None,
    is_known_only: bool = False,
    region: Region | None = None,
) -> Load:
    """Load a file whole, as the command line does."""
    wanted = Wanted(a_source(source, actor=actor, centre=centre), centre, is_known_only, region)
    load = offer_file(path, wanted, file_name=path.name, mapping={}, actor=actor, now=NOON)
    return run_load(load, read_organisations(path, {}), actor=actor, pace=ALONE)


def load_rows(folder: Path, *rows: Mapping[str, object], **terms: object) -> Load:
    """The same with rows."""
    return load_file(a_csv(folder / "list.csv", rows), **terms)  # type: ignore[arg-type]  # as named there


def counts(load: Load) -> tuple[int, ...]:
    """Created, updated, unchanged, queued, refused."""
    return tuple(
        load.counts[name] for name in ("created", "updated", "unchanged", "queued", "refused")
    )


def organisation(place: int = 1) -> Organisation:
    """The organisation at `place`."""
    found = organisation_by_number(*numbers(place))
    assert found is not None
    return found
