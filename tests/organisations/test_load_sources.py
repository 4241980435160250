"""Where lists come from: sources are found, named, and kept apart."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from sinergia.base.tables.models import Load
from sinergia.organisations import models as register
from sinergia.organisations.models import Question, Source
from sinergia.organisations.queries.naming import FIELD_NAMES
from sinergia.organisations.queries.sources import sources_of
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, an_administrator
from tests.organisations.register_files import (
    a_csv,
    a_row,
    known_regions,
    load_rows,
    organisation,
)
from tests.organisations.test_load_pages import fill_template, offer, page, start

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def larisa() -> Person:
    return a_consultant(centre=a_centre(region=known_regions()[0]))


def test_files_of_one_layout_are_one_source_and_another_layout_is_another(
    client: Client, tmp_path: Path
) -> None:
    known_regions()
    client.force_login(an_administrator())
    first = a_csv(tmp_path / "egrul_2025.csv", [a_row(1)])
    again = a_csv(tmp_path / "egrul_2026.csv", [a_row(1)])
    other = tmp_path / "egrul_sites.csv"
    other.write_text(f"ogrn;Сайт\n{a_row(1)['ogrn']};dom.example\n", encoding="utf-8")

    loads = [offer(client, path) for path in (first, again, other)]
    named = offer(client, other, new_source="Каталог сайтов")

    codes = [load.subject for load in loads]
    assert codes[0] == codes[1] != codes[2]
    assert codes[0].startswith("egrul-")
    assert named.subject not in codes
    assert set(Source.objects.values_list("code", flat=True)) == {*codes, named.subject}


def test_a_source_that_was_chosen_is_kept_for_files_of_this_layout(
    client: Client, tmp_path: Path
) -> None:
    known_regions()
    client.force_login(an_administrator())
    Source.objects.create(code="ministry", name="Минюст", loaded_at=NOON)

    chosen = offer(client, a_csv(tmp_path / "a.csv", [a_row(1)]), source="ministry")
    later = offer(client, a_csv(tmp_path / "b.csv", [a_row(2)]))

    assert (chosen.subject, later.subject) == ("ministry", "ministry")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_our_own_table_filled_in_does_not_say_where_it_comes_from(
    client: Client, tmp_path: Path, language: str
) -> None:
    known_regions()
    client.force_login(an_administrator())
    client.cookies["django_language"] = language
    path = fill_template(client, tmp_path / "spisok.xlsx", a_row(1))
    book = load_workbook(path)
    book.worksheets[0].delete_cols(3)  # a column nobody needed
    book.save(path)
    client.cookies["django_language"] = "en"

    response = client.post(
        "/register/loads/new/", {"file": SimpleUploadedFile(path.name, path.read_bytes())}
    )

    assert response.status_code == 422
    assert "choose its source, or name a new one" in response.text
    assert "new_source" in response.context["form"].errors
    assert (Load.objects.count(), Source.objects.count()) == (0, 0)


def test_two_lists_in_our_own_table_are_two_sources_and_do_not_overwrite_one_another(
    client: Client, tmp_path: Path
) -> None:
    known_regions()
    client.force_login(an_administrator())
    columns = {code: str(name) for code, name in FIELD_NAMES.items()}
    first = fill_template(client, tmp_path / "minzdrav.xlsx", a_row(1))
    second = fill_template(client, tmp_path / "spisok.xlsx", a_row(1, site="other.example"))

    start(client, offer(client, first, new_source="Список Минздрава"), **columns)
    load = offer(client, second, new_source="Список палаты")
    start(client, load, **columns)
    again = offer(client, second, new_source="список палаты ")

    asked = Question.objects.get()
    assert set(Source.objects.values_list("name", flat=True)) == {
        "Список Минздрава", "Список палаты",
    }  # fmt: skip
    assert again.subject == load.subject
    assert (asked.field, asked.theirs, organisation(1).site) == (
        "site", "other.example", "dom1.example",
    )  # fmt: skip
    assert register.SourceLayout.objects.count() == 0


def test_sources_of_another_centre_are_neither_listed_nor_offered_nor_found(
    client: Client, tmp_path: Path, larisa: Person
) -> None:
    _region, next_door = known_regions()
    nina = a_consultant("nina", centre=a_centre("Центр Б", region=next_door))
    olga = an_administrator()
    for person, name in ((nina, "Тайный список Б"), (olga, "Выписка для всех")):
        client.force_login(person)
        row = a_row(1, region="Ярогорский край")
        start(client, offer(client, a_csv(tmp_path / "f.csv", [row]), new_source=name))
    register.SourceLayout.objects.filter(centre=None).delete()
    theirs = Source.objects.get(name="Тайный список Б")
    client.force_login(larisa)

    pages = [page(client, f"/register/loads/{part}") for part in ("", "new/")]
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(2)]))
    forced = client.post(
        "/register/loads/new/",
        {
            "file": SimpleUploadedFile("f.csv", (tmp_path / "f.csv").read_bytes()),
            "source": theirs.code,
        },
    )

    assert all("Тайный список Б" not in text for text in pages)
    assert all("Выписка для всех" in text for text in pages)
    assert Source.objects.get(code=load.subject) not in (None, theirs)
    assert forced.status_code == 422


def test_a_name_that_two_centres_give_is_two_sources(
    client: Client, tmp_path: Path, larisa: Person
) -> None:
    _region, next_door = known_regions()
    nina = a_consultant("nina", centre=a_centre("Центр Б", region=next_door))
    codes = []
    for person in (larisa, nina):
        client.force_login(person)
        path = a_csv(tmp_path / "f.csv", [a_row(1)])
        codes.append(offer(client, path, new_source="Список палаты").subject)

    assert codes[0] != codes[1]
    assert Source.objects.filter(name="Список палаты").values("centre").distinct().count() == 2


def test_sources_say_how_old_they_are(client: Client, tmp_path: Path) -> None:
    olga = an_administrator()
    known_regions()
    load_rows(tmp_path, a_row(1), actor=olga)
    at = timezone.now() - timedelta(days=100)
    Source.objects.update(loaded_at=at)
    client.force_login(olga)

    listed = page(client, "/register/loads/")
    (age,) = sources_of(organisation(1), now=timezone.now())

    assert (age.days, age.is_stale, age.source.code) == (100, True, "ministry")
    assert "100" in listed
