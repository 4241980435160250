"""On real lists of organisations, where they are; nothing of them is kept here."""

from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Count

from sinergia.base.tables.models import Load
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.models import (
    Change,
    Identifier,
    LegalForm,
    Organisation,
    OrganisationField,
    Question,
    Reach,
    SourceRecord,
)
from sinergia.people.models import Person
from sinergia.places import actions as places
from sinergia.places.reading import read_municipalities, read_regions
from tests.arrange import NOON, an_administrator
from tests.organisations.register_files import counts, load_file

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def olga(shared_data: Path) -> Person:
    """Who loads, once the real regions and towns are known."""
    loader, folder = an_administrator(), shared_data / "open" / "ru-regions"
    regions = read_regions(folder / "hflabs_region.csv")
    places.load_regions(regions, actor=loader, now=NOON, is_dry_run=False)
    towns = read_municipalities(folder / "hflabs_city.csv")
    places.load_municipalities(towns, actor=loader, now=NOON, is_dry_run=False)
    return loader


@pytest.fixture
def egrul(shared_data: Path) -> Path:
    return shared_data / "local-only" / "egrul_add_dump_2022_07.csv"


@pytest.fixture
def sites(shared_data: Path) -> Path:
    return shared_data / "local-only" / "ngo_vk_fields_2022.csv"


def words(load: Load) -> dict[str, int]:
    return dict(load.notes.filter(result="word").values_list("code", "times"))


def test_an_extract_of_the_state_s_register_is_read_whole(egrul: Path, olga: Person) -> None:
    first, second = (load_file(egrul, actor=olga, source="egrul") for _ in range(2))

    assert (counts(first), counts(second)) == ((3999, 0, 0, 0, 0), (0, 0, 3999, 0, 0))
    assert not first.notes.exclude(result="word").exists()
    numbers = Counter(Identifier.objects.values_list("scheme", flat=True))
    assert numbers == {"RU-OGRN": 3999, "RU-INN": 3998}
    restored = Identifier.objects.filter(scheme="RU-INN", value__startswith="0")
    assert restored.count() == 120
    by_status = Organisation.objects.order_by().values_list("status")
    assert dict(by_status.annotate(number=Count("pk"))) == {
        "active": 2868, "closed": 1026, "closing": 68, "reorganising": 31, "bankrupt": 6,
    }  # fmt: skip
    assert (LegalForm.objects.count(), Organisation.objects.filter(legal_form=None).count()) == (
        10, 0,
    )  # fmt: skip
    regions = Organisation.objects.values_list("region__code", flat=True)
    assert (len(set(regions)), None in set(regions)) == (82, False)
    assert Organisation.objects.filter(region__code="RU-MOW").count() == 1028
    assert Organisation.objects.filter(region__code="RU-SA").count() == 16
    assert Organisation.objects.exclude(closed_on=None).count() == 1026
    assert Organisation.objects.exclude(site="").count() == 3999
    assert Organisation.objects.filter(site_key__endswith=".рф").count() == 417
    assert (Question.objects.count(), Change.objects.count()) == (0, 0)
    assert (SourceRecord.objects.count(), recount_register()) == (3999, 0)


def test_sites_and_fields_of_work_come_from_another_list(
    egrul: Path, sites: Path, olga: Person
) -> None:
    load_file(egrul, actor=olga, source="egrul")

    known = load_file(sites, actor=olga, source="sites", is_known_only=True)
    first = load_file(sites, actor=olga, source="sites")
    second = load_file(sites, actor=olga, source="sites")

    assert counts(known) == (0, 0, 0, 0, 2928)  # nobody is in both
    assert (counts(first), counts(second)) == ((2928, 0, 0, 0, 0), (0, 0, 2928, 0, 0))
    assert words(first) == {"region_missing": 2928}
    assert OrganisationField.objects.values("field").distinct().count() == 22
    assert OrganisationField.objects.count() == 2928
    assert Reach.objects.filter(kind="link", value__startswith="https://vk.com/").count() == 2928
