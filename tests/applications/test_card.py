"""The public card of an application that was handed in here: what its rules say, nothing else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.applications.actions.screening import Given, decide
from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Application, Frozen, Submission
from sinergia.base.drafts.actions import Save
from sinergia.organisations.models import Organisation
from sinergia.packs.rules import shipped
from sinergia.projects.actions.saving import save_fields
from tests.afterwards import run_errands
from tests.applications.arrange_received import keep_rules
from tests.arrange import (
    NOON,
    READY,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_ready_project,
    an_application,
    an_organisation,
)
from tests.projects.test_further import ORGANISATION, PEOPLE, as_the_fund, fill
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
SECRET = ("qualitative", "information_support", "development", "activities", "head/aaaaaa/name")


def submitted(public: tuple[str, ...] = ()) -> Submission:
    """A submission by the regional rules, with other public fields where they are named."""
    organisation: Organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    contest = a_contest(centre=a_centre())
    if public:
        rules = shipped()["regional"]
        told = rules.registration.model_copy(update={"public_fields": public})
        keep_rules(rules.model_copy(update={"registration": told}))
    project = a_ready_project(organisation=organisation, contest=contest)
    made = submit(project, actor=leader, now=NOON)
    save_fields(project, [Save(path("summary"), "Переписано потом", 1)], actor=leader, now=NOON)
    return made


def registered(submission: Submission) -> Application:
    centre = submission.contest.centre
    screener = a_consultant("screener", centre=centre)
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run_errands()
    return Application.objects.get()


def page_of(application: Application, client: Client) -> str:
    answer = client.get(f"/applications/{application.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_what_the_rules_make_public_as_it_was_handed_in(client: Client) -> None:
    page = page_of(registered(submitted()), client)

    for field in ("summary", "problem", "goals/aaaaaa/text", "tasks/aaaaaa/text"):
        assert READY[field] in page
    assert "10 января 2027" in page
    assert "Переписано потом" not in page
    assert "100 000" in re.sub(r"\s", " ", page)  # in all, of which 90 000 are asked
    assert not [field for field in SECRET if READY[field] in page]


def test_what_the_rules_do_not_name_is_not_shown(client: Client) -> None:
    page = page_of(registered(submitted(("title", "geography"))), client)

    assert READY["geography/aaaaaa/place"] in page
    for field in ("summary", "problem", "goals/aaaaaa/text"):
        assert READY[field] not in page
    assert "100 000" not in re.sub(r"\s", " ", page)


def test_of_people_and_of_the_organisation_nothing_is_public(client: Client) -> None:
    organisation: Organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    contest = a_contest(centre=a_centre())
    as_the_fund(contest)
    project = a_ready_project(organisation=organisation, contest=contest)
    told = PEOPLE | ORGANISATION | {"last_year/aaaaaa/people": "340", "tags/aaaaaa/tag": "village"}
    told |= {"media": "Газета", "founders/aaaaaa/name": "Ли Вэй", "signers/aaaaaa/name": "Грачёв"}
    fill(project, told | {"founders/aaaaaa/kind": "foreigner"}, leader)

    application = registered(submit(project, actor=leader, now=NOON))
    seen = page_of(application, client) + client.get("/applications/").content.decode()

    hidden = (
        "ivanova@example.org",
        "+7 900 000-00-00",
        "школа, учитель",
        "Пироги",
        "Счёт",
        "Ли Вэй",
    )
    assert not [text for text in (*hidden, "118 000", "Газета", "Село") if text in seen]
    assert READY["summary"] in seen
    for words in ("Грачёв", "ivanova@example.org"):
        found = client.get("/search/", {"q": words}).content.decode()
        assert READY["title"] not in found


def test_before_it_is_registered_there_is_nothing_to_be_seen(client: Client) -> None:
    made = submitted()

    found = client.get("/applications/").content.decode()
    direct = client.get(f"/applications/{made.key}/")

    assert made.title not in found
    assert direct.status_code == 404


def test_changed_bytes_are_told_and_nothing_of_them_is_shown(client: Client) -> None:
    application = registered(submitted())
    frozen = Frozen.objects.get()
    changed = bytes(frozen.content).replace("Соседи делают".encode(), "Соседи рушат".encode())
    Frozen.objects.update(content=changed)

    page = page_of(application, client)

    assert "не тот, что был подан" in page
    assert "Соседи рушат" not in page
    assert READY["problem"] not in page


def test_a_row_of_a_funds_own_file_has_no_card(client: Client) -> None:
    page = page_of(an_application("1"), client)

    assert 'id="card-title"' not in page


def test_the_page_asks_few_questions(client: Client) -> None:
    application = registered(submitted())
    with CaptureQueriesContext(connection) as queries:
        page_of(application, client)

    assert len(queries) <= 12
