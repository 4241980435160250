"""A practice is applied at home: what a project takes from it, where it is marked, who sees it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.practices.actions.adopting import Intent, drop, grow_practice, intend
from sinergia.practices.actions.starting import remove_practice
from sinergia.practices.models import Practice
from sinergia.projects.actions.adopting import (
    Draft,
    apply_at_home,
    begin_from,
    join_project,
    open_project,
    part_project,
)
from sinergia.projects.actions.into_practice import make_practice
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project
from sinergia.projects.queries.adopting import compared_with, new_in, projects_doing, taken_of
from sinergia.projects.queries.writing import written
from sinergia.projects.words.adopting import origins_of
from tests.arrange import (
    NOON,
    a_leader,
    a_person,
    a_project,
    a_region,
    an_organisation,
)
from tests.practices.arrange import SAID, published, write
from tests.projects.arrange_applying import applied, intend_by_authors, someone, typed, upper

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
def test_authors_who_are_hidden_are_not_named_in_the_project(
    practice: Practice, adopters: Organisation
) -> None:
    Organisation.objects.filter(name="Полтора шага").update(is_public=False)
    hidden = Practice.objects.get(pk=practice.pk)

    _adoption, project = applied(hidden, adopters, way="partner", help="Партнёры проекта")

    values = written(project).values
    named = {path: text for path, text in values.items() if path.startswith("partners/")}
    assert named == {"partners/aaaaaa/what": "Партнёры проекта"}


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
    published_then = practice.revisions.latest("pk")
    _adoption, project = applied(practice, adopters)
    write(practice, {"title": "Иначе", "problem": "Другая беда."})

    assert all(not one.is_changed for one in compared_with(project, upper))
    assert {one.revision for one in taken_of(project)} == {published_then}


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


def test_a_practice_that_was_put_away_is_told_to_be_so_and_is_not_led_to(
    client: Client, practice: Practice, adopters: Organisation
) -> None:
    _adoption, project = applied(practice, adopters)
    made = make_practice(project, actor=someone("adopter"), now=NOON)
    remove_practice(made, actor=someone("adopter"), now=NOON)
    client.force_login(someone("adopter"))

    answer = client.post(f"/projects/{project.key}/practice/")

    assert answer["Location"] == f"/projects/{project.key}/"
    with pytest.raises(Refused) as refused:
        make_practice(project, actor=someone("adopter"), now=NOON)
    assert [gap.code for gap in refused.value.gaps] == ["practice_put_away"]


@pytest.mark.both
def test_of_what_did_not_go_no_project_is_begun(practice: Practice, adopters: Organisation) -> None:
    adoption = intend(practice, adopters, Intent(), actor=someone("adopter"), now=NOON)
    adoption = drop(adoption, "Нет людей", actor=someone("adopter"), now=NOON)

    with pytest.raises(Refused):
        begin_from(adoption, Draft(uuid4(), upper), actor=someone("adopter"), now=NOON)


@pytest.mark.both
def test_a_draft_that_grew_is_named_to_whoever_may_see_it_alone(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters)
    made = make_practice(project, actor=someone("adopter"), now=NOON)
    Practice.objects.filter(pk=made.pk).update(title="Черновик у реки")
    address = f"/adoptions/{adoption.key}/"

    def grown_for(name: str) -> bool:
        reader = Client()
        reader.force_login(someone(name))
        return "Черновик у реки" in reader.get(address).content.decode()

    draft = [grown_for(name) for name in ("adopter", "author")]
    Practice.objects.filter(pk=made.pk).update(stage="published", published_at=NOON)
    told = [grown_for(name) for name in ("adopter", "author")]
    Practice.objects.filter(pk=made.pk).update(removed_at=NOON)

    assert (draft, told) == ([True, False], [True, True])
    assert [grown_for(name) for name in ("adopter", "author")] == [False, False]


def test_a_price_of_another_currency_is_told_beside_and_is_no_price(
    practice: Practice, adopters: Organisation
) -> None:
    practice.currency = "EUR"
    practice.save()

    _adoption, project = applied(practice, adopters)

    values = written(project).values
    assert "lines/aaaaaa/price" not in values
    assert values["lines/aaaaaa/comment"] == "40; 1500 EUR"
    assert not [one for one in compared_with(project, upper) if one.is_changed]
