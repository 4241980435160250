import csv
import re
from datetime import date
from html import unescape
from io import StringIO
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.base.search.actions import Findable, index_rows
from sinergia.insights.organisation.queries import OrganisationFilter, Reader, card_of, found
from sinergia.organisations.models import Identifier, Organisation
from tests.applications.arrange_lists import some_applications
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    a_region,
    an_administrator,
    an_application,
    an_organisation,
)

pytestmark = pytest.mark.django_db

PERSON = "500100732259"  # an INN of twelve digits
LINK = re.compile(r'<a href="(/applications/\?[^"]+)">([\d\s]+)</a>')


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\u00a0", " ")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


def names(query: str) -> list[str]:
    rows = found(OrganisationFilter.from_query(dict(parse_qsl(query))), Reader(NOON.date()))
    return list(rows.order_by("name").values_list("name", flat=True))


def registered(name: str, ogrn: str = "", inn: str = "") -> Organisation:
    organisation = an_organisation(name)
    for scheme, value in (("RU-OGRN", ogrn), ("RU-INN", inn)):
        if value:
            Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    index_rows("organisation", [Findable(organisation.pk, name)], is_new=True)
    return organisation


@pytest.mark.both_in_full
@pytest.mark.parametrize(
    "typed",
    ["ветераны", "советам ветеранов", "1027700132195", "10277", "7707083893", "77070838"],
)
def test_an_organisation_is_found_by_name_in_any_form_and_by_its_numbers(typed: str) -> None:
    registered("Совет ветеранов", "1027700132195", "7707083893")
    registered("Полтора шага", "1037700000005", "9909083899")

    assert names(f"q={typed}") == ["Совет ветеранов"]


@pytest.mark.both_in_full
@pytest.mark.parametrize("typed", [PERSON, PERSON[:10], PERSON[:4]])
def test_a_number_of_a_person_finds_nobody(typed: str) -> None:
    registered("Совет ветеранов", "1027700132195", PERSON)

    assert names(f"q={typed}") == []


@pytest.mark.both_in_full
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Кленовый лист", "Полтора шага", "Старая верста"]),
        ("region=XB-YAR", ["Кленовый лист"]),
        ("region=none", []),
        ("has=none", ["Кленовый лист"]),
        ("filed_region=XA-SVB", ["Полтора шага", "Старая верста"]),
        ("filed_region=XB-YAR", ["Старая верста"]),
        ("filed_outcome=lost", ["Полтора шага"]),
        ("filed_year=2025&filed_winner=repeated&filed_fund=fund-2", []),
        ("region=XB-YAR&filed_outcome=won", []),
        ("filed_organisation=none", []),
        ("filed_awaiting=yes", []),
        ("has=junk&filed_size=junk", ["Кленовый лист", "Полтора шага", "Старая верста"]),
    ],
)
def test_each_filter_names_its_organisations(query: str, expected: list[str]) -> None:
    some = some_applications()
    Organisation.objects.filter(pk__in=[one.pk for one in some.values()]).update(
        applications_count=4, won_count=2
    )
    an_organisation("Кленовый лист", region=a_region("XB-YAR", "Ярогорский край"))

    assert names(query) == expected


@pytest.mark.both_in_full
def test_a_municipality_names_its_organisations() -> None:
    place = a_municipality()
    Organisation.objects.filter(pk=an_organisation("Полтора шага").pk).update(municipality=place)
    an_organisation("Старая верста")

    assert names(f"municipality={place.key}") == ["Полтора шага"]
    assert names("municipality=none") == ["Старая верста"]


def test_a_figure_of_organisations_opens_as_many(client: Client) -> None:
    some_applications()
    text = page(client, "/applications/?outcome=won&year=2025")
    address = re.search(r'href="(/organisations/\?[^"]+)"', text)
    assert address

    opened = page(client, address[1])

    assert opened.count('<th scope="row"><a href="/organisations/') == 2
    assert opened.partition('<ul class="chips"')[2].partition("</ul>")[0].count("<li") == 2


def test_every_number_of_a_card_opens_as_many_rows(client: Client) -> None:
    other = some_applications()["other"]

    text = page(client, f"/organisations/{other.key}/")

    counted = LINK.findall(text)
    assert len(counted) > 10
    for address, number in counted:
        asked = ApplicationFilter.from_query(dict(parse_qsl(urlsplit(address).query)))
        assert applications(asked).count() == int(number.replace(" ", ""))


@pytest.mark.both_in_full
def test_a_card_counts_by_fund_and_year_and_adds_up_no_currencies() -> None:
    other = some_applications()["other"]

    card = card_of(other)

    assert [
        (line.fund.code, line.year, line.submitted, line.won, line.declined, line.awarded_minor)
        for line in card.lines
        if line.fund
    ] == [
        ("fund-1", 2025, 2, 1, 1, 400_00),
        ("fund-1", 2024, 2, 1, 0, 0),
        ("fund-2", 2025, 1, 1, 0, 600_00),
    ]
    assert [(one.currency, one.submitted, one.won, one.awarded_minor) for one in card.totals] == [
        ("RUB", 4, 2, 400_00),
        ("USD", 1, 1, 600_00),
    ]


def test_a_card_of_nobody_yet_says_so(client: Client) -> None:
    organisation = an_organisation()
    client.cookies["django_language"] = "en"

    text = page(client, f"/organisations/{organisation.key}/")

    assert "No application of this organisation is known here." in text


def test_a_number_of_a_person_stands_on_no_public_page_whoever_reads_it(client: Client) -> None:
    organisation = registered("Совет ветеранов", "1027700132195", PERSON)
    Organisation.objects.update(registered_on=date(2014, 6, 17))
    an_application("1", organisation=organisation)
    addresses = (f"/organisations/{organisation.key}/", "/organisations/", "/applications/")

    visitor = [PERSON in page(client, address) for address in addresses]
    client.force_login(an_administrator())
    administrator = [PERSON in page(client, address) for address in addresses]

    assert visitor == administrator == [False, False, False]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_exactly_the_organisations_of_the_list(client: Client, form: str) -> None:
    registered("=Совет", "1027700132195", PERSON)
    registered("Полтора шага", "1037700000005", "7707083893")

    response = client.get(f"/organisations/export.{form}?q=10277")

    if form == "xlsx":
        assert (response.status_code, response.content[:2]) == (200, b"PK")
        return
    assert isinstance(response, StreamingHttpResponse)
    rows = list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [["'=Совет", "1027700132195", ""]]


@pytest.mark.parametrize("query", ["", "?sort=-won", "?sort=newest", "?region=XA-SVB&q=совет"])
def test_the_register_asks_as_often_for_three_rows_as_for_one(client: Client, query: str) -> None:
    client.force_login(an_administrator())
    registered("Совет первый", "1027700132195")
    one = queries_of(client, f"/organisations/{query}")
    registered("Совет второй", "1037700000005")
    registered("Совет третий")

    assert (queries_of(client, f"/organisations/{query}"), one <= 12) == (one, True)


@pytest.mark.parametrize(("who", "most"), [("visitor", (8, 7)), ("staff", (14, 11))])
def test_a_card_asks_as_often_for_three_rows_as_for_one(
    client: Client, who: str, most: tuple[int, int]
) -> None:
    organisation = an_organisation()
    if who == "staff":
        client.force_login(a_consultant(centre=a_centre()))
    an_application("1", organisation=organisation)
    addresses = [f"/organisations/{organisation.key}/{part}" for part in ("", "glance/")]
    one = tuple(queries_of(client, address) for address in addresses)
    an_application("2", organisation=organisation)
    an_application("3", organisation=organisation)

    three = tuple(queries_of(client, address) for address in addresses)

    assert three == one == most


@pytest.mark.parametrize(
    "address", [f"/organisations/{UUID(int=7)}/", "/organisations/x/", "/organisations/export.exe"]
)
def test_forged_addresses_are_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
