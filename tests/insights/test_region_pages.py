import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinergia.applications.actions.recounting import recount_organisations
from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.calls.models import Outcome
from sinergia.insights.region.views import pages
from sinergia.places.models import Indicator, Municipality
from tests.arrange import (
    NOON,
    a_centre,
    a_contest,
    a_fund,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
)
from tests.insights.arrange_region import a_counted_region, a_row, a_shape_of

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+)">([\d\s]+)</a>')


def page(client: Client, address: str = "/regions/XA-SVB/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\u00a0", " ")


def tiles(text: str) -> str:
    """The main figures, with nothing between their tags."""
    return re.sub(r">\s+<", "><", text.partition('class="figures"')[2].partition("</ul>")[0])


def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def rows_behind(address: str) -> int:
    asked = ApplicationFilter.from_query(dict(parse_qsl(urlsplit(address).query)))
    return applications(asked).count()


@pytest.mark.parametrize("query", ["", "?fund=fund-1", "?year=2024", "?fund=fund-1&year=none"])
def test_every_number_that_leads_to_applications_is_how_many_there_are(
    client: Client, query: str
) -> None:
    a_counted_region()

    found = LINK.findall(page(client, f"/regions/XA-SVB/{query}"))
    counts = [(address, text) for address, text in found if address.startswith("/applications/")]

    assert len(counts) > 15
    for address, text in counts:
        assert rows_behind(address) == int(text.replace(" ", ""))


def test_a_number_of_organisations_opens_the_list_of_them(client: Client) -> None:
    a_counted_region()

    [address] = re.findall(r'href="([^"]+)"><span class="figure-value">4<', tiles(page(client)))

    assert address == "/organisations/?filed_region=XA-SVB"
    rows = re.findall(r'href="(/organisations/[0-9a-f-]{36}/)"', page(client, address))
    assert len(set(rows)) == 4


def test_the_sentence_stands_first_and_its_numbers_are_links(client: Client) -> None:
    a_counted_region()

    text = page(client, "/regions/XA-SVB/?fund=fund-1")

    words = text.partition('class="sentence-words">')[2].partition("</p>")[0]
    assert re.sub("<.*?>", "", words) == (
        "За время существования Фонда жителями области было подано 10 проектов, "
        "5 из них стали победителями, сумма поддержки составила 700 000 рублей 50 копеек."
    )
    assert words.count("<a href=") == 3


def test_a_share_of_a_few_is_said_in_numbers_and_its_interval_is_a_click_away(
    client: Client,
) -> None:
    a_counted_region()

    text = page(in_english(client))

    assert "5 of 12" in text
    assert "<details" in text.partition("Wilson")[0][-600:]


def test_every_page_says_what_is_counted(client: Client) -> None:
    a_counted_region()

    text = page(in_english(client))

    assert "Decided in favour by the fund; 1 of them was declined by its winner afterwards." in text
    assert "As it was filed in the application" in text
    assert "The year of the contest: from its name" in text


def test_rows_that_await_a_person_are_shown_to_all_and_settled_by_administrators(
    client: Client,
) -> None:
    a_counted_region()

    assert 'href="/applications/?region=XA-SVB&awaiting=yes"' in page(client)
    client.force_login(an_administrator())
    assert 'href="/queue/"' in page(client).partition("notice-warn")[2][:400]


def test_a_page_takes_at_most_twelve_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    region = a_counted_region()
    a_shape_of(list(Municipality.objects.order_by("pk")))
    client.force_login(an_official())
    # Something in the journal, by which figures are kept; of another region.
    a_contest(centre=a_centre("Соседи", region=a_region("XB-YAR", "Ярогорский край")))

    with django_assert_max_num_queries(18):  # everything counted anew
        assert "map-area" in page(client)
    with django_assert_max_num_queries(12):  # as readers meet it: figures are kept
        page(client)
    with django_assert_max_num_queries(16):
        page(client, "/regions/")
    with django_assert_max_num_queries(16):
        page(client, "/")
    assert region.code == "XA-SVB"


def test_the_map_shows_what_the_table_says(client: Client) -> None:
    a_counted_region()
    a_shape_of(list(Municipality.objects.order_by("pk")))

    areas = re.findall(r'aria-label="([^"]+: \d+)"', page(client))

    assert areas == ["Кленовск: 2", "Рудный Лог: 2"]


def test_a_region_at_zero_is_told_where_to_begin(client: Client) -> None:
    a_counted_region()
    a_region("XC-NIL", "Тихая область")

    visitor = page(in_english(client), "/regions/XC-NIL/")
    client.force_login(an_administrator())
    administrator = page(client, "/regions/XC-NIL/")

    assert "Where to begin" in visitor
    assert 'href="/regions/XA-SVB/"' in visitor
    assert 'href="/loads/new/"' not in visitor
    assert "Load a fund's table" in administrator


def test_a_fund_that_has_nothing_here_says_so_and_offers_all(client: Client) -> None:
    a_counted_region()
    a_fund("fund-9")

    text = page(in_english(client), "/regions/XA-SVB/?fund=fund-9")

    assert "no projects" in text
    assert "All funds and years" in text


def test_a_region_whose_outcomes_are_all_unknown_reads_well(client: Client) -> None:
    a_row(2024, Outcome.UNKNOWN, organisation=an_organisation())

    text = page(in_english(client))

    assert "0 of 1" in text
    assert "the outcome of 1 is not known yet" in text
    assert "None" not in text


def test_an_unknown_fund_is_not_there_and_nothing_is_counted_for_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_counted_region()
    for name in ("kept_figures_of", "kept_comparison"):
        counting = getattr(pages, name)
        monkeypatch.setattr(
            pages,
            name,
            lambda *given, fund, count=counting, **more: (
                pytest.fail("counted") if fund else count(*given, fund=fund, **more)
            ),
        )

    found = [client.get(f"/regions/XA-SVB/?fund={fund}").status_code for fund in ("nobody", "none")]

    client.force_login(an_official())

    assert found == [404, 404]
    assert client.get("/regions/?fund=nobody").status_code == 404
    assert client.get("/regions/XA-SVB/?fund=%00").status_code == 200


@pytest.mark.parametrize(
    "query", ["year=%D9%A2", "year=20245", "year=abcd", "all=nothing", "year=0000", "sort=x"]
)
def test_junk_in_an_address_means_nothing(client: Client, query: str) -> None:
    a_counted_region()
    client.force_login(an_official())

    page(client, f"/regions/XA-SVB/?{query}")
    page(client, f"/regions/?{query}")


@pytest.mark.parametrize("code", ["XX-NO", "xa-svb", "a" * 300, "%00"])
def test_a_region_that_is_not_there_is_not_found(client: Client, code: str) -> None:
    a_counted_region()

    for ending in ("", "brief.pdf", "brief.docx"):
        assert client.get(f"/regions/{code}/{ending}").status_code == 404


def test_names_are_text_and_never_markup(client: Client) -> None:
    a_counted_region()
    Municipality.objects.filter(name_ru="Кленовск").update(name_ru="<b>Кленовск</b>")

    assert "<b>Кленовск" not in client.get("/regions/XA-SVB/").content.decode()


def test_a_long_table_is_shown_whole_on_request(client: Client) -> None:
    region = a_region()
    for number in range(30):
        place = Municipality.objects.create(
            region=region, oktmo=f"9{number:07}", name_ru=f"Город {number}", name_folded=str(number)
        )
        a_row(2024, columns={"municipality": place})

    short, whole = page(client), page(client, "/regions/XA-SVB/?all=municipality")

    assert [text.count('scope="row">Город') for text in (short, whole)] == [25, 30]
    assert 'href="?all=municipality#by-municipality"' in short


@pytest.mark.parametrize("query", ["fund=fund-2", "year=2019"])
def test_what_was_asked_of_another_region_stays_chosen_and_is_no_mistake(
    client: Client, query: str
) -> None:
    a_counted_region()

    text = page(client, f"/regions/XB-YAR/?{query}")

    assert f'<option value="{query.partition("=")[2]}" selected' in text
    assert "field-bad" not in text
    assert "<title>Ошибка" not in text


def test_two_currencies_have_a_block_each(client: Client) -> None:
    a_row(2024, Outcome.WON, organisation=an_organisation(), awarded_minor=100)
    euro = a_fund("eu", currency="EUR")
    a_row(2024, Outcome.WON, organisation=an_organisation(), fund=euro, awarded_minor=100)

    text = page(in_english(client))

    assert "Euro (EUR)" in text
    assert text.count('class="sentence-words"') == 2
    assert len(re.findall(r'id="([^"]+)"', text)) == len(set(re.findall(r'id="([^"]+)"', text)))


def test_figures_about_the_region_carry_their_margin_date_and_source(client: Client) -> None:
    region = a_counted_region()
    Indicator.objects.create(
        region=region,
        code="trust",
        name_ru="Доверие к НКО",
        on=NOON.date(),
        value="41.5",
        unit="percent",
        source="Опрос",
        margin="3.1",
    )

    text = page(client)

    assert [part in text for part in ("41,5 %", "± 3,1 %", "23 ноября 2026", "Опрос")] == [True] * 4


def test_the_comparison_is_for_those_who_signed_in(client: Client) -> None:
    a_counted_region()

    visitor = client.get("/regions/?fund=fund-1")
    client.force_login(an_official())

    assert (visitor.status_code, visitor["Location"][:14]) == (302, "/sign-in/?next")
    assert "Светлоборская область" in page(client, "/regions/")


@pytest.mark.parametrize(
    ("sort", "first", "direction"),
    [
        ("", "Светлоборская область", "ascending"),
        ("-name", "Ярогорский край", "descending"),
        ("submitted", "Ярогорский край", "ascending"),
        ("-submitted", "Светлоборская область", "descending"),
        ("-share", "Ярогорский край", "descending"),
    ],
)
def test_regions_stand_by_name_unless_another_order_is_asked(
    client: Client, sort: str, first: str, direction: str
) -> None:
    a_counted_region()
    client.force_login(an_official())

    text = page(client, f"/regions/?sort={sort}")

    assert re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)', text)[0] == first
    assert re.findall(r'aria-sort="(\w+)"', text) == [direction]


def test_numbers_of_the_comparison_open_their_rows(client: Client) -> None:
    a_counted_region()
    client.force_login(an_official())

    found = LINK.findall(page(client, "/regions/?fund=fund-1"))
    counts = [(address, text) for address, text in found if address.startswith("/applications/")]

    assert len(counts) == 6
    for address, text in counts:
        assert rows_behind(address) == int(text)


def test_the_front_page_counts_everything_and_names_the_regions(client: Client) -> None:
    a_counted_region()
    a_region("XC-NIL", "Тихая область")

    text = page(in_english(client), "/")

    assert re.findall(r'figure-value">([^<]+)', text)[:3] == ["13", "4", "6"]
    for code in ("XA-SVB", "XB-YAR", "XC-NIL"):
        assert f'href="/regions/{code}/"' in text


def test_organisations_on_the_front_page_open_those_who_applied_and_no_others(
    client: Client,
) -> None:
    a_counted_region()
    an_organisation("Ещё не подавала")
    recount_organisations()

    [address] = re.findall(
        r'href="([^"]+)"><span class="figure-value">4<', tiles(page(client, "/"))
    )

    rows = re.findall(r'href="(/organisations/[0-9a-f-]{36}/)"', page(client, address))
    assert len(set(rows)) == 4


def test_an_empty_installation_says_how_to_begin(client: Client) -> None:
    assert "sinergia load regions FILE" in page(in_english(client), "/")
