"""A practice is applied at home: what a project takes from it, where it is marked, who sees it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sinergia.base.drafts.actions import Save
from sinergia.base.journal.models import Entry
from sinergia.engine.project import parse_path
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import Intent, drop, grow_practice, intend
from sinergia.practices.models import Adoption, Practice
from sinergia.projects.actions.adopting import (
    Draft,
    apply_at_home,
    begin_from,
    join_project,
    open_project,
    part_project,
)
from sinergia.projects.actions.into_practice import make_practice
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project
from sinergia.projects.queries.adopting import compared_with, new_in, projects_doing, taken_of
from sinergia.projects.queries.writing import written
from sinergia.projects.words.adopting import origins_of
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_project,
    a_region,
    an_organisation,
)
from tests.practices.arrange import SAID, published, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    made = published(organisation=an_organisation("Полтора шага"))
    a_leader("author", organisation=made.organisation)  # type: ignore[arg-type]  # it has one
    return made


@pytest.fixture
def adopters() -> Organisation:
    made = an_organisation("Завтра у реки", region=a_region("XB-YAR", "Ярогорский край"))
    a_leader("adopter", organisation=made)
    return made


def someone(name: str) -> Person:
    return Person.objects.get(name=name)


def upper(text: str) -> str:
    return f"«{text}»"


def applied(practice: Practice, adopters: Organisation, **given: str) -> tuple[Adoption, Project]:
    draft = Draft(uuid4(), upper, help=given.pop("help", ""))
    intent = Intent(way=given.get("way", "alone"))
    told = apply_at_home(practice, adopters, intent, draft, actor=someone("adopter"), now=NOON)
    assert told[1] is not None
    return told[0], told[1]


def typed(project: Project, path: str, text: str) -> None:
    parsed = parse_path(path)
    assert parsed is not None
    there = project.fields.filter(path=path).first()
    save = Save(parsed, text, there.version if there else 0)
    save_fields(project, [save], actor=someone("adopter"), now=NOON)


@pytest.mark.both
def test_a_project_begins_with_the_published_texts_in_their_places(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters, way="partner", help="Партнёры проекта")

    assert (project.adoption, project.title) == (adoption, practice.title)
    assert written(project).values == {
        "title": practice.title,
        "summary": SAID["essence"],
        "problem": SAID["problem"],
        "target_groups/aaaaaa/text": "«families»",
        "tasks/aaaaaa/text": SAID["steps/aaaaaa/what"],
        "events/aaaaaa/what": SAID["steps/aaaaaa/what"],
        "events/aaaaaa/task": "aaaaaa",
        "tasks/bbbbbb/text": SAID["steps/bbbbbb/what"],
        "events/bbbbbb/what": SAID["steps/bbbbbb/what"],
        "events/bbbbbb/task": "bbbbbb",
        "results/aaaaaa/what": SAID["results/aaaaaa/what"],
        "results/aaaaaa/number": "46",
        "results/aaaaaa/proof": SAID["results/aaaaaa/how"],
        "lines/aaaaaa/what": "Бензин",
        "lines/aaaaaa/price": "1500",
        "lines/aaaaaa/comment": "40",
        "partners/aaaaaa/name": "Полтора шага",
        "partners/aaaaaa/what": "Партнёры проекта",
    }
    assert written(project).document.total_minor == 150_000
    verbs = [one.verb for one in Entry.objects.order_by("pk")]
    assert verbs == ["adoption.intended", "project.begun", "project.adopted"]


@pytest.mark.both
def test_rows_stand_in_the_project_as_they_stood_in_the_practice(adopters: Organisation) -> None:
    texts = SAID | {"steps/aaaaaa/order": "2", "steps/bbbbbb/order": "1"}
    practice = published("Порядок", organisation=an_organisation("Авторы"), texts=texts)

    _adoption, project = applied(practice, adopters)

    rows = written(project).document.rows
    assert [row.id for row in rows["tasks"]] == ["bbbbbb", "aaaaaa"]
    assert [row.id for row in rows["events"]] == ["bbbbbb", "aaaaaa"]


@pytest.mark.both
def test_pressed_twice_it_is_applied_once(practice: Practice, adopters: Organisation) -> None:
    draft = Draft(uuid4(), upper)
    told = [
        apply_at_home(practice, adopters, Intent(), draft, actor=someone("adopter"), now=NOON)
        for _press in range(2)
    ]

    assert told[0] == told[1]
    assert Project.objects.count() == 1


@pytest.mark.both
def test_the_practice_may_change_and_what_was_taken_stays_as_it_was(
    practice: Practice, adopters: Organisation
) -> None:
    _adoption, project = applied(practice, adopters)
    write(practice, {"title": "Иначе", "problem": "Другая беда."})

    assert all(not one.is_changed for one in compared_with(project, upper))
    assert {one.revision for one in taken_of(project)} == {practice.revisions.order_by("pk")[0]}


@pytest.mark.both
def test_the_mark_stays_when_the_text_changes_and_says_so(
    practice: Practice, adopters: Organisation
) -> None:
    _adoption, project = applied(practice, adopters)
    typed(project, "problem", "В посёлках нет врача.")
    typed(project, "tasks/aaaaaa/text", "")
    typed(project, "development", "Дальше сами.")

    marks = origins_of(taken_of(project), written(project).values)
    told = {
        one.path: (one.before, one.now) for one in compared_with(project, upper) if one.is_changed
    }

    assert (marks["problem"].is_changed, marks["summary"].is_changed) == (True, False)
    assert "tasks/aaaaaa/text" not in marks
    assert told == {
        "problem": (SAID["problem"], "В посёлках нет врача."),
        "tasks/aaaaaa/text": (SAID["steps/aaaaaa/what"], ""),
    }
    assert new_in(project) == [("development", "Дальше сами.")]

    typed(project, "problem", SAID["problem"])
    assert not origins_of(taken_of(project), written(project).values)["problem"].is_changed


@pytest.mark.both
def test_a_copy_of_a_project_knows_where_its_texts_came_from(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters)

    copy = begin_project(
        adopters, Begun("", uuid4(), copy=project), actor=someone("adopter"), now=NOON
    )

    assert copy.adoption == adoption
    assert copy.taken.count() == project.taken.count() > 0


@pytest.mark.both
def test_without_steps_what_is_done_becomes_a_task(adopters: Organisation) -> None:
    texts = {"actions": "Ездим по сёлам.", "result": "Семьи занимаются"}
    practice = published("Карточка", organisation=an_organisation("Авторы"), texts=texts)

    _adoption, project = applied(practice, adopters)

    assert written(project).values == {
        "title": "Карточка",
        "tasks/aaaaaa/text": "Ездим по сёлам.",
        "goals/aaaaaa/text": "Семьи занимаются",
    }


@pytest.mark.both
def test_a_project_can_be_joined_later_and_parted_and_belongs_to_one_practice(
    practice: Practice, adopters: Organisation
) -> None:
    actor = someone("adopter")
    adoption = intend(practice, adopters, Intent(), actor=actor, now=NOON)
    project = a_project(organisation=adopters)
    other = intend(
        published("Другая", organisation=practice.organisation),
        adopters, Intent(), actor=actor, now=NOON,
    )  # fmt: skip

    joined = join_project(project, adoption, actor=actor, now=NOON)
    join_project(project, adoption, actor=actor, now=NOON)
    with pytest.raises(Refused):
        join_project(project, other, actor=actor, now=NOON)
    strange = a_project("Чужой", organisation=an_organisation("Чужие"))
    with pytest.raises(PermissionDenied):
        join_project(strange, adoption, actor=actor, now=NOON)
    parted = part_project(joined, actor=actor, now=NOON)

    assert (joined.adoption, parted.adoption) == (adoption, None)
    assert not project.taken.exists()


@pytest.mark.both
def test_authors_see_nothing_of_a_project_until_it_is_shown_to_them(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters)
    author, actor, stranger = someone("author"), someone("adopter"), a_person("stranger")

    def told() -> list[int]:
        people = (author, actor, stranger)
        return [len(projects_doing(adoption, one)) for one in people]

    hidden = told()
    open_project(project, is_open=True, actor=actor, now=NOON)
    shown = told()
    with pytest.raises(PermissionDenied):
        open_project(project, is_open=False, actor=author, now=NOON)
    part_project(project, actor=actor, now=NOON)

    assert (hidden, shown, told()) == ([0, 1, 0], [1, 1, 0], [0, 0, 0])


def test_pages_show_a_project_to_authors_only_when_it_is_open(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters)
    typed(project, "problem", "Наша тайна.")
    author, clients = Client(), [Client(), Client()]
    author.force_login(someone("author"))
    clients[0].force_login(someone("adopter"))
    clients[1].force_login(a_person("stranger"))
    url = reverse("projects:origin", args=[project.key])
    page = reverse("projects:adoption", args=[adoption.key])

    before = (author.get(url).status_code, project.title in author.get(page).content.decode())
    clients[0].post(reverse("projects:show_authors", args=[project.key]), {"to": "authors"})
    shown = author.get(url)

    assert before[0] == 404
    assert (shown.status_code, "Наша тайна." in shown.content.decode()) == (200, True)
    assert author.get(reverse("projects:project", args=[project.key])).status_code == 404
    assert author.get(reverse("projects:whole", args=[project.key])).status_code == 404
    assert [one.get(url).status_code for one in clients] == [200, 404]
    assert [one.get(page).status_code for one in clients] == [200, 404]


def test_the_marks_stand_beside_the_fields_in_the_form_and_on_the_whole_page(
    practice: Practice, adopters: Organisation
) -> None:
    _adoption, project = applied(practice, adopters)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone("adopter"))
    typed(project, "problem", "Иначе.")

    about = client.get(reverse("projects:section", args=[project.key, "about"]))
    whole = client.get(reverse("projects:whole", args=[project.key]))

    for page in (about.content.decode(), whole.content.decode()):
        assert page.count('class="origin origin-changed"') == 1
        assert f"{reverse('projects:origin', args=[project.key])}#t-problem" in page


def test_applying_walks_through_pages_alone(practice: Practice, adopters: Organisation) -> None:
    client = Client()
    client.force_login(someone("adopter"))
    url = reverse("projects:apply", args=[practice.key])
    form = client.get(url).context["form"]
    given = {"organisation": str(adopters.key), "key": str(form["key"].value()), "way": "mentor"}

    bad = client.post(url, given | {"way": "?"})
    meant = client.post(url, given | {"scale": "Реже"})
    adoption = Adoption.objects.get()
    again = client.get(url)

    assert (bad.status_code, meant.status_code) == (422, 302)
    assert (adoption.way, adoption.changes, Project.objects.count()) == (
        "mentor",
        {"scale": "Реже"},
        0,
    )
    assert again.headers["Location"] == reverse("projects:adoption", args=[adoption.key])

    begun = client.post(
        reverse("projects:begin_adopted", args=[adoption.key]), {"key": str(uuid4())}
    )
    project = Project.objects.get()
    assert begun.headers["Location"] == reverse("projects:project", args=[project.key])
    assert written(project).values["partners/aaaaaa/name"] == "Полтора шага"


def test_a_centre_finds_the_organisation_for_which_it_applies(
    practice: Practice, adopters: Organisation
) -> None:
    from_centre = a_consultant(centre=a_centre("Центр края", region=adopters.region))
    client, nobody = Client(), Client()
    client.force_login(from_centre)
    nobody.force_login(a_person("nobody"))
    url = reverse("projects:apply", args=[practice.key])

    asked = client.get(url, {"q": "река"})
    form = client.get(f"{url}?organisation={adopters.key}").context["form"]
    given = {"organisation": str(adopters.key), "key": str(form["key"].value()), "way": "alone"}
    silent = client.post(f"{url}?organisation={adopters.key}", given)
    told = client.post(f"{url}?organisation={adopters.key}", given | {"told_by": "Яровая"})

    assert asked.status_code == 200
    assert (silent.status_code, told.status_code) == (422, 302)
    assert Adoption.objects.get().told_by == "Яровая"
    assert "form" not in nobody.get(f"{url}?organisation={adopters.key}").context


def test_the_steps_of_its_life_are_walked_through_pages(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, _project = applied(practice, adopters)
    ours, theirs = Client(), Client()
    ours.force_login(someone("adopter"))
    theirs.force_login(someone("author"))

    def step(client: Client, name: str, **given: str) -> int:
        return client.post(reverse("projects:step", args=[adoption.key, name]), given).status_code

    proof = {"result": "Семьи занимаются", "number": "12", "measured": "Анкета"}
    told = [
        step(theirs, "run"),
        step(ours, "run"),
        step(ours, "prove", number="12"),
        step(ours, "prove", **proof),
        step(ours, "confirm"),
        step(theirs, "confirm"),
    ]

    adoption.refresh_from_db()
    assert told == [403, 302, 422, 302, 403, 302]
    assert (adoption.state, adoption.number) == ("proven", "12")
    for client in (ours, theirs):
        assert client.get(reverse("projects:adoption", args=[adoption.key])).status_code == 200
        assert client.get(reverse("projects:adoptions")).status_code == 200


def test_the_list_of_what_is_taken_home_asks_as_often_for_three_as_for_one(
    practice: Practice, adopters: Organisation
) -> None:
    client, numbers = Client(), []
    client.force_login(someone("adopter"))
    for title in ("Один", "Два", "Три"):
        one = published(title, organisation=practice.organisation)
        intend(one, adopters, Intent(), actor=someone("adopter"), now=NOON)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("projects:adoptions"))
        numbers.append(len(queries))

    assert numbers[0] == numbers[2] <= 12


@pytest.mark.both
def test_a_practice_told_of_a_project_grew_from_the_one_that_the_project_does(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters)

    told = [make_practice(project, actor=someone("adopter"), now=NOON) for _press in range(2)]

    assert told[0] == told[1]
    assert told[0].descent.adoption == adoption
    back = intend_by_authors(told[0], practice)
    with pytest.raises(Refused) as circle:
        grow_practice(practice, back, actor=someone("author"), now=NOON)
    assert [gap.code for gap in circle.value.gaps] == ["descent.circle"]


def intend_by_authors(grown: Practice, practice: Practice) -> Adoption:
    """The authors take home what grew from their own practice."""
    write(grown, {"title": "Выросла"})
    Practice.objects.filter(pk=grown.pk).update(stage="published", published_at=NOON)
    authors = practice.organisation
    assert authors is not None
    return intend(grown, authors, Intent(), actor=someone("author"), now=NOON)


@pytest.mark.both
def test_of_what_did_not_go_no_project_is_begun(practice: Practice, adopters: Organisation) -> None:
    adoption = intend(practice, adopters, Intent(), actor=someone("adopter"), now=NOON)
    adoption = drop(adoption, "Нет людей", actor=someone("adopter"), now=NOON)

    with pytest.raises(Refused):
        begin_from(adoption, Draft(uuid4(), upper), actor=someone("adopter"), now=NOON)
