"""Pages of a project: with a script and without, for its own people alone."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergia.base.drafts.actions import Save
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import remove_project
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.writing import written
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_person,
    a_project,
    an_organisation,
)
from tests.projects.test_saving import path

pytestmark = pytest.mark.django_db


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
    return a_project(organisation=organisation, contest=a_contest(centre=a_centre()))


def autosave(
    client: Client, project: Project, at: str, text: str, base: int = 0
) -> tuple[int, dict[str, object]]:
    sent = {"path": at, "text": text, "base": base}
    answer = client.post(f"/projects/{project.key}/save/", sent)
    return answer.status_code, answer.json()


def test_a_project_is_begun_for_a_contest_and_says_what_is_missing(
    client: Client, leader: Person, organisation: Organisation
) -> None:
    contest = a_contest(centre=a_centre())
    type(contest).objects.update(closes_at="2100-01-01T00:00Z")

    page = client.get(f"/projects/new/?contest={contest.call.key}")
    sent = {
        "organisation": str(organisation.key),
        "contest": str(contest.call.key),
        "title": "Тёплый двор",
        "key": str(uuid4()),
    }
    made = client.post("/projects/new/", sent)
    again = client.post("/projects/new/", sent)

    assert f'<option value="{contest.call.key}" selected>' in page.content.decode()
    assert made["Location"] == again["Location"]
    text = client.get(made["Location"]).content.decode()
    assert "Важно сейчас: 3" in text
    assert Project.objects.get().contest == contest


def test_whoever_acts_for_nobody_is_led_to_the_register(client: Client) -> None:
    client.force_login(a_person())

    text = client.get("/projects/new/").content.decode()

    assert 'href="/organisations/"' in text


def test_a_text_is_saved_as_one_types(client: Client, project: Project) -> None:
    status, told = autosave(client, project, "summary", "Соберём соседей")

    assert (status, told["version"]) == (200, 1)
    assert DraftField.objects.get(path="summary").value == "Соберём соседей"


def test_a_conflict_shows_what_the_other_wrote(
    client: Client, project: Project, organisation: Organisation
) -> None:
    other = a_leader("Вера", organisation=organisation, role="editor")
    save_fields(project, [Save(path("summary"), "Их текст", 0)], actor=other, now=NOON)

    status, told = autosave(client, project, "summary", "Мой текст")

    assert status == 409
    assert (told["text"], told["who"], told["version"]) == ("Их текст", "Вера", 1)
    assert DraftField.objects.get(path="summary").value == "Их текст"


def test_what_cannot_be_saved_is_told(client: Client, project: Project) -> None:
    long, unknown = (
        autosave(client, project, "problem", "ж" * 200_001),
        autosave(client, project, "nowhere", "х"),
    )

    assert (long[0], unknown[0]) == (422, 422)
    assert "200" in str(long[1]["said"])


def test_a_line_of_the_budget_is_summed_by_the_server(client: Client, project: Project) -> None:
    autosave(client, project, "lines/aaaaaa/price", "12 500,50")
    autosave(client, project, "lines/aaaaaa/quantity", "4")

    _status, told = autosave(client, project, "lines/aaaaaa/own", "10 000")

    sums = told["sums"]
    assert isinstance(sums, dict)
    shown = [text.replace("\u00a0", " ") for text in sums["lines"]["aaaaaa"]]
    assert shown == ["50 002 ₽", "40 002 ₽"]


def test_what_is_wrong_with_a_sum_is_told_at_its_field_as_it_is_saved(
    client: Client, project: Project
) -> None:
    def wrong(cell: str, text: str, base: int = 0) -> object:
        _status, told = autosave(client, project, f"lines/aaaaaa/{cell}", text, base)
        return told["wrong"]

    price, own, whole = "lines/aaaaaa/price", "lines/aaaaaa/own", "lines"
    little = ["Собственный вклад — 0\xa0₽, а правила требуют не меньше 5\xa0₽."]
    negative, large = (
        "Сумма не бывает меньше нуля: «-500».",
        f"Слишком большая сумма: «{'9' * 20}».",
    )
    assert wrong("price", "-500") == {price: [negative], whole: []}
    assert wrong("price", "9" * 20, 1) == {price: [large], whole: []}
    assert wrong("price", "500", 2) == {price: [], whole: little}
    assert wrong("own", "600") == {
        price: [],
        own: ["Собственный вклад больше всей строки."],
        whole: ["Ничего не запрошено: весь бюджет свой."],
    }
    assert wrong("price", "700", 3) == {price: [], own: [], whole: []}


def test_what_is_wrong_with_a_text_is_told_as_it_is_saved_and_no_more_once_it_is_mended(
    client: Client, project: Project
) -> None:
    def wrong(at: str, text: str, base: int = 0) -> object:
        told = autosave(client, project, at, text, base)[1]["wrong"]
        assert isinstance(told, dict)
        return {place: len(lines) for place, lines in told.items() if lines}

    assert wrong("summary", "ж" * 2501) == {"summary": 1}
    assert wrong("summary", "ж" * 2500, 1) == {}
    assert wrong("ends_on", "2027-02-01") == {}
    assert wrong("starts_on", "2027-03-01") == {"ends_on": 1}
    assert wrong("starts_on", "2027-01-01", 1) == {}


def test_a_number_that_is_none_is_told_at_its_field_as_it_is_saved(
    client: Client, project: Project
) -> None:
    _status, told = autosave(client, project, "events/aaaaaa/people", "много")
    _status, words = autosave(client, project, "events/aaaaaa/what", "Праздник")

    assert isinstance(told["wrong"], dict)
    assert [len(lines) for lines in told["wrong"].values()] == [1, 0]
    assert words["wrong"] == told["wrong"] | {"events/aaaaaa/what": []}


@pytest.mark.parametrize("versions", ["{}", '{"summary": 1e999}', '{"summary": NaN}', "["])
def test_without_a_script_a_section_is_saved_whole(
    client: Client, project: Project, versions: str
) -> None:
    address = f"/projects/{project.key}/form/about/"
    sent = {"summary": "Соберём", "problem": "Двор пуст", "versions": versions, "go": "on"}

    answer = client.post(address, sent, follow=True)

    assert "Сохранено в" in answer.content.decode()
    texts = written(project).values
    assert (texts["summary"], texts["problem"]) == ("Соберём", "Двор пуст")


def test_without_a_script_both_texts_are_shown_and_the_rest_is_saved(
    client: Client, project: Project, organisation: Organisation
) -> None:
    other = a_leader("Вера", organisation=organisation, role="editor")
    save_fields(project, [Save(path("summary"), "Их текст", 0)], actor=other, now=NOON)
    address = f"/projects/{project.key}/form/about/"
    sent = {"summary": "Мой текст", "problem": "Двор пуст", "versions": "{}"}

    page = client.post(address, sent)

    text = page.content.decode()
    assert page.status_code == 409
    assert "Их текст" in text
    assert "Мой текст" in text
    assert written(project).values["problem"] == "Двор пуст"
    versions = json.dumps({"summary": 1, "problem": 1, "title": 1})
    assert client.post(address, sent | {"versions": versions}).status_code == 302
    assert written(project).values["summary"] == "Мой текст"


def test_the_button_leaves_alone_what_a_colleague_wrote_where_one_never_typed(
    client: Client, project: Project, organisation: Organisation
) -> None:
    autosave(client, project, "summary", "Как было")
    address = f"/projects/{project.key}/form/about/"
    versions = client.get(address).context["versions"]
    vera = a_leader("Вера", organisation=organisation, role="editor")
    save_fields(project, [Save(path("summary"), "Как у Веры", 1)], actor=vera, now=NOON)
    sent = {"title": "Своё", "summary": "Как было", "versions": versions, "go": "on"}

    answer = client.post(address, sent)

    assert answer.status_code == 302
    texts = written(project).values
    assert (texts["title"], texts["summary"]) == ("Своё", "Как у Веры")


def test_of_a_page_that_was_refused_the_next_press_overwrites_nothing_either(
    client: Client, project: Project, organisation: Organisation
) -> None:
    autosave(client, project, "summary", "Как было")
    address = f"/projects/{project.key}/form/about/"
    versions = client.get(address).context["versions"]
    vera = a_leader("Вера", organisation=organisation, role="editor")
    save_fields(project, [Save(path("summary"), "Как у Веры", 1)], actor=vera, now=NOON)
    sent = {"summary": "Своё", "problem": "ж" * 200_001, "versions": versions, "go": "on"}

    refused = client.post(address, sent)
    sent |= {"problem": "Двор пуст", "versions": refused.context["versions"]}
    told = client.post(address, sent)

    assert (refused.status_code, told.status_code) == (422, 409)
    assert written(project).values["summary"] == "Как у Веры"


def test_a_row_in_which_somebody_wrote_meanwhile_is_not_taken_out_unseen(
    client: Client, project: Project, organisation: Organisation
) -> None:
    row = "tasks/aaaaaa"
    autosave(client, project, f"{row}/text", "Собрать людей")
    address = f"/projects/{project.key}/form/aims/"
    versions = client.get(address).context["versions"]
    vera = a_leader("Вера", organisation=organisation, role="editor")
    save_fields(project, [Save(path(f"{row}/text"), "И кошек", 1)], actor=vera, now=NOON)
    sent = {f"{row}/text": "Собрать людей", "versions": versions, "remove": row}

    answer = client.post(address, sent)

    assert answer.status_code == 409
    assert written(project).values[f"{row}/text"] == "И кошек"


def test_without_a_script_rows_are_added_and_taken_out(client: Client, project: Project) -> None:
    address = f"/projects/{project.key}/form/aims/"
    added = client.post(address, {"tasks/aaaaaa/text": "Собрать людей", "add": "tasks"})
    page = client.get(added["Location"].partition("#")[0]).content.decode()

    removed = client.post(
        address, {"tasks/aaaaaa/text": "Собрать", "versions": "{}", "remove": "tasks/aaaaaa"}
    )

    assert page.count('data-row="tasks/') == 3  # written, empty, and the one a script copies
    assert removed.status_code == 409  # somebody has "changed" it: nothing is dropped unseen
    versions = json.dumps({"tasks/aaaaaa/text": 1})
    client.post(
        address,
        {"tasks/aaaaaa/text": "Собрать людей", "versions": versions, "remove": "tasks/aaaaaa"},
    )
    assert written(project).document.rows["tasks"] == []


def test_the_same_faults_as_on_the_command_line_are_shown_by_the_field(
    client: Client, project: Project
) -> None:
    autosave(client, project, "lines/aaaaaa/price", "минус сто")

    page = client.get(f"/projects/{project.key}/form/budget/").content.decode()

    assert "минус сто» — не сумма" in page
    assert 'aria-invalid="true"' in page


def test_files_are_added_given_out_and_taken_away(
    client: Client, project: Project, leader: Person
) -> None:
    address = f"/projects/{project.key}/files/letters/add/"

    client.post(address, {"file": SimpleUploadedFile("letter.txt", b"Letter")})

    (file,) = project.attachments.all()
    page = client.get(f"/projects/{project.key}/form/people/").content.decode()
    given_out = client.get(f"/projects/{project.key}/files/{file.key}/")
    client.post(f"/projects/{project.key}/files/{file.key}/remove/")
    assert "letter.txt" in page
    assert b"".join(given_out) == b"Letter"
    assert client.get(f"/projects/{project.key}/files/{file.key}/").status_code == 404


def test_a_consultant_begins_one_from_somebodys_words(
    client: Client, organisation: Organisation
) -> None:
    client.force_login(a_consultant(centre=a_centre()))
    address = f"/projects/new/?organisation={organisation.key}"
    sent = {"organisation": str(organisation.key), "title": "Двор", "key": str(uuid4())}

    refused = client.post(address, sent)
    made = client.post(address, sent | {"told_by": "Иванова, председатель"})

    assert refused.status_code == 422
    assert "Иванова" in client.get(made["Location"]).content.decode()


def test_versions_differ_by_field_and_are_brought_back(client: Client, project: Project) -> None:
    autosave(client, project, "summary", "Сначала")
    client.post(f"/projects/{project.key}/history/", {"name": "Первый вариант"})
    autosave(client, project, "summary", "Потом", 1)
    version = project.revisions.get()

    page = client.get(f"/projects/{project.key}/history/{version.key}/").content.decode()
    client.post(f"/projects/{project.key}/history/{version.key}/restore/")

    assert "Сначала" in page
    assert "Потом" in page
    assert written(project).values["summary"] == "Сначала"


def test_a_page_asks_as_often_for_thirty_lines_as_for_one(
    client: Client, project: Project, django_assert_max_num_queries: object
) -> None:
    rows = [Save(path(f"lines/{at:06x}/what"), f"Строка {at}", 0) for at in range(30)]
    leader = Person.objects.get(name="tamara")
    save_fields(project, rows, actor=leader, now=NOON)

    with django_assert_max_num_queries(16):  # type: ignore[operator]  # a fixture of pytest-django
        page = client.get(f"/projects/{project.key}/form/budget/")

    assert page.content.decode().count('data-row="lines/') == 31


def test_a_project_is_read_whole_with_days_as_a_reader_expects_them(
    client: Client, project: Project
) -> None:
    autosave(client, project, "starts_on", "2027-02-10")
    autosave(client, project, "ends_on", "в конце июня")

    page = client.get(f"/projects/{project.key}/whole/").content.decode()

    assert "10 февраля 2027" in page
    assert "в конце июня" in page


def test_what_was_put_away_is_paged_and_taken_back(
    client: Client, project: Project, organisation: Organisation, leader: Person
) -> None:
    for at in range(40):
        gone = a_project(f"Проект {at:02}", organisation=organisation)
        remove_project(gone, actor=leader, now=NOON + timedelta(minutes=at))

    listed = client.get("/projects/").content.decode()
    first = client.get("/projects/put-away/")
    titles = [row.title for row in first.context["page"].rows]
    second = client.get(f"/projects/put-away/?after={first.context['page'].next_key}")
    titles += [row.title for row in second.context["page"].rows]
    client.post(f"/projects/{gone.key}/take-back/")

    assert 'href="/projects/put-away/"' in listed
    assert titles == [f"Проект {at:02}" for at in reversed(range(40))]
    assert gone.title in client.get("/projects/").content.decode()
