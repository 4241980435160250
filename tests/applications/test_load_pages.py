"""A file is loaded through pages alone, by whoever may; nothing is loaded unasked."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sinergia.applications.actions.loads import start_load
from sinergia.applications.forms.loads import FIELD_NAMES
from sinergia.applications.models import Application, Doubt
from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.tables.models import Load, RememberedMapping
from sinergia.calls.models import StatusWord
from sinergia.organisations.actions import Newcomer, register_organisations
from tests.applications.files import HEAD, a_csv, a_known_region, a_row, a_workbook, numbers
from tests.arrange import NOON, a_fund, a_person, a_status, an_administrator

pytestmark = pytest.mark.django_db


def offer(client: Client, path: Path, fund: str = "FUND1") -> Load:
    """Send a file in; give the load that was offered."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    response = client.post("/loads/new/", {"fund": fund, "file": file})
    assert response.status_code == 302, response.content.decode()[:2000]
    load = Load.objects.latest("pk")
    assert response["Location"] == f"/loads/{load.key}/"
    return load


def columns(**changed: str) -> dict[str, str]:
    """What the form of columns sends."""
    return {code: HEAD.get(code, "") for code in FIELD_NAMES} | changed


def run_worker() -> None:
    """Run what was promised, as the worker does beside the site."""
    run_due_errands(now=timezone.now() + timedelta(seconds=1))


def test_a_file_is_looked_at_before_it_is_loaded(client: Client, tmp_path: Path) -> None:
    a_known_region()
    client.force_login(an_administrator())
    path = a_workbook(tmp_path / "f.xlsx", [a_row(1), a_row(2, status="новое слово")])

    load = offer(client, path)
    page = client.get(f"/loads/{load.key}/").content.decode()

    assert (load.stage, Application.objects.count()) == ("offered", 0)
    assert "Двор без углов 2" in page
    assert "новое слово" in page


def test_confirmed_columns_are_remembered_and_the_worker_loads(
    client: Client, tmp_path: Path
) -> None:
    a_known_region()
    client.force_login(an_administrator())
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(1), a_row(2, number="")]))

    for _ in range(2):  # pressed twice
        client.post(f"/loads/{load.key}/start/", columns() | {"load": "yes"})
    waiting = client.get(f"/loads/{load.key}/").content.decode()
    run_worker()
    done = client.get(f"/loads/{load.key}/").content.decode()
    part = client.get(f"/loads/{load.key}/", headers={"HX-Request": "true"}).content.decode()

    load.refresh_from_db()
    assert (load.stage, Errand.objects.count()) == ("done", 1)
    assert (load.counts["created"], load.counts["refused"]) == (1, 1)
    assert 'data-hx-trigger="load delay:1s"' in waiting
    assert "data-hx-trigger" not in done
    assert "<html" not in part
    assert RememberedMapping.objects.get().mapping["number"] == "Номер заявки"


def test_other_columns_are_tried_without_loading(client: Client, tmp_path: Path) -> None:
    a_known_region()
    client.force_login(an_administrator())
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(1)]))

    changed = columns(title="Организация", organisation="Название проекта")
    response = client.post(f"/loads/{load.key}/start/", changed | {"look": "yes"})

    assert response.status_code == 200
    assert (Errand.objects.count(), Application.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.xlsx", b""), ("cut.xlsx", b"PK\x03\x04abc"), ("photo.csv", bytes(range(256)) * 9)],
)
def test_a_file_that_is_no_table_is_told_where_it_was_given(
    client: Client, name: str, content: bytes
) -> None:
    client.force_login(an_administrator())

    response = client.post("/loads/new/", {"fund": "F", "file": SimpleUploadedFile(name, content)})

    assert response.status_code == 422
    assert Load.objects.count() == 0


def test_a_load_that_broke_off_is_gone_on_with_from_its_page(
    client: Client, tmp_path: Path
) -> None:
    a_known_region()
    olga = an_administrator()
    client.force_login(olga)
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(1), a_row(2)]))
    start_load(load, {}, headings="x", actor=olga, now=NOON)
    Errand.objects.all().delete()
    Load.objects.update(stage="failed", failure="broken_off", rows_done=1)

    page = client.get(f"/loads/{load.key}/").content.decode()
    client.post(f"/loads/{load.key}/start/")
    run_worker()

    assert f"/loads/{load.key}/start/" in page
    assert Application.objects.count() == 1  # the other was loaded before, as rows_done says
    assert Load.objects.get().stage == "done"


def test_the_report_is_a_file_whose_cells_are_not_run(client: Client, tmp_path: Path) -> None:
    a_known_region()
    client.force_login(an_administrator())
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(1, asked="=cmd()")]))
    client.post(f"/loads/{load.key}/start/", columns() | {"load": "yes"})
    run_worker()

    report = client.get(f"/loads/{load.key}/report.csv").getvalue().decode()

    assert "'=cmd()" in report


def test_every_number_opens_its_rows_and_a_created_row_says_what_it_lost(
    client: Client, tmp_path: Path
) -> None:
    a_known_region()
    client.force_login(an_administrator())
    client.cookies["django_language"] = "en"
    rows = [a_row(1, inn="7700000001"), a_row(2, decided_on="32.13.2024"), a_row(3, number="")]
    pages = {}
    for name in ("created", "unchanged"):  # the same file again
        load = offer(client, a_csv(tmp_path / "f.csv", rows))
        client.post(f"/loads/{load.key}/start/", columns() | {"load": "yes"})
        run_worker()
        pages[name] = client.get(f"/loads/{load.key}/?result={name}").text
    first = client.get(f"/loads/{Load.objects.earliest('pk').key}/").text

    for text in (first, *pages.values()):
        assert "INN: 7700000001" in text
        assert "Date of the decision: 32.13.2024" in text
    for name, text in pages.items():
        assert f'<a class="figure-link" href="?result={name}#rows">' in text
        for filed in Application.objects.all():
            assert f'<a href="/applications/{filed.key}/">{filed.number}</a>' in text
    assert Application.objects.count() == 2


def test_html_in_a_file_stays_text(client: Client, tmp_path: Path) -> None:
    a_known_region()
    client.force_login(an_administrator())
    evil = "<script>alert(1)</script>"
    row = a_row(1, title=evil, organisation=evil, status=evil, ogrn="", inn="", direction=evil)
    load = offer(client, a_csv(tmp_path / "f.csv", [row]))
    before = client.get(f"/loads/{load.key}/").content.decode()
    client.post(f"/loads/{load.key}/start/", columns() | {"load": "yes"})
    run_worker()
    doubt = Doubt.objects.get()

    pages = ["/queue/", f"/queue/{doubt.key}/", "/words/", f"/loads/{load.key}/", "/applications/"]
    seen = [before, *(client.get(page).content.decode() for page in pages)]

    assert all(evil not in page and "&lt;script&gt;" in page for page in seen)


def test_the_queue_is_settled_and_taken_back_through_its_pages(
    client: Client, tmp_path: Path
) -> None:
    a_known_region()
    client.force_login(an_administrator())
    ogrn, inn = numbers(7)
    newcomer = Newcomer(name="АНО «Дом 1»", ogrn=ogrn, inn=inn)
    home = register_organisations([newcomer], now=NOON)[0]
    load = offer(client, a_csv(tmp_path / "f.csv", [a_row(1, ogrn="", inn="")]))
    client.post(f"/loads/{load.key}/start/", columns() | {"load": "yes"})
    run_worker()
    doubt = Doubt.objects.get()

    wrong = client.post(f"/queue/{doubt.key}/", {"number": "123"})
    empty = client.post(f"/queue/{doubt.key}/", {"number": ""})
    client.post(f"/queue/{doubt.key}/", {"number": "", "proposed": str(home.key)})
    settled = Application.objects.get().organisation
    client.post(f"/queue/{doubt.key}/reopen/")

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert 'value="123"' in wrong.content.decode()
    assert settled == home
    assert Application.objects.get().organisation is None


def test_words_get_their_meaning_on_a_page(client: Client) -> None:
    client.force_login(an_administrator())
    word = a_status("новое слово", outcome=StatusWord._meta.get_field("outcome").default)

    page = client.get("/words/").content.decode()
    junk = client.post("/words/", {str(word.key): "no such outcome"})
    client.post("/words/", {str(word.key): "lost"})

    word.refresh_from_db()
    assert "новое слово" in page
    assert junk.status_code == 422
    assert word.outcome == "lost"


def test_one_application_is_entered_by_hand(client: Client) -> None:
    a_known_region()
    a_fund("FUND1")
    client.force_login(an_administrator())
    typed = {code: str(value) for code, value in a_row(1).items()} | {"fund": "FUND1"}

    wrong = client.post("/applications/new/", typed | {"asked": "много"})
    right = client.post("/applications/new/", typed)

    filed = Application.objects.get()
    assert wrong.status_code == 422
    assert "Двор без углов 1" in wrong.content.decode()
    assert right["Location"] == f"/applications/{filed.key}/"
    assert (filed.asked_minor, filed.outcome) == (50_000_000, "won")


def test_every_cell_that_cannot_be_read_is_told_at_its_own_field(client: Client) -> None:
    a_known_region()
    a_fund("FUND1")
    client.force_login(an_administrator())
    typed = {code: str(value) for code, value in a_row(1).items()} | {"fund": "FUND1"}

    wrong = typed | {"awarded": "абв", "decided_on": "абв", "ogrn": "123"}
    response = client.post("/applications/new/", wrong)

    assert set(response.context["form"].errors) == {"awarded", "decided_on", "ogrn"}
    assert Application.objects.count() == 0


@pytest.mark.parametrize("page", ["/loads/", "/loads/new/", "/queue/", "/words/"])
def test_rooms_of_administrators_are_closed_to_others(client: Client, page: str) -> None:
    visitor = client.get(page)
    client.force_login(a_person())
    person = client.get(page)

    assert visitor["Location"] == f"/sign-in/?next={page}"
    assert person.status_code == 403
