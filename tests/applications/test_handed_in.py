"""Whoever screens opens exactly the files that were handed in, and nobody else does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Frozen, Submission
from sinergia.applications.queries.screening import evidence_of
from sinergia.base.files.models import StoredFile
from sinergia.organisations.models import Centre, Organisation
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.projects.actions.files import attach, take_off
from sinergia.projects.models import Attachment, Project
from tests.applications.arrange_received import keep_rules
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_person,
    a_ready_project,
    a_region,
    an_administrator,
    an_upload,
    sign_in_twice,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def screener(centre: Centre, client: Client) -> Person:
    made = a_consultant(centre=centre)
    client.force_login(made)
    return made


@pytest.fixture
def project(organisation: Organisation, leader: Person, centre: Centre) -> Project:
    return a_ready_project(organisation=organisation, contest=a_contest(centre=centre))


@pytest.fixture
def letter(project: Project, leader: Person) -> Attachment:
    return attach(project, "letters", an_upload(leader, b"Letter"), actor=leader, now=NOON)


@pytest.fixture
def submission(project: Project, letter: Attachment, leader: Person) -> Submission:
    return submit(project, actor=leader, now=NOON)


def address(submission: Submission, letter: Attachment) -> str:
    return f"/submissions/{submission.key}/files/{letter.key}/"


def bytes_of(client: Client, at: str) -> bytes:
    answer = client.get(at)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # as files are given


def test_a_file_that_was_handed_in_is_listed_with_its_checksum_and_opens(
    submission: Submission, letter: Attachment, screener: Person, client: Client
) -> None:
    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()

    assert address(submission, letter) in page
    assert letter.file.name in page
    assert letter.file.digest in page
    assert bytes_of(client, address(submission, letter)) == b"Letter"


def test_taken_out_of_the_draft_later_it_is_still_what_was_handed_in(
    submission: Submission,
    letter: Attachment,
    screener: Person,
    leader: Person,
    client: Client,
) -> None:
    take_off(letter, actor=leader, now=NOON)

    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()

    assert address(submission, letter) in page
    assert bytes_of(client, address(submission, letter)) == b"Letter"


def test_the_machine_counts_the_files_that_were_handed_in_and_not_those_of_the_draft(
    project: Project, letter: Attachment, leader: Person
) -> None:
    rules = shipped()["regional"]
    asked = rules.fields["letters"].model_copy(update={"is_required": True, "least": 1})
    keep_rules(rules.model_copy(update={"fields": dict(rules.fields) | {"letters": asked}}))
    submission = submit(project, actor=leader, now=NOON)

    take_off(letter, actor=leader, now=NOON)

    assert evidence_of(submission)[1].is_ready


def test_a_file_added_to_the_draft_later_was_not_handed_in(
    submission: Submission,
    project: Project,
    screener: Person,
    leader: Person,
    client: Client,
) -> None:
    upload = an_upload(leader, b"Later", "later.txt")
    later = attach(project, "letters", upload, actor=leader, now=NOON + timedelta(minutes=1))

    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()

    assert "later.txt" not in page
    assert client.get(address(submission, later)).status_code == 404
    assert client.get(f"/submissions/{submission.key}/files/{uuid4()}/").status_code == 404


def test_a_file_that_is_another_by_now_is_told_and_not_given_out(
    submission: Submission, letter: Attachment, screener: Person, client: Client
) -> None:
    StoredFile.objects.filter(pk=letter.file_id).update(digest="0" * 64)
    client.cookies["django_language"] = "en"

    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()

    assert "what is kept is not what was handed in" in page
    assert address(submission, letter) not in page
    assert client.get(address(submission, letter)).status_code == 410


def test_where_the_document_was_changed_no_file_is_given_out(
    submission: Submission, letter: Attachment, screener: Person, client: Client
) -> None:
    Frozen.objects.update(content=b"{}")

    assert client.get(address(submission, letter)).status_code == 410


def test_nobody_but_the_centre_of_the_contest_opens_it(
    submission: Submission, letter: Attachment, leader: Person, organisation: Organisation
) -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    strangers = [
        a_consultant("neighbour", centre=a_centre("Центр Б", region=region)),
        leader,
        a_person("somebody"),
    ]
    for person in strangers:
        client = Client()
        client.force_login(person)
        assert client.get(address(submission, letter)).status_code in (403, 404)
    administrator = Client()
    sign_in_twice(administrator, an_administrator())
    assert administrator.get(address(submission, letter)).status_code == 403
    assert Client().get(address(submission, letter)).status_code == 302
