import csv
import re
from collections.abc import Sequence
from html import unescape
from io import BytesIO, StringIO
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from sinergia.applications.models import Application
from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.applications.queries.records import HIDDEN, hide_persons
from sinergia.base.journal.actions import record
from sinergia.calls.models import Outcome
from sinergia.organisations.models import Identifier, Organisation
from tests.applications.arrange_lists import a_record, numbers, some_applications, titled
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_doubt,
    a_leader,
    a_load,
    a_person,
    a_region,
    an_administrator,
    an_application,
    an_organisation,
    sign_in_twice,
)

pytestmark = pytest.mark.django_db

PERSON = "500100732259"  # an INN of twelve digits


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\u00a0", " ")


def lines(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"/applications/export.csv{query}")
    assert isinstance(response, StreamingHttpResponse)
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


def in_list(text: str) -> int:
    return text.count('<th scope="row"><a href="/applications/')


@pytest.mark.parametrize("query", ["", "?outcome=won", "?region=XA-SVB&year=2025", "?fund=fund-2"])
def test_the_list_shows_the_rows_and_says_how_many_they_are(client: Client, query: str) -> None:
    some_applications()
    asked = ApplicationFilter.from_query(dict(p.split("=") for p in query[1:].split("&") if p))

    text = page(client, f"/applications/{query}")

    assert in_list(text) == len(numbers(asked))
    assert f'<span class="figure-value">{len(numbers(asked))}</span>' in text


def test_a_declined_grant_stands_among_the_won_with_a_note(client: Client) -> None:
    an_application("1", outcome=Outcome.DECLINED, organisation=an_organisation())
    client.cookies["django_language"] = "en"

    text = page(client, "/applications/?outcome=won")

    assert (in_list(text), text.count("grant declined</span>")) == (1, 1)
    assert "Of them 1 grant declined afterwards." in text


def test_sums_of_two_currencies_stand_in_two_lines(client: Client) -> None:
    some_applications()

    foot = page(client, "/applications/").partition("<tfoot>")[2].partition("</tfoot>")[0]

    assert (foot.count("<tr>"), "RUB" in foot, "USD" in foot) == (2, True, True)


def test_pages_follow_one_another_without_loss(client: Client) -> None:
    for number in range(60):
        an_application(f"{number:03}")
    seen, address = [], "/applications/?sort=title"
    while address:
        text = page(client, address)
        seen += [part[:3] for part in text.split("№ ")[1:]]
        found = re.search(r'href="([^"]*after=[^"]*)"', text)
        address = f"/applications/{found[1]}" if found else ""

    assert sorted(seen) == [f"{number:03}" for number in range(60)]


def test_sorted_heads_say_their_direction_and_turn_it(client: Client) -> None:
    some_applications()

    text = page(client, "/applications/?outcome=won&sort=-asked")

    assert text.count("aria-sort=") == 1
    assert 'href="?outcome=won&sort=asked"' in text


def test_what_came_with_a_link_is_a_chip_that_can_be_taken_away(client: Client) -> None:
    organisation = an_organisation("Полтора шага")
    an_application("1", organisation=organisation)

    text = page(client, f"/applications/?organisation={organisation.key}&winner=new&year=2026")

    chips = text.partition('<ul class="chips"')[2].partition("</ul>")[0]
    assert chips.count("<li") == 2
    assert 'href="?year=2026&winner=new"' in chips
    assert f'name="organisation" value="{organisation.key}"' in text


def test_an_empty_list_shows_the_filter_and_the_way_out(client: Client) -> None:
    an_application("1")

    text = page(client, "/applications/?q=нетакого")

    assert 'value="нетакого"' in text
    assert 'class="empty"' in text


@pytest.mark.parametrize("address", ["/applications/", "/applications/?year=2025&q=маршрут"])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    client: Client, address: str
) -> None:
    client.force_login(an_administrator())
    titled(an_application("1", organisation=an_organisation()), "Маршрут")
    one = queries_of(client, address)
    titled(an_application("2", organisation=an_organisation()), "Маршрут")
    titled(an_application("3"), "Маршрут")

    assert (queries_of(client, address), one <= 13) == (one, True)


def test_the_widest_address_takes_no_more_than_twelve_questions(client: Client) -> None:
    client.force_login(an_administrator())
    application = titled(an_application("1", organisation=an_organisation()), "Маршрут")
    asked = {
        name: str(uuid4())
        for name in ("municipality", "call", "direction", "theme", "organisation")
    }
    wide = ApplicationFilter(q="маршрут", region="XA-SVB", winner="new", awaiting="yes", **asked)

    address = f"/applications/?{wide.to_query()}&before={application.key}"

    assert queries_of(client, address) <= 13


@pytest.mark.parametrize(
    "address",
    [
        "/applications/?after=junk&before=junk&sort=junk&year=0&size=s9&q=%00%ff",
        "/applications/?sort=--title&after=00000000-0000-0000-0000-000000000000",
        "/applications/?page=999&organisation=1&region=%D0%A4&fund=<script>",
        "/organisations/?q=%00&has=1&region=none&municipality=none&filed_year=x&filed_q=%22",
    ],
)
def test_forged_parameters_are_ignored(client: Client, address: str) -> None:
    some_applications()

    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", [f"/applications/{UUID(int=7)}/", "/applications/1/", "/applications/export.pdf"]
)
def test_forged_addresses_are_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_markup_in_a_title_is_shown_and_not_run(client: Client) -> None:
    titled(an_application("1"), "<script>alert(1)</script>")

    for address in ("/applications/", f"/applications/{Application.objects.get().key}/"):
        assert b"<script>alert" not in client.get(address).content


def test_a_file_holds_exactly_the_filtered_rows_in_their_order(client: Client) -> None:
    some_applications()

    for query in ("", "?outcome=won&sort=awarded", "?region=XA-SVB&year=2025"):
        rows = lines(client, query)
        asked = ApplicationFilter.from_query(dict(p.split("=") for p in query[1:].split("&") if p))
        assert sorted(row[0] for row in rows[1:]) == numbers(asked)
        assert {len(row) for row in rows} == {19}
    assert [row[0] for row in lines(client, "?outcome=won&sort=awarded")[1:]] == list("91246")


def test_a_hidden_organisation_is_named_to_its_own_people_and_its_centre_alone(
    client: Client,
) -> None:
    group = an_organisation("Тайная группа")
    Organisation.objects.filter(pk=group.pk).update(is_public=False, kind="group")
    an_application(organisation=group)
    elsewhere = a_centre("Чужой центр", region=a_region("XC-ZZZ", "Чужбина"))
    named, asked = [], set()
    for person in (
        None,
        a_person("stranger"),
        a_leader("other", organisation=an_organisation("Чужие")),
        a_consultant("viktor", centre=elsewhere),
        a_leader("own", organisation=group),
        a_consultant("larisa", centre=a_centre()),
    ):
        client.logout()
        if person is not None:
            sign_in_twice(client, person)
            asked.add(queries_of(client, "/applications/") <= 12)
        read = (page(client, "/applications/"), str(lines(client)))
        named.append(["Тайная группа" in text for text in read])

    assert named == [[False] * 2] * 4 + [[True] * 2] * 2
    assert asked == {True}


def test_a_file_runs_no_formula_and_names_no_person(client: Client) -> None:
    organisation = an_organisation("=cmd|' /C calc'!A0")
    for scheme, value in (("RU-OGRN", "1027700132195"), ("RU-INN", PERSON)):
        Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    titled(an_application("1", organisation=organisation), "+7 шагов")

    row = lines(client)[1]

    assert (row[4], row[5], row[6], row[7]) == (
        "'+7 шагов",
        "'=cmd|' /C calc'!A0",
        "1027700132195",
        "",
    )
    assert PERSON not in str(row)


def test_a_workbook_holds_the_same_as_the_list(client: Client) -> None:
    some_applications()

    content = client.get("/applications/export.xlsx?fund=fund-1&outcome=won").content
    rows: Sequence[Sequence[object]] = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )

    assert sorted(str(row[0]) for row in rows[1:]) == ["1", "2", "4", "9"]
    assert sum(float(str(row[15] or 0)) for row in rows[1:]) == 700.0


def test_an_application_shows_every_cell_as_filed_and_what_changed(client: Client) -> None:
    application = an_application("1", organisation=an_organisation())
    a_record(application, title="Прежнее имя", asked="100")
    a_record(application, None, **{"title": "Новое имя", "asked": "100", "+Куратор": "Яровая"})

    text = page(client, f"/applications/{application.key}/")

    assert "<del>Прежнее имя</del>" in text
    assert "<ins>Новое имя</ins>" in text
    assert re.search(r"<dt>Куратор</dt>\s*<dd>Яровая</dd>", text)
    assert "<del>100</del>" not in text


def test_a_very_long_cell_does_not_swell_the_page(client: Client) -> None:
    application = an_application("1")
    a_record(application, organisation="Ю" * 40_000)
    a_record(application, organisation="Я" * 40_000)

    response = client.get(f"/applications/{application.key}/")

    assert len(response.content) < 150_000
    assert "40 000" in response.content.decode().replace("\u00a0", " ")


def test_numbers_of_persons_and_names_of_files_are_for_administrators(client: Client) -> None:
    application = an_application("1")
    load = a_load()
    a_record(application, load, inn="5001007322", title=f"ИП Петров, ИНН {PERSON}")
    a_record(application, load, inn=PERSON, title=f"ИП Петров, ИНН {PERSON[:6]} {PERSON[6:]}")
    record("application.entered", about=application, actor=a_person("petya"), at=NOON)
    address = f"/applications/{application.key}/"
    secrets = (PERSON, f"{PERSON[:6]} {PERSON[6:]}", "grants.csv", "petya")

    seen = {}
    for role, person in (
        ("visitor", None),
        ("person", a_person("boris")),
        ("administrator", an_administrator()),
    ):
        client.logout()
        if person:
            client.force_login(person)
        text = page(client, address)
        seen[role] = [secret in text for secret in secrets]

    assert seen == {
        "visitor": [False] * 4,
        "person": [False] * 4,
        "administrator": [True] * 4,
    }


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("inn", "7707083893", "7707083893"),
        ("inn", "770708389", "770708389"),
        ("inn", "7707083893.0", "7707083893.0"),
        ("inn", PERSON, HIDDEN),
        ("inn", "5001 0073 2259", HIDDEN),
        ("inn", "500100732259.0", HIDDEN),
        ("inn", "5,00100732259E+11", HIDDEN),
        ("ogrn", "1027700132195", "1027700132195"),
        ("ogrn", PERSON, HIDDEN),
        ("title", f"для {PERSON}", f"для {HIDDEN}"),
        ("title", "5001-0073-2259", HIDDEN),
        ("title", "ОГРН 1027700132195", "ОГРН 1027700132195"),
        ("number", PERSON, PERSON),
        ("asked", "1 000 000", "1 000 000"),
    ],
)
def test_a_number_of_twelve_digits_is_a_persons(field: str, text: str, shown: str) -> None:
    assert hide_persons(field, text) == shown


def test_visitors_learn_that_a_row_awaits_a_person_and_no_more(client: Client) -> None:
    application = an_application("1")
    doubt = a_doubt(application, code="ids_disagree")
    client.cookies["django_language"] = "en"
    address = f"/applications/{application.key}/"

    text = page(client, address)
    client.force_login(an_administrator())
    told = page(client, address)

    assert ("Awaits a person" in text, str(doubt.key) in text) == (True, False)
    assert str(doubt.key) in told
