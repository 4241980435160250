"""Texts of a project, saved one by one: nothing that was accepted is ever lost."""

import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sinergia.base.drafts.actions import Save, Saved, texts_of
from sinergia.base.drafts.forms import NOTHING, Seen
from sinergia.base.drafts.http import Writing, versions_of
from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.engine.drafts import LONGEST, Path, trace_of
from sinergia.engine.project import PROJECT, parse_path
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.people.words import theirs_of
from sinergia.projects.actions.files import attach
from sinergia.projects.actions.history import keep_revision, restore, take_out_row
from sinergia.projects.actions.saving import QUIET, save_fields
from sinergia.projects.actions.starting import Begun, begin_project, remove_project, share_project
from sinergia.projects.models import DraftField, Project, Revision
from sinergia.projects.queries.writing import written
from sinergia.projects.tasks import keep_quiet
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_project,
    an_organisation,
    an_upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation) -> Person:
    return a_leader(organisation=organisation)


@pytest.fixture
def project(organisation: Organisation, leader: Person) -> Project:
    return a_project(organisation=organisation)


def path(text: str) -> Path:
    found = parse_path(text)
    assert found is not None
    return found


def save(project: Project, at: str, text: str, base: int, actor: Person) -> Saved:
    (done,) = save_fields(project, [Save(path(at), text, base)], actor=actor, now=NOON)
    return done


def test_two_people_in_different_fields_both_keep_their_work(
    project: Project, organisation: Organisation, leader: Person
) -> None:
    editor = a_leader("editor", organisation=organisation, role="editor")

    save(project, "summary", "Соберём соседей", 0, leader)
    save(project, "problem", "Двор пуст", 0, editor)

    texts = written(project).values
    assert (texts["summary"], texts["problem"]) == ("Соберём соседей", "Двор пуст")


def test_in_the_same_field_the_second_sees_both_and_nothing_is_overwritten(
    project: Project, organisation: Organisation, leader: Person
) -> None:
    editor = a_leader("editor", organisation=organisation, role="editor")
    save(project, "summary", "Первый", 0, leader)

    second = save(project, "summary", "Второй", 0, editor)
    kept = save(project, "summary", "Второй", second.text.version, editor)

    assert (second.is_conflict, second.text.value) == (True, "Первый")
    assert (kept.is_conflict, kept.text.version) == (False, 2)
    assert DraftField.objects.get(path="summary").value == "Второй"


def test_a_repeated_request_is_saved_once(project: Project, leader: Person) -> None:
    first = save(project, "summary", "Один раз", 0, leader)
    again = save(project, "summary", "Один раз", 0, leader)

    assert (again.is_conflict, again.text.version) == (False, first.text.version)


def test_text_is_kept_without_what_nobody_sees(project: Project, leader: Person) -> None:
    pasted = "Пункт\x00 1\r\n•\tПункт 2 🙂 \u202eשלום\u202c"

    done = save(project, "problem", pasted, 0, leader)

    assert done.text.value == "Пункт 1\n•\tПункт 2 🙂 שלום"


def test_a_paste_of_two_megabytes_is_refused_and_what_stood_there_stays(
    project: Project, leader: Person
) -> None:
    save(project, "problem", "Двор пуст", 0, leader)

    with pytest.raises(Refused) as refusal:
        save(project, "problem", "ж" * (LONGEST + 1), 1, leader)

    assert refusal.value.gaps[0].code == "text_too_long"
    assert written(project).values["problem"] == "Двор пуст"


def test_strangers_and_a_centre_that_was_not_asked_write_nothing(
    project: Project, organisation: Organisation, leader: Person
) -> None:
    consultant = a_consultant(centre=a_centre())
    stranger = a_leader("stranger", organisation=an_organisation("Чужие"))

    for person in (consultant, stranger):
        with pytest.raises(PermissionDenied):
            save(project, "summary", "Чужое", 0, person)
    share_project(project, is_shared=True, actor=leader, now=NOON)

    assert save(project, "summary", "Помощь центра", 0, consultant).text.version == 1


def test_nobody_writes_in_a_project_that_was_put_away(project: Project, leader: Person) -> None:
    remove_project(project, actor=leader, now=NOON)

    with pytest.raises(PermissionDenied):
        save(project, "summary", "Поздно", 0, leader)


def test_the_title_of_the_list_follows_its_field(project: Project, leader: Person) -> None:
    save(project, "title", "Двор, где тепло", 1, leader)

    project.refresh_from_db()
    assert (project.title, project.title_folded) == ("Двор, где тепло", "двор, где тепло")


def test_a_row_is_taken_out_and_its_texts_are_kept_in_a_version(
    project: Project, leader: Person
) -> None:
    save(project, "tasks/aaaaaa/text", "Собрать людей", 0, leader)

    take_out_row(project, "tasks", "aaaaaa", actor=leader, now=NOON)
    take_out_row(project, "tasks", "aaaaaa", actor=leader, now=NOON)

    assert written(project).document.rows["tasks"] == []
    version = Revision.objects.get()
    assert texts_of(version)["tasks/aaaaaa/text"] == "Собрать людей"


def test_whoever_writes_in_a_row_that_was_taken_out_can_keep_it(
    project: Project, leader: Person
) -> None:
    save(project, "tasks/aaaaaa/text", "Собрать людей", 0, leader)
    take_out_row(project, "tasks", "aaaaaa", actor=leader, now=NOON)

    clash = save(project, "tasks/aaaaaa/text", "Собрать людей и кошек", 1, leader)
    save(project, "tasks/aaaaaa/text", "Собрать людей и кошек", clash.text.version, leader)

    (row,) = written(project).document.rows["tasks"]
    assert clash.is_conflict
    assert row.texts["text"] == "Собрать людей и кошек"


def test_an_earlier_version_comes_back_and_what_stood_is_kept(
    project: Project, leader: Person
) -> None:
    save(project, "summary", "Сначала", 0, leader)
    version = keep_revision(project, "Первый вариант", actor=leader, now=NOON)
    save(project, "summary", "Потом", 1, leader)
    save(project, "problem", "Новое", 0, leader)

    restore(version, actor=leader, now=NOON + timedelta(minutes=1))

    texts = written(project).values
    assert (texts["summary"], texts["problem"]) == ("Сначала", "")
    before = Revision.objects.get(why="restored")
    assert texts_of(before)["problem"] == "Новое"


def test_a_version_is_kept_after_ten_quiet_minutes_and_not_before(
    project: Project, leader: Person
) -> None:
    save(project, "summary", "Пишем", 0, leader)
    Project.objects.update(changed_at=NOON)
    waiting = Errand.objects.filter(name="projects.keep_quiet", done_at=None)
    assert waiting.count() == 1
    assert waiting.get().run_after == NOON + QUIET

    keep_quiet(str(project.key))  # by the clock of now, days later
    keep_quiet(str(project.key))

    assert Revision.objects.filter(why="quiet").count() == 1


def test_a_copy_has_the_texts_and_not_the_answers_of_another_contest(
    project: Project, organisation: Organisation, leader: Person
) -> None:
    save(project, "summary", "Соберём соседей", 0, leader)

    given = Begun("Тёплый двор-2", uuid4(), copy=project)
    made = begin_project(organisation, given, actor=leader, now=NOON)
    again = begin_project(organisation, given, actor=leader, now=NOON)

    texts = written(made).values
    assert (texts["summary"], texts["title"]) == ("Соберём соседей", "Тёплый двор-2")
    assert again.pk == made.pk
    assert made.copied_from_id == project.pk


def test_the_key_of_a_page_opens_nobody_elses_project(project: Project) -> None:
    other = an_organisation("Чужие")
    stranger = a_leader("stranger", organisation=other)

    with pytest.raises(PermissionDenied):
        begin_project(other, Begun("Х", project.key), actor=stranger, now=NOON)


def test_the_centre_writes_from_somebodys_words_and_says_whose(
    organisation: Organisation,
) -> None:
    consultant = a_consultant(centre=a_centre())

    with pytest.raises(Refused):
        begin_project(organisation, Begun("Х", uuid4()), actor=consultant, now=NOON)
    given = Begun("Х", uuid4(), told_by="Иванова, председатель")
    made = begin_project(organisation, given, actor=consultant, now=NOON)

    assert (made.is_shared, made.told_by) == (True, "Иванова, председатель")


def test_one_upload_is_one_file_however_often_it_is_pressed(
    project: Project, leader: Person
) -> None:
    upload = an_upload(leader, b"Letter", "letter.txt")

    first = attach(project, "letters", upload, actor=leader, now=NOON)
    upload.refresh_from_db()
    again = attach(project, "letters", upload, actor=leader, now=NOON)

    assert first.pk == again.pk
    assert project.attachments.count() == 1


WRITERS, PATHS = ("one", "two"), ("summary", "problem", "tasks/aaaaaa/text")
STEP = st.tuples(
    st.sampled_from(WRITERS),
    st.sampled_from(PATHS),
    st.sampled_from(["", "а", "б", "в\nг"]),
    st.sampled_from(["arrives", "is repeated", "is lost", "comes late", "goes by the button"]),
)


def no_row(*_named: str) -> list[str]:
    raise AssertionError("no button of a row is pressed")


class Window:
    """One writer's page: what is typed at each place, and what was shown there."""

    def __init__(self, project: Project, person: Person, accepted: dict[str, list[str]]) -> None:
        self.project, self.person, self.accepted = project, person, accepted
        self.typed = dict.fromkeys(PATHS, "")
        self.seen = dict.fromkeys(PATHS, NOTHING)

    def ask(self, saves: Sequence[Save]) -> list[Saved]:
        done = save_fields(self.project, saves, actor=self.person, now=NOON)
        for one, became in zip(saves, done, strict=True):
            texts = self.accepted[str(one.path)]
            if not became.is_conflict and texts[-1] != one.text:
                # Nothing is overwritten that the writer had not seen.
                assert one.base == len(texts) - 1
                texts.append(one.text)
        return done

    def save(self, at: str, text: str, *, times: int) -> None:
        """A text as the page saves it by itself; a conflict shows theirs, too."""
        one = Save(path(at), text, self.seen[at].version)
        (done,) = [self.ask([one]) for _time in range(times)][-1]
        self.typed[at] = text
        self.seen[at] = Seen(done.text.version, trace_of(done.text.value))

    def press(self, at: str, text: str) -> None:
        """The whole page by its button; nothing becomes another where nobody typed."""
        self.typed[at] = text
        own = {one for one in PATHS if trace_of(self.typed[one]) != self.seen[one].trace}
        others = {one: list(texts) for one, texts in self.accepted.items() if one not in own}
        writing = Writing(PROJECT, self.ask, no_row, no_row, str, theirs_of)
        sent = writing.sent({**self.typed, "versions": json.dumps(self.seen)})
        assert {one: self.accepted[one] for one in others} == others
        stands = written(self.project)
        self.seen = dict.fromkeys(PATHS, NOTHING)
        told = json.loads(versions_of(stands.fields, sent.seen))
        self.seen |= {one: Seen(*seen) for one, seen in told.items() if one in PATHS}
        self.typed = {one: stands.values.get(one, "") for one in PATHS} | dict(sent.kept)


class AnyOrder(TestCase):
    """Requests that are lost, repeated and late: every accepted word is kept or was seen."""

    @settings(max_examples=60, deadline=None)
    @given(st.lists(STEP, max_size=25))
    def test_every_accepted_word_is_kept(self, steps: list[tuple[str, str, str, str]]) -> None:
        organisation = an_organisation()
        people = {name: a_leader(name, organisation=organisation) for name in WRITERS}
        project = begin_project(organisation, Begun("", uuid4()), actor=people["one"], now=NOON)
        accepted = {at: [""] for at in PATHS}  # what each text was, in order
        windows = {name: Window(project, people[name], accepted) for name in WRITERS}
        late: list[tuple[Window, Save]] = []

        for who, at, text, fate in steps:
            window = windows[who]
            if fate == "comes late":
                late.append((window, Save(path(at), text, window.seen[at].version)))
            elif fate == "goes by the button":
                window.press(at, text)
            elif fate != "is lost":
                window.save(at, text, times=2 if fate == "is repeated" else 1)
        for window, one in late:
            window.ask([one])

        stands = {row.path: (row.value, row.version) for row in project.fields.all()}
        for at, texts in accepted.items():
            assert stands.get(at, ("", 0)) == (texts[-1], len(texts) - 1)


def test_whoever_goes_on_writing_has_a_version_kept_once_they_stop(
    project: Project, leader: Person
) -> None:
    now = timezone.now()
    Project.objects.update(changed_at=now)  # written in while the first promise waited
    save_fields(project, [Save(path("summary"), "Пишем дальше", 0)], actor=leader, now=now)

    run_due_errands(now=now)
    waiting = Errand.objects.filter(name="projects.keep_quiet", done_at=None)

    assert not Revision.objects.exists()
    assert [one.run_after for one in waiting] == [now + QUIET]
