"""Rows of a project are put in another order, by several people at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.drafts.actions import Save
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.history import keep_revision, restore
from sinergia.projects.actions.rows import move_row
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.writing import written
from sinergia.projects.words.fields import CELL_HELPS, CELLS
from tests.arrange import NOON, a_leader, a_person, a_project, an_organisation
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FIRST, SECOND, THIRD = "aaaaaa", "bbbbbb", "cccccc"


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation, client: Client) -> Person:
    made = a_leader(organisation=organisation)
    client.force_login(made)
    return made


@pytest.fixture
def project(organisation: Organisation, leader: Person) -> Project:
    made = a_project(organisation=organisation)
    saves = [Save(path(f"tasks/{row}/text"), row, 0) for row in (FIRST, SECOND, THIRD)]
    save_fields(made, saves, actor=leader, now=NOON)
    return made


def stands(project: Project) -> list[str]:
    return [row.id for row in written(project).document.rows["tasks"]]


def test_a_row_goes_up_and_down_and_stops_at_the_ends(project: Project, leader: Person) -> None:
    def move(row: str, way: str) -> list[str]:
        told = move_row(project, "tasks", row, way, actor=leader, now=NOON)  # type: ignore[arg-type]  # a way
        assert told == stands(project)
        return told

    assert move(THIRD, "up") == [FIRST, THIRD, SECOND]
    assert move(THIRD, "up") == [THIRD, FIRST, SECOND]
    assert move(THIRD, "up") == [THIRD, FIRST, SECOND]
    assert move(FIRST, "down") == [THIRD, SECOND, FIRST]
    assert move(FIRST, "down") == [THIRD, SECOND, FIRST]


def test_a_row_added_by_somebody_meanwhile_stays_the_last(project: Project, leader: Person) -> None:
    move_row(project, "tasks", THIRD, "up", actor=leader, now=NOON)
    save_fields(project, [Save(path("tasks/dddddd/text"), "d", 0)], actor=leader, now=NOON)

    move_row(project, "tasks", FIRST, "down", actor=leader, now=NOON)

    assert stands(project) == [THIRD, FIRST, SECOND, "dddddd"]


def test_whoever_types_in_a_row_that_is_moved_is_in_no_conflict(
    project: Project, leader: Person, organisation: Organisation
) -> None:
    vera = a_leader("Вера", organisation=organisation, role="editor")

    move_row(project, "tasks", THIRD, "up", actor=vera, now=NOON)
    (done,) = save_fields(
        project, [Save(path(f"tasks/{THIRD}/text"), "дальше", 1)], actor=leader, now=NOON
    )

    assert not done.is_conflict
    assert stands(project) == [FIRST, THIRD, SECOND]


def test_a_row_whose_text_is_still_under_way_is_moved_too(project: Project, leader: Person) -> None:
    move_row(project, "tasks", "dddddd", "up", actor=leader, now=NOON)
    save_fields(project, [Save(path("tasks/dddddd/text"), "d", 0)], actor=leader, now=NOON)

    assert stands(project) == [FIRST, SECOND, "dddddd", THIRD]


def test_an_earlier_order_comes_back_and_is_told(
    client: Client, project: Project, leader: Person
) -> None:
    kept = keep_revision(project, "Сначала", actor=leader, now=NOON)
    move_row(project, "tasks", THIRD, "up", actor=leader, now=NOON)

    page = client.get(f"/projects/{project.key}/history/{kept.key}/").content.decode()
    restore(kept, actor=leader, now=NOON)

    assert f"1. {FIRST}<br>2. {SECOND}<br>3. {THIRD}" in page
    assert f"1. {FIRST}<br>2. {THIRD}<br>3. {SECOND}" in page
    assert stands(project) == [FIRST, SECOND, THIRD]


def test_strangers_move_nothing(project: Project) -> None:
    with pytest.raises(PermissionDenied):
        move_row(project, "tasks", THIRD, "up", actor=a_person("boris"), now=NOON)


def test_the_page_moves_a_row_and_is_told_the_order(client: Client, project: Project) -> None:
    here = f"/projects/{project.key}/move/"

    told = client.post(here, {"move": f"tasks/{THIRD}/up"}).json()

    assert told["rows"] == [FIRST, THIRD, SECOND]
    for wrong in ("", "tasks", f"tasks/{THIRD}/away", "title/up", f"nothing/{THIRD}/up"):
        assert client.post(here, {"move": wrong}).status_code == 404


def test_without_a_script_the_button_saves_what_was_typed_and_moves(
    client: Client, project: Project
) -> None:
    here = f"/projects/{project.key}/form/aims/"
    sent = {f"tasks/{THIRD}/text": "Третья", "versions": f'{{"tasks/{THIRD}/text": 1}}'}

    told = client.post(here, sent | {"move": f"tasks/{THIRD}/up"})

    assert told["Location"] == f"{here}#r-tasks-{THIRD}"
    assert stands(project) == [FIRST, THIRD, SECOND]
    assert DraftField.objects.get(path=f"tasks/{THIRD}/text").value == "Третья"


def test_enter_presses_no_button_of_a_row(client: Client, project: Project) -> None:
    page = client.get(f"/projects/{project.key}/form/aims/").content.decode()

    form = page.partition("data-draft=")[2]
    first = form[form.index("<button") : form.index("</button>")]
    assert 'name="go"' in first


def test_what_to_write_in_a_cell_is_told_once_above_the_rows_and_read_at_each(
    project: Project, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    address = f"/projects/{project.key}/form/aims/?add=results"

    text = client.get(address).content.decode()

    assert text.count("What it comes to by the end of the project.") == 1
    assert text.count('id="h-results-number"') == 1
    assert text.count('aria-describedby="h-results-number"') == 2  # the row and the blank one


def test_every_cell_that_is_helped_with_is_one_of_the_form() -> None:
    assert CELL_HELPS.keys() <= CELLS.keys()
