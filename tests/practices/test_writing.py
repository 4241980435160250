"""Texts of a practice, saved one by one; rows, versions, and what a project gives to one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.drafts.actions import Save, texts_of
from sinergia.base.journal.models import Entry
from sinergia.engine.practice import PRACTICE
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.history import keep_quiet, keep_revision, restore, take_out_row
from sinergia.practices.actions.rows import move_row
from sinergia.practices.actions.saving import QUIET, save_fields
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.actions.starting import Begun, begin_practice
from sinergia.practices.models import Practice, PracticeRevision
from sinergia.practices.queries.writing import missing_of, written
from sinergia.projects.actions.into_practice import first_sentence, make_practice
from tests.arrange import (
    NOON,
    READY,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_person,
    a_ready_project,
    an_organisation,
)
from tests.practices.arrange_writing import a_begun_practice, a_ready_practice, write

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation) -> Person:
    return a_leader(organisation=organisation)


@pytest.fixture
def practice(organisation: Organisation, leader: Person) -> Practice:
    return a_begun_practice(organisation=organisation, actor=leader)


def test_in_the_same_field_the_second_sees_both(
    practice: Practice, organisation: Organisation, leader: Person
) -> None:
    editor, path = a_leader("editor", organisation=organisation), PRACTICE.parse("essence")
    assert path is not None
    save_fields(practice, [Save(path, "Первый", 0)], actor=leader, now=NOON)

    (done,) = save_fields(practice, [Save(path, "Второй", 0)], actor=editor, now=NOON)

    assert (done.is_conflict, done.text.value) == (True, "Первый")


def test_strangers_write_nothing(practice: Practice) -> None:
    with pytest.raises(PermissionDenied):
        write(practice, {"essence": "Чужое"}, actor=a_person("stranger"))


def test_begun_twice_by_one_form_it_is_begun_once(
    organisation: Organisation, leader: Person
) -> None:
    given = Begun("Двор без опасных углов", uuid4())

    first = begin_practice(organisation, given, actor=leader, now=NOON)
    again = begin_practice(organisation, given, actor=leader, now=NOON)

    assert first == again
    assert (first.title, first.region) == ("Двор без опасных углов", organisation.region)


def test_the_centre_says_from_whose_words_it_writes(organisation: Organisation) -> None:
    consultant = a_consultant(centre=a_centre(region=organisation.region))

    with pytest.raises(Refused) as refusal:
        begin_practice(organisation, Begun("Двор", uuid4()), actor=consultant, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["nobody_told"]


def test_rows_go_up_and_down_and_out_and_history_keeps_them(
    practice: Practice, leader: Person
) -> None:
    steps = {"steps/aaaaaa/what": "Один", "steps/bbbbbb/what": "Два"}
    write(practice, steps, actor=leader)

    moved = move_row(practice, "steps", "bbbbbb", "up", actor=leader, now=NOON)
    take_out_row(practice, "steps", "aaaaaa", actor=leader, now=NOON)

    (picture,) = practice.revisions.all()
    assert moved == ["bbbbbb", "aaaaaa"]
    assert [row.id for row in written(practice).document.rows["steps"]] == ["bbbbbb"]
    assert (picture.why, texts_of(picture)["steps/aaaaaa/what"]) == ("taken_out", "Один")


def test_an_earlier_version_comes_back_and_what_stood_is_kept(
    practice: Practice, leader: Person
) -> None:
    write(practice, {"essence": "Прежняя"}, actor=leader)
    named = keep_revision(practice, "Первая", actor=leader, now=NOON)
    write(practice, {"essence": "Новая", "problem": "Далеко"}, actor=leader)

    restore(named, actor=leader, now=NOON)

    assert written(practice).values == {"title": "Домашний маршрут", "essence": "Прежняя"}
    kept = PracticeRevision.objects.get(why="restored")
    assert texts_of(kept)["problem"] == "Далеко"


def test_what_was_sent_keeps_its_name_though_somebody_names_it(
    organisation: Organisation, leader: Person
) -> None:
    ready = a_ready_practice(organisation=organisation, actor=leader)
    sent = send_practice(ready, actor=leader, now=NOON).sent

    named = keep_revision(ready, "К проверке", actor=leader, now=NOON)

    assert (named, named.why, named.name) == (sent, "sent", "К проверке")


def test_a_picture_is_kept_once_nobody_writes(practice: Practice, leader: Person) -> None:
    write(practice, {"essence": "Суть"}, actor=leader)

    keep_quiet(practice, now=NOON + QUIET - timedelta(seconds=1))
    before = practice.revisions.count()
    keep_quiet(practice, now=NOON + QUIET)
    keep_quiet(practice, now=NOON + QUIET)

    assert (before, practice.revisions.count()) == (0, 1)


def test_a_project_gives_a_practice_what_it_has_said_already(
    organisation: Organisation, leader: Person
) -> None:
    contest = a_contest(centre=a_centre())
    project = a_ready_project(organisation=organisation, contest=contest)

    made = make_practice(project, actor=leader, now=NOON)
    again = make_practice(project, actor=leader, now=NOON)

    told = written(made)
    groups = [row.texts["who"] for row in told.document.rows["audiences"]]
    assert (made, made.title) == (again, project.title)
    assert told.values["problem"] == READY["problem"]
    assert told.values["essence"] == READY["summary"].partition(".")[0] + "."
    assert told.document.start_minor
    assert groups == [text for path, text in READY.items() if path.startswith("target_groups/")]
    codes = {gap.code for gap in missing_of(told).card}
    assert codes == {"field.missing", "audience.unknown"}
    begun = Entry.objects.get(verb="practice.begun")
    assert f"project:{project.key}" in bytes(begun.content).decode()


@pytest.mark.parametrize(
    ("summary", "essence"),
    [
        ("Цех в г. Рудный Лог шьёт. Их продают.", "Цех в г. Рудный Лог шьёт."),
        ("Соседи чинят «Уют». Затем другое.", "Соседи чинят «Уют»."),
        ("Один " * 80 + ".", ""),
        ("Без точки", "Без точки"),
        ("", ""),
    ],
)
def test_the_essence_is_the_first_sentence_where_it_is_short(summary: str, essence: str) -> None:
    assert first_sentence(summary) == essence


def test_a_project_of_others_gives_nothing(organisation: Organisation) -> None:
    project = a_ready_project(organisation=organisation, contest=a_contest(centre=a_centre()))

    with pytest.raises(PermissionDenied):
        make_practice(project, actor=a_person("stranger"), now=NOON)
