"""How far a region trusts its non-profits: by whom entered, mended, where its source stands."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.insights.official.actions import keep_trust, remove_trust
from sinergia.insights.official.queries.trust import CODE, series_of, trust_of
from sinergia.places.actions.indicators import Measured
from sinergia.places.models import Indicator, Region
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
MEASURED = Measured(date(2025, 12, 31), Decimal(33), "%", "Опрос института", "1 200 человек")


@pytest.fixture
def region() -> Region:
    return a_region("XB-YAR", "Ярогорский край")


def test_trust_is_entered_with_its_source_by_the_centre_alone(
    client: Client, region: Region
) -> None:
    worker = a_consultant(centre=a_centre(region=region))

    keep_trust(region, MEASURED, actor=worker, now=NOON)
    keep_trust(region, MEASURED, actor=worker, now=NOON)
    earlier = Measured(date(2024, 12, 31), Decimal(30), "%", "Опрос")
    keep_trust(region, earlier, actor=worker, now=NOON)

    found = trust_of(region)
    assert found is not None
    latest = found.latest
    assert (latest.source, latest.method) == ("Опрос института", "1 200 человек")
    assert found.change == Decimal(3)
    assert Entry.objects.filter(verb="region.trust_entered").count() == 2
    page = client.get(f"/regions/{region.code}/trust/").content.decode()
    assert "Опрос института" in page
    assert "1 200 человек" in page
    for stranger in (
        an_official(region=region),
        a_leader(organisation=an_organisation(region=region)),
    ):
        with pytest.raises(PermissionDenied):
            keep_trust(region, MEASURED, actor=stranger, now=NOON)
        with pytest.raises(PermissionDenied):
            remove_trust(region, MEASURED.on, actor=stranger, now=NOON)


def test_no_figure_of_trust_stands_without_a_source(region: Region) -> None:
    worker = an_administrator()
    bad = [
        (Measured(date(2025, 1, 1), Decimal(33), "%", " "), "trust.no_source"),
        (Measured(date(2030, 1, 1), Decimal(33), "%", "Опрос"), "trust.day_to_come"),
        (Measured(date(2025, 1, 1), Decimal(133), "%", "Опрос"), "trust.no_share"),
    ]
    for given, code in bad:
        with pytest.raises(Refused) as refusal:
            keep_trust(region, given, actor=worker, now=NOON)
        assert [gap.code for gap in refusal.value.gaps] == [code]
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(
            region=region, code="trust", on=NOON.date(), value=1, unit="%", source=""
        )
    assert not series_of(region).exists()


def test_today_is_the_day_of_whoever_enters_it(region: Region) -> None:
    evening = datetime(2026, 5, 1, 20, tzinfo=UTC)
    given = Measured(date(2026, 5, 2), Decimal(33), "%", "Опрос")
    worker = an_administrator()

    with timezone.override("UTC"), pytest.raises(Refused):
        keep_trust(region, given, actor=worker, now=evening)
    with timezone.override("Asia/Vladivostok"):
        keep_trust(region, given, actor=worker, now=evening)

    assert series_of(region).count() == 1


def test_a_measurement_is_entered_mended_and_removed_on_its_pages(
    client: Client, region: Region
) -> None:
    client.force_login(a_consultant(centre=a_centre(region=region)))
    address = f"/regions/{region.code}/trust/"
    typed = {"on": "2025-12-31", "value": "33,4", "margin": "3,8", "source": "Опрос", "method": ""}

    assert client.post(f"{address}enter/", typed).status_code == 422
    typed["method"] = "По телефону"
    assert client.post(f"{address}enter/", typed | {"source": ""}).status_code == 422
    assert client.post(f"{address}enter/", typed).status_code == 302
    assert client.post(f"{address}enter/", typed | {"value": "34"}).status_code == 302
    (row,) = series_of(region)
    assert (row.value, row.margin) == (Decimal(34), Decimal("3.8"))
    assert row.method == "По телефону"
    assert client.post(f"{address}2025-12-31/remove/").status_code == 302
    assert client.post(f"{address}2025-12-31/remove/").status_code == 404


def test_the_manual_names_trust_as_the_page_finds_it() -> None:
    for page in ("loading-places.md", "loading-places.ru.md"):
        assert f"| `{CODE}` | percent |" in Path("docs", page).read_text(encoding="utf-8")


def test_a_mistyped_day_is_mended_and_stands_no_more(client: Client, region: Region) -> None:
    client.force_login(a_consultant(centre=a_centre(region=region)))
    address = f"/regions/{region.code}/trust/enter/"
    typed = {"on": "2026-03-10", "value": "33,4", "source": "Опрос", "method": "По телефону"}
    client.post(address, typed)
    client.post(address, typed | {"on": "2025-03-10"})

    taken = client.post(f"{address}?on=2026-03-10", typed | {"on": "2025-03-10"})
    for _twice in range(2):
        client.post(f"{address}?on=2026-03-10", typed | {"on": "2026-03-01"})

    assert "trust.day_taken" not in taken.text
    assert (taken.status_code, [*taken.context["form"].errors]) == (422, ["on"])
    assert [one.on for one in series_of(region)] == [date(2026, 3, 1), date(2025, 3, 10)]


def test_a_value_from_a_file_is_opened_as_it_was_loaded(client: Client, region: Region) -> None:
    client.force_login(a_consultant(centre=a_centre(region=region)))
    exact = {"value": Decimal("46.87"), "margin": Decimal("3.05"), "source": "Опрос"}
    Indicator.objects.create(region=region, code=CODE, on=MEASURED.on, unit="percent", **exact)
    address = f"/regions/{region.code}/trust/enter/?on=2025-12-31"

    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert client.post(address, typed | {"method": "По телефону"}).status_code == 302

    (row,) = series_of(region)
    assert (row.value, row.margin) == (exact["value"], exact["margin"])
