"""The page of a load hides nothing: each number opens its rows, each row says what it lost."""

import csv
import re
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.tables import files
from sinergia.base.tables.models import Load
from sinergia.organisations.actions import change_organisation
from sinergia.organisations.models import Organisation, Question, Source
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_municipality, an_administrator
from tests.organisations.register_files import (
    a_csv,
    a_row,
    known_regions,
    load_rows,
    numbers,
    organisation,
)
from tests.organisations.test_load_pages import offer, start

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TILE = re.compile(
    r'<a class="figure-link" href="(\?result=[a-z]+#rows)">\s*'
    r'<span class="figure-value">([\d ]+)</span>'
)
ROW = re.compile(r'<tr>\s*<td class="num" data-l="[^"]+">(\d+)</td>')
NEXT = re.compile(r'rel="next"\s+href="([^"]+)"')
WRONG_INN = numbers(2)[1][:-1] + str((int(numbers(2)[1][-1]) + 1) % 10)


@pytest.fixture
def olga(client: Client) -> Person:
    known_regions()
    person = an_administrator()
    client.force_login(person)
    client.cookies["django_language"] = "ru"
    return person


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.text).replace("\u00a0", " ")


def opened(client: Client, load: Load, query: str) -> list[int]:
    """Numbers of all the rows that a number opens, page by page."""
    rows: list[int] = []
    while query:
        text = page(client, f"/register/loads/{load.key}/{query}")
        rows += [int(number) for number in ROW.findall(text)]
        following = NEXT.search(text)
        query = following[1] if following else ""
    return rows


def test_what_a_created_row_lost_stands_on_the_page(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    rows = [
        a_row(1),
        a_row(2, inn=WRONG_INN),
        a_row(3, registered_on="32.13.2014"),
        a_row(4, closed_on="2010-01-01"),
        a_row(5, kpp="12"),
    ]

    load = load_rows(tmp_path, *rows, actor=olga)
    text = page(client, f"/register/loads/{load.key}/")

    assert load.counts["created"] == 5
    assert [int(number) for number in ROW.findall(text)] == [3, 4, 5, 6]
    for told in (
        f"ИНН: {WRONG_INN}",
        "Дата регистрации: 32.13.2014",
        "Дата закрытия: 1 января 2010",
        "КПП: 12",
    ):
        assert told in text
    assert "каждая строка принята как есть" not in text


def test_where_there_is_nothing_to_say_the_page_says_so(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    load = load_rows(tmp_path, a_row(1), actor=olga)

    assert "каждая строка принята как есть" in page(client, f"/register/loads/{load.key}/")


def test_every_number_opens_exactly_its_rows(client: Client, olga: Person, tmp_path: Path) -> None:
    load_rows(tmp_path, *(a_row(place) for place in range(1, 131)), actor=olga)
    changed = [a_row(place, site=f"new{place}.example") for place in range(1, 11)]
    same = [a_row(place) for place in range(11, 131)]
    new = [a_row(place) for place in range(131, 192)]
    nobody: dict[str, object] = dict.fromkeys(a_row(1), "")
    nobody["site"] = "a.example"

    others = [a_row(200, ogrn="", inn=""), nobody]
    load = load_rows(tmp_path, *changed, *same, *new, *others, actor=olga)
    text = page(client, f"/register/loads/{load.key}/")

    tiles = {query: int(number.replace(" ", "")) for query, number in TILE.findall(text)}
    assert sorted(tiles.values()) == [1, 1, 10, 61, 120, 193]
    assert {query: len(opened(client, load, query)) for query in tiles} == tiles
    assert opened(client, load, "?result=created#rows") == list(range(132, 193))
    assert opened(client, load, "?result=rows#rows") == list(range(2, 195))
    first = page(client, f"/register/loads/{load.key}/?result=created")
    made = Organisation.objects.get(identifiers__value=numbers(131)[0])
    assert f'<a href="/organisations/{made.key}/">{numbers(131)[0]}</a>' in first


def test_pages_of_rows_lead_back_as_well_and_no_key_is_too_odd(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    load = load_rows(tmp_path, *(a_row(place) for place in range(1, 131)), actor=olga)
    address = f"/register/loads/{load.key}/?result=created"

    second = page(client, f"{address}&after=51")
    back = page(client, f"{address}&before=102")
    odd = [
        page(client, f"{address}&{key}")
        for key in ("after=999999", "before=x", "after=" + "9" * 5000)
    ]

    assert ROW.findall(second) == [str(row) for row in range(52, 102)]
    assert ROW.findall(back) == ROW.findall(second)
    assert [ROW.findall(text)[0] for text in odd] == ["2", "2", "2"]


def test_values_are_said_in_words_and_not_in_codes(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    town = a_municipality("Кленовск")
    load_rows(tmp_path, a_row(1), actor=olga)
    by_hand = {"address": "г. Кленовск"}
    change_organisation(organisation(1), by_hand, actor_key=olga.key, now=NOON)
    row = a_row(
        1,
        status="Ликвидируется",
        registered_on="2015-03-02",
        region="Ярогорский край",
        legal_form_code="70400",
        oktmo=town.oktmo,
    )

    load = load_rows(tmp_path, row, actor=olga)
    updated = page(client, f"/register/loads/{load.key}/?result=queued")
    report = client.get(f"/register/loads/{load.key}/report.csv").getvalue().decode("utf-8-sig")

    for text in (updated, report):
        assert "Светлоборская область → Ярогорский край" in text
        assert "17 июня 2014 → 2 марта 2015" in text.replace("\u00a0", " ")
        assert "Действует → Ликвидируется" in text
    for code in ("active", "closing", "XA-SVB", "XB-YAR", "2014-06-17", "70400"):
        assert code not in updated
        assert code not in report
    columns = next(csv.reader(StringIO(report)))
    assert len(columns) == 8


def test_the_history_says_words_and_the_name_of_the_source(client: Client, tmp_path: Path) -> None:
    region, _ = known_regions()
    centre = a_centre(region=region)
    larisa = a_consultant(centre=centre)
    client.force_login(larisa)
    client.cookies["django_language"] = "ru"
    for status, day in (("Действующая", "2014-06-17"), ("Ликвидируется", "2015-03-02")):
        row = a_row(1, status=status, registered_on=day)
        load_rows(tmp_path, row, actor=larisa, centre=centre)
    Source.objects.update(name="Перечень Минюста")

    history = page(client, f"/organisations/{organisation(1).key}/inside/history/")

    for told in (
        ">Действует</td>", ">Ликвидируется</td>",
        ">17 июня 2014</td>", ">2 марта 2015</td>", "источник «Перечень Минюста»",
    ):  # fmt: skip
        assert told in history
    assert "ministry" not in history


def test_a_question_says_dates_and_the_name_of_the_source(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    news = [a_row(place, registered_on="2015-03-02") for place in (1, 2)]
    load_rows(tmp_path, *news, actor=olga, source="other")
    Source.objects.filter(code="other").update(name="Каталог сайтов")

    shown = page(client, f"/register/questions/{Question.objects.earliest('pk').key}/")
    listed = page(client, "/register/questions/")

    for text in (shown, listed):
        assert "17 июня 2014" in text
        assert "2 марта 2015" in text
        assert "2014-06-17" not in text
        assert "2015-03-02" not in text
    assert "Каталог сайтов" in listed.partition("source=other")[2].partition("</a>")[0]


def test_a_preview_shows_what_a_row_would_lose_and_says_where_it_stopped(
    client: Client, olga: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.cookies["django_language"] = "en"
    monkeypatch.setattr(files, "TRIED_ROWS", 3)
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2, inn=WRONG_INN), a_row(3), a_row(4)])
    short = a_csv(tmp_path / "g.csv", [a_row(1), a_row(2), a_row(3)])

    long_one = page(client, f"/register/loads/{offer(client, path).key}/")
    short_one = page(client, f"/register/loads/{offer(client, short).key}/")

    assert f"INN: {WRONG_INN}" in long_one
    assert "The file is long: its first 3 rows were tried." in long_one
    assert "The file is long" not in short_one
    assert '<span class="figure-value">3</span>' in long_one


def test_an_empty_template_has_no_button_that_loads_it(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    path = tmp_path / "organisations.xlsx"
    path.write_bytes(client.get("/register/loads/template.xlsx").content)
    load = offer(client, path, new_source="Список палаты")

    text = page(client, f"/register/loads/{load.key}/")
    pressed = client.post(f"/register/loads/{load.key}/start/", {"name": "Полное название"})

    assert 'name="load"' not in text
    assert pressed.status_code == 422
    assert Load.objects.get().stage == "offered"
    assert load_workbook(BytesIO(path.read_bytes())).worksheets[0].max_row == 1


def test_the_list_says_the_name_of_the_source_and_its_numbers_open(
    client: Client, olga: Person, tmp_path: Path
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2, ogrn="", inn="")])
    load = offer(client, path, new_source="Список палаты")
    start(client, load)
    run_due_errands(now=timezone.now() + timedelta(seconds=1))

    listed = page(client, "/register/loads/")

    assert "Список палаты" in listed
    assert f'<td data-l="Источник">{load.subject}</td>' not in listed
    for result, number in (("rows", 2), ("queued", 1)):
        assert f'<a href="/register/loads/{load.key}/?result={result}#rows">{number}</a>' in listed
