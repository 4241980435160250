"""The register's facets: each number is what its choice shows."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from urllib.parse import parse_qsl

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sinergia.base.search.actions import Findable, index_rows
from sinergia.insights.organisation.queries import OrganisationFilter, Reader, found
from sinergia.insights.organisation.queries.facets import counts_of
from sinergia.insights.organisation.queries.names import names_of
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.models import (
    Acquaintance,
    Centre,
    LegalForm,
    Organisation,
    OrganisationTheme,
    SavedFilter,
)
from sinergia.organisations.queries.roles import regions_of
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    a_person,
    a_region,
    a_theme,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

TODAY = NOON.date()
CHOICES = {
    "region": ["", "XA-SVB", "XB-YAR", "none"],
    "municipality": ["", "first", "none"],
    "theme": ["", "first", "none"],
    "form": ["", "70401", "75500", "none"],
    "status": ["", "active", "closed"],
    "kind": ["", "group"],
    "age": ["", "0", "1-2", "3-9", "10", "none"],
    "has": ["", "applications", "grants", "none"],
    "met": ["", "3", "6", "12", "never"],
    "q": ["", "союз", "фонд"],
}


@pytest.fixture
def centre() -> Centre:
    """Sixty organisations that differ in everything, and a centre of one of the two regions."""
    made = a_centre()
    regions = [a_region(), a_region("XB-YAR", "Ярогорский край"), None]
    town, theme = a_municipality(), a_theme()
    forms = [LegalForm.objects.create(code=code, name_ru=code) for code in ("70401", "75500")]
    days = [None, date(2026, 3, 1), date(2024, 12, 31), date(2020, 5, 5), date(2001, 1, 1)]
    for place in range(60):
        one = an_organisation(f"{('Союз', 'Фонд', 'Центр')[place % 3]} {place}")
        one.region = regions[place % 7 % 3]
        one.municipality = town if one.region == regions[0] and place % 4 else None
        one.legal_form = [*forms, None][place // 2 % 3]
        one.status = ("active", "closed", "unknown")[place // 3 % 3]
        one.kind, one.is_public = ("group", place % 2 == 0) if place % 5 == 0 else (one.kind, True)
        one.registered_on = days[place % 11 % 5]
        one.applications_count, one.won_count = place % 3, place % 6 // 4
        one.save()
        index_rows("organisation", [Findable(one.pk, one.name)])
        if one.region == regions[0] and place % 3 == 0:
            OrganisationTheme.objects.create(organisation=one, theme=theme)
        if one.region == regions[0] and place % 4 == 1:
            met_on = TODAY - timedelta(days=40 * (place % 13))
            Acquaintance.objects.create(centre=made, organisation=one, met_on=met_on)
    recount_register()
    return made


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    chosen=some.fixed_dictionaries(
        {}, optional={k: some.sampled_from(v) for k, v in CHOICES.items()}
    ),
    is_staff=some.booleans(),
)
def test_the_number_of_a_choice_is_what_the_choice_shows(
    centre: Centre, chosen: dict[str, str], *, is_staff: bool
) -> None:
    keys = {
        "municipality": str(a_key("municipality")),
        "theme": str(a_key("theme")),
    }
    query = {name: keys[name] if value == "first" else value for name, value in chosen.items()}
    reader = Reader(TODAY, *((centre.pk, tuple(regions_of(centre))) if is_staff else ()))
    asked = OrganisationFilter.from_query(query)
    names = names_of(asked)
    asked = names.settle(asked if is_staff else asked.with_(met=""))

    counts = counts_of(asked, reader, names)

    assert counts.total == found(asked, reader).count()
    for facet, numbers in counts.of.items():
        below = {"municipality": "", "theme": ""} if facet == "region" else {}
        for code, number in numbers.items():
            other = asked.with_(**(below | {facet: code}))
            assert (facet, code, number) == (facet, code, found(other, reader).count())


def a_key(facet: str) -> object:
    rows = {"municipality": Organisation.objects.exclude(municipality=None)}
    if facet == "municipality":
        return rows[facet].values_list("municipality__key", flat=True).first()
    return OrganisationTheme.objects.values_list("theme__key", flat=True).first()


def test_words_that_find_too_many_are_counted_among_the_first(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sinergia.insights.organisation.queries.facets.MOST_COUNTED", 5)
    asked, reader = OrganisationFilter(q="союз"), Reader(TODAY)

    counts = counts_of(asked, reader, names_of(asked))

    assert (counts.among, counts.total) == (5, found(asked, reader).count())
    assert sum(counts.of["region"].values()) == 5


@pytest.mark.parametrize("most", [2_000, 3])
@pytest.mark.parametrize(
    "query",
    [
        "age=none",
        "form=none",
        "region=none",
        "region=XA-SVB&municipality=none",
        "region=XA-SVB&theme=none&age=10",
        "q=союз",
        "q=союз&age=none&status=closed",
        "met=6&has=none",
    ],
)
def test_the_file_holds_exactly_the_rows_that_the_page_counts_and_opens(
    centre: Centre, client: Client, query: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sinergia.insights.organisation.queries.facets.MOST_COUNTED", most)
    client.force_login(a_consultant(centre=centre))
    client.cookies["django_language"] = "en"
    asked = OrganisationFilter.from_query(dict(parse_qsl(query)))
    reader = Reader(timezone.localdate(), centre.pk, tuple(regions_of(centre)))
    keys = {str(one.key) for one in found(asked, reader)}

    page = client.get(f"/organisations/?{query}").text
    file = client.get(f"/organisations/export.csv?{query}")

    assert isinstance(file, StreamingHttpResponse)
    rows = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"))))
    told = re.search(r"<strong>([0-9]+) organisations? found</strong>", page)
    assert (told is not None and int(told[1]), len(rows) - 1) == (len(keys), len(keys))
    assert {row[-1] for row in rows[1:]} == keys
    assert len(keys) > 0


def test_numbers_among_the_first_rows_say_so_and_close_nothing(
    centre: Centre, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sinergia.insights.organisation.queries.facets.MOST_COUNTED", 2)
    client.cookies["django_language"] = "en"

    page = client.get("/organisations/?q=союз").text
    whole = client.get("/organisations/").text

    facets = page.partition('id="register-facets"')[2].partition("</form>")[0]
    assert "Numbers beside the filters: among the first 2 found." in facets
    assert " disabled" not in facets
    assert "among the first" not in whole


@pytest.mark.parametrize("most", [2_000, 5])  # rows that are counted; rows of few
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=-won",
        "?region=XA-SVB",
        "?region=XA-SVB&met=6",
        "?met=never&sort=met",
        "?q=союз&sort=newest",
        "?q=союз&region=XA-SVB&met=6&status=active",
        "?region=XA-SVB&municipality=none&theme=none&age=none",
    ],
)
def test_a_page_of_the_list_asks_at_most_twelve_times(
    centre: Centre,
    client: Client,
    query: str,
    most: int,
    django_assert_max_num_queries: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sinergia.insights.organisation.queries.facets.MOST_COUNTED", most)
    monkeypatch.setattr("sinergia.insights.organisation.queries.listing.FEW", most)
    client.force_login(a_consultant(centre=centre))

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        assert client.get(f"/organisations/{query}").status_code == 200


def test_a_filter_is_saved_opened_renamed_and_removed_by_its_person_alone(client: Client) -> None:
    anna, boris = a_person("anna"), a_person("boris")
    client.force_login(anna)

    client.post("/organisations/filters/?status=active", {"name": "Живые"})
    again = client.post("/organisations/filters/?status=active", {"name": ""})
    key = SavedFilter.objects.get(person=anna).key
    client.post(f"/organisations/filters/{key}/", {"name": "Действующие"})
    renamed = "Действующие" in client.get("/organisations/").content.decode()
    client.force_login(boris)
    stranger = client.post(f"/organisations/filters/{key}/remove/").status_code
    client.force_login(anna)
    client.post(f"/organisations/filters/{key}/remove/")

    assert (again.status_code, renamed, stranger) == (422, True, 404)
    assert "Действующие" not in client.get("/organisations/filters/").content.decode()


def test_a_filter_saved_from_an_address_without_one_says_what_to_do_first(client: Client) -> None:
    client.force_login(a_person("anna"))
    client.cookies["django_language"] = "en"

    told = client.post("/organisations/filters/", {"name": "Живые"})

    assert told.status_code == 422
    assert "Choose filters in the list of organisations first." in told.text
    assert 'value="Живые"' in told.text
