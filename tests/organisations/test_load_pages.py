"""A list of organisations is loaded and its questions are settled through pages alone."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.tables.models import Load
from sinergia.organisations import models as register
from sinergia.organisations.actions import change_organisation
from sinergia.organisations.actions.fields import map_fields
from sinergia.organisations.models import Organisation, Question, RegisterLoad
from sinergia.organisations.queries.naming import FIELD_NAMES
from sinergia.organisations.views import fields as fields_pages
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import NOON, a_centre, a_consultant, a_theme, an_administrator
from tests.organisations.register_files import (
    HEAD,
    a_csv,
    a_row,
    a_workbook,
    known_regions,
    load_rows,
    organisation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return known_regions()[0]


@pytest.fixture
def larisa(region: Region) -> Person:
    return a_consultant(centre=a_centre(region=region))


def offer(client: Client, path: Path, **given: str) -> Load:
    """Send a file in; give the load that was offered."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    response = client.post("/register/loads/new/", {"file": file, **given})
    assert response.status_code == 302, response.content.decode()[:2000]
    load = Load.objects.latest("pk")
    assert response["Location"] == f"/register/loads/{load.key}/"
    return load


def fill_template(client: Client, path: Path, *rows: dict[str, object]) -> Path:
    """Our own table with rows in it."""
    book = load_workbook(BytesIO(client.get("/register/loads/template.xlsx").content))
    for row in rows:
        book.worksheets[0].append([row[code] for code in FIELD_NAMES])
    book.save(path)
    return path


def start(client: Client, load: Load, **columns: str) -> None:
    """Confirm the columns and let the worker run what was promised."""
    given = {code: HEAD.get(code, "") for code in FIELD_NAMES} | columns
    response = client.post(f"/register/loads/{load.key}/start/", given | {"load": "yes"})
    assert response.status_code == 302, response.content.decode()[:2000]
    run_due_errands(now=timezone.now() + timedelta(seconds=1))
    load.refresh_from_db()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_centre_loads_a_list_of_its_region(
    client: Client, tmp_path: Path, larisa: Person, region: Region
) -> None:
    client.force_login(larisa)
    rows = [a_row(1, region=""), a_row(2), a_row(3, region="Ярогорский край")]

    load = offer(client, a_workbook(tmp_path / "Список.xlsx", rows), region=region.code)
    before = page(client, f"/register/loads/{load.key}/")
    start(client, load)
    after = page(client, f"/register/loads/{load.key}/")
    listed = page(client, "/register/loads/")

    terms = RegisterLoad.objects.get()
    assert (load.stage, load.counts["created"], load.counts["refused"]) == ("done", 2, 1)
    assert (terms.region, terms.centre is not None, terms.is_known_only) == (region, True, False)
    assert "АНО &quot;ДОМ 1&quot;" in before
    assert "Ярогорский край" in after
    assert "Список.xlsx" in listed
    assert load.actor_key == larisa.key
    assert {one.actor_key for one in register.Change.objects.all()} <= {larisa.key}


def test_columns_may_be_pointed_at_and_one_that_says_who_is_needed(
    client: Client, tmp_path: Path
) -> None:
    known_regions()
    client.force_login(an_administrator())
    path = tmp_path / "odd.csv"
    row = a_row(1)
    path.write_text(
        f"Рег. код;Как зовут;Сайт;Адрес\n{row['ogrn']};Дом;dom.example;ул. Садовая\n",
        encoding="utf-8",
    )
    load = offer(client, path)
    nothing = dict.fromkeys(FIELD_NAMES, "")

    refused = client.post(f"/register/loads/{load.key}/start/", nothing | {"load": "yes"})
    start(client, load, **nothing | {"ogrn": "Рег. код", "name": "Как зовут", "site": "Сайт"})

    assert refused.status_code == 422
    assert load.counts["created"] == 1
    assert organisation(1).name == "Дом"


def test_the_template_says_in_each_column_what_to_write(client: Client) -> None:
    client.force_login(an_administrator())

    book = load_workbook(BytesIO(client.get("/register/loads/template.xlsx").content))

    first, notes = book.worksheets
    assert [cell.value for cell in first[1]] == [str(name) for name in FIELD_NAMES.values()]
    assert notes.max_row == len(FIELD_NAMES) + 1
    assert first.max_row == 1


def test_the_template_filled_in_is_read_back_whole(client: Client, tmp_path: Path) -> None:
    known_regions()
    client.force_login(an_administrator())
    path = tmp_path / "ours.xlsx"
    fill_template(client, path, a_row(1))

    load = offer(client, path, new_source="Список палаты")
    client.post(
        f"/register/loads/{load.key}/start/",
        {code: str(name) for code, name in FIELD_NAMES.items()} | {"load": "yes"},
    )
    run_due_errands(now=timezone.now() + timedelta(seconds=1))

    assert organisation(1).site == "dom1.example"


def test_a_load_of_another_centre_is_not_there(
    client: Client, tmp_path: Path, larisa: Person
) -> None:
    _region, next_door = known_regions()
    nina = a_consultant("nina", centre=a_centre("Центр Б", region=next_door))
    client.force_login(larisa)
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(1)]))

    client.force_login(nina)

    assert client.get(f"/register/loads/{load.key}/").status_code == 404
    assert load.file_name not in page(client, "/register/loads/")


def test_a_question_is_answered_on_its_page_and_the_next_one_follows(
    client: Client, tmp_path: Path
) -> None:
    olga = an_administrator()
    known_regions()
    client.force_login(olga)
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    for place in (1, 2):
        given = {"site": f"hand{place}.example"}
        change_organisation(organisation(place), given, actor_key=olga.key, now=NOON)
    load_rows(tmp_path, a_row(1, site="n1.example"), a_row(2, site="n2.example"), actor=olga)
    first, second = Question.objects.order_by("pk")

    listed = page(client, "/register/questions/?kind=conflict")
    shown = page(client, f"/register/questions/{first.key}/")
    empty = client.post(f"/register/questions/{first.key}/", {})
    done = client.post(f"/register/questions/{first.key}/", {"answer": "taken"})

    assert "hand1.example" in listed
    assert "n1.example" in shown
    assert empty.status_code == 422
    assert done["Location"] == f"/register/questions/{second.key}/"
    assert organisation(1).site == "n1.example"


def test_many_questions_are_answered_after_one_more_look(client: Client, tmp_path: Path) -> None:
    olga = an_administrator()
    known_regions()
    client.force_login(olga)
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    rows = [a_row(1, site="n1.example"), a_row(2, site="n2.example")]
    load_rows(tmp_path, *rows, actor=olga, source="sites")
    group = {"code": "conflict", "source": "sites", "field": "site", "load": ""}

    asked = client.get("/register/questions/alike/", group)
    client.post("/register/questions/alike/", group | {"result": "taken"})
    gone = client.get("/register/questions/alike/", group)

    assert asked.status_code == 200
    assert "n2.example" in asked.content.decode()
    assert {one.site for one in Organisation.objects.all()} == {"n1.example", "n2.example"}
    assert gone.status_code == 302


def test_whose_a_row_is_may_be_told_by_a_number(client: Client, tmp_path: Path) -> None:
    olga = an_administrator()
    known_regions()
    client.force_login(olga)
    load_rows(tmp_path, a_row(1), a_row(2, ogrn="", inn="", status="Ликвидируется"), actor=olga)
    asked = Question.objects.get()
    address = f"/register/questions/{asked.key}/"

    wrong = client.post(address, {"answer": "number", "number": "1127800004914"})
    client.post(address, {"answer": "number", "number": str(a_row(1)["ogrn"])})

    asked.refresh_from_db()
    assert wrong.status_code == 422
    assert (asked.result, asked.organisation) == ("joined", organisation(1))


def test_html_of_a_file_stays_text_on_every_page(client: Client, tmp_path: Path) -> None:
    olga = an_administrator()
    known_regions()
    client.force_login(olga)
    evil = "<script>alert(1)</script>"
    row = a_row(1, name=evil, short_name=evil, ogrn="", inn="", status=evil, region=evil)
    load = offer(client, a_csv(tmp_path / "f.csv", [row]), new_source=evil)
    before = page(client, f"/register/loads/{load.key}/")
    start(client, load)
    asked = Question.objects.get()

    shown = [
        before,
        page(client, f"/register/loads/{load.key}/"),
        page(client, "/register/loads/"),
        page(client, "/register/questions/"),
        page(client, f"/register/questions/{asked.key}/"),
    ]

    assert all(evil not in one for one in shown)
    assert evil.replace("<", "&lt;").replace(">", "&gt;") in shown[-1]


def test_fields_of_work_become_themes_and_go_with_them(
    client: Client, tmp_path: Path, larisa: Person, region: Region
) -> None:
    olga = an_administrator()
    load_rows(tmp_path, a_row(1, field="Спорт"), a_row(2, field="Спорт; Экология"), actor=olga)
    health, nature = a_theme("Здоровье", region=region), a_theme("Природа", region=region)
    by_hand = register.OrganisationTheme.objects.create(organisation=organisation(2), theme=nature)
    sport, ecology = register.FieldOfWork.objects.order_by("name_folded")
    client.force_login(larisa)
    address = f"/register/fields/{region.code}/"
    meant = {str(sport.key): str(health.key), str(ecology.key): str(nature.key)}

    client.post(address, meant)
    mapped = list(
        register.OrganisationTheme.objects.order_by("organisation", "theme").values_list(
            "theme__name_ru", "field__name"
        )
    )
    load_rows(tmp_path, a_row(3, field="Спорт"), actor=olga)
    later = register.OrganisationTheme.objects.filter(organisation=organisation(3)).count()
    client.post(address, dict.fromkeys(meant, ""))

    assert "Экология" in page(client, address)
    assert mapped == [("Здоровье", "Спорт"), ("Здоровье", "Спорт"), ("Природа", None)]
    assert later == 1
    assert list(register.OrganisationTheme.objects.all()) == [by_hand]


def test_what_was_chosen_stays_on_the_page_when_a_theme_goes_meanwhile(
    client: Client, tmp_path: Path, larisa: Person, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rows(tmp_path, a_row(1, field="Спорт; Экология"), actor=an_administrator())
    health, nature = a_theme("Здоровье", region=region), a_theme("Природа", region=region)
    sport, ecology = register.FieldOfWork.objects.order_by("name_folded")
    monkeypatch.setattr(fields_pages, "themes_of", lambda _region: [health, nature])
    nature.delete()
    client.force_login(larisa)
    meant = {str(sport.key): str(health.key), str(ecology.key): str(nature.key)}

    answer = client.post(f"/register/fields/{region.code}/", meant)

    assert answer.status_code == 422
    assert f'<option value="{health.key}" selected>' in answer.text
    assert f'href="#id_{ecology.key}"' in answer.text
    assert not register.FieldTheme.objects.exists()


def test_a_field_follows_an_organisation_into_its_new_region(
    tmp_path: Path, region: Region
) -> None:
    olga, next_door = an_administrator(), known_regions()[1]
    load_rows(tmp_path, a_row(1, field="Спорт"), actor=olga)
    sport = register.FieldOfWork.objects.get()
    for there in (region, next_door):
        theme = a_theme(f"Спорт {there.code}", region=there)
        map_fields(there, {sport.key: theme.key}, actor=olga, now=NOON)

    change_organisation(organisation(1), {"region": next_door}, actor_key=olga.key, now=NOON)

    theme = register.OrganisationTheme.objects.get().theme
    assert (theme.region, theme.name_ru) == (next_door, f"Спорт {next_door.code}")
