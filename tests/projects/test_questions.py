"""Questions that a contest asks by itself: typed, saved, shown, handed in."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from sinergia.applications.actions.submitting import submit
from sinergia.applications.papers.submission import paper_of
from sinergia.applications.queries.submissions import read_frozen
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.engine.drafts import MOST_ROWS
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import aim_project
from sinergia.projects.models import Attachment, DraftField, Project
from sinergia.projects.queries.writing import written
from sinergia.projects.words.outline import outline_of
from tests.arrange import (
    NOON,
    a_centre,
    a_contest,
    a_leader,
    a_ready_project,
    a_stored_file,
    an_organisation,
)
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation, client: Client) -> Person:
    made = a_leader(organisation=organisation)
    client.force_login(made)
    return made


@pytest.fixture
def contest() -> Contest:
    return a_contest(centre=a_centre())


@pytest.fixture
def project(organisation: Organisation, leader: Person, contest: Contest) -> Project:
    return a_ready_project(organisation=organisation, contest=contest)


def answer(project: Project, leader: Person, **texts: str) -> None:
    saves = [Save(path(f"answers/{code}"), text, 0) for code, text in texts.items()]
    save_fields(project, saves, actor=leader, now=NOON)


def test_a_section_with_nothing_in_it_is_not_begun_though_nothing_has_to_be_there(
    project: Project, leader: Person
) -> None:
    def kind() -> str:
        steps = outline_of(written(project), Readiness([], []))
        return next(step.kind for step in steps if step.name == "organisation")

    project.fields.filter(path__regex="^(activities|experience|resources)").delete()
    bare = kind()
    charter = a_stored_file(leader)
    Attachment.objects.create(
        project=project, field="charter", file=charter, at=NOON, by=leader.key
    )

    assert (bare, kind()) == ("neutral", "ok")


def test_the_section_has_a_field_for_each_question(client: Client, project: Project) -> None:
    page = client.get(f"/projects/{project.key}/form/questions/").content.decode()

    assert 'name="answers/elsewhere"' in page
    assert "Это можно." in page
    hidden = page.partition('data-field="answers/elsewhere_what"')[2].partition(">")[0]
    assert hidden.split() == ['data-when="answers/elsewhere"', 'data-answers="yes"', "hidden"]
    assert 'data-longest="1000"' in page


def test_an_answer_is_saved_as_one_types(client: Client, project: Project) -> None:
    sent = {"path": "answers/elsewhere", "text": "yes", "base": 0}

    told = client.post(f"/projects/{project.key}/save/", sent).json()

    assert (told["version"], told["text"]) == (1, "yes")


def test_without_a_script_an_answer_brings_up_the_question_that_hangs_on_it(
    client: Client, project: Project
) -> None:
    here = f"/projects/{project.key}/form/questions/"

    first = client.post(here, {"answers/elsewhere": "yes", "answers/elsewhere_what": ""})
    page = client.get(here).content.decode()
    sent = {"answers/elsewhere_what": "Фонд культуры, 100 000", "versions": "{}"}
    second = client.post(here, sent)

    assert first["Location"] == here
    assert " hidden>" not in page.partition("elsewhere_what")[2].partition("</div>")[0]
    assert second["Location"] == f"/projects/{project.key}/"


def test_what_is_missing_leads_to_its_field(
    client: Client, project: Project, leader: Person
) -> None:
    answer(project, leader, elsewhere="yes")

    page = client.get(f"/projects/{project.key}/").content.decode()

    field = f"/projects/{project.key}/form/questions/#f-answers-elsewhere_what"
    assert f'<a href="{field}">У кого, сколько и на какие расходы?</a>' in page


def test_the_whole_page_and_the_history_say_answers_in_words(
    client: Client, project: Project, leader: Person
) -> None:
    client.post(f"/projects/{project.key}/history/", {"name": "До вопросов"})
    answer(project, leader, elsewhere="no", elsewhere_what="Не нужно", foreign="Откуда-то")
    version = project.revisions.get(name="До вопросов")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    whole = client.get(f"/projects/{project.key}/whole/").content.decode()
    differs = client.get(f"/projects/{project.key}/history/{version.key}/").content.decode()

    assert "Do you ask for money for this same project elsewhere?</h3>" in whole
    assert "<p>No</p>" in whole
    assert "Не нужно" not in whole
    assert "<p>No</p>" in differs
    assert "Question of another contest" in differs


def test_what_is_asked_is_handed_in_and_stands_on_paper_and_nothing_else(
    project: Project, leader: Person
) -> None:
    answer(project, leader, elsewhere="no", elsewhere_what="Отпало", foreign="Чужому конкурсу")

    submission = submit(project, actor=leader, now=NOON)

    values = read_frozen(submission).values
    with override("en"):
        title, parts = paper_of(submission, language="en").sections[-1]
    assert {at: text for at, text in values.items() if at.startswith("answers/")} == {
        "answers/elsewhere": "no"
    }
    assert title == "Questions of the contest"
    assert [(part.label, part.text) for part in parts] == [
        ("Do you ask for money for this same project elsewhere?", "No")
    ]


def test_a_contest_that_asks_nothing_has_no_such_section(
    client: Client, project: Project, leader: Person
) -> None:
    aim_project(project, None, actor=leader, now=NOON)

    page = f"/projects/{project.key}/"
    assert "/form/questions/" not in client.get(page).content.decode()
    assert client.get(f"{page}form/questions/")["Location"] == page


def test_answers_to_invented_questions_do_not_pile_up(project: Project, leader: Person) -> None:
    DraftField.objects.bulk_create(
        DraftField(
            project=project, path=f"answers/q{at}", value="x", version=1, by=uuid4(), at=NOON
        )
        for at in range(MOST_ROWS)
    )

    with pytest.raises(Refused) as refusal:
        answer(project, leader, another="x")
    assert [gap.code for gap in refusal.value.gaps] == ["too_many_rows"]
