"""A project is submitted once, in time, frozen to the byte, and checked by its receipt."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from pypdf import PdfReader

from sinergia.applications.actions.removing import remove_contest
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Frozen, Submission
from sinergia.applications.queries.submissions import is_whole, read_frozen, written_frozen
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import aim_project, remove_project
from sinergia.projects.models import Project, Revision
from sinergia.projects.queries.writing import written
from tests.afterwards import codes_in, run_errands
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_project,
    a_ready_project,
)
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def contest() -> Contest:
    return a_contest(centre=a_centre())


def test_what_is_submitted_is_frozen_with_a_number_and_a_digest(
    project: Project, leader: Person
) -> None:
    made = submit(project, actor=leader, now=NOON)
    save_fields(project, [Save(path("summary"), "Потом иначе", 1)], actor=leader, now=NOON)

    told = read_frozen(made)
    assert made.shown_number == "26-1-0001"
    assert (made.asked_minor, made.frozen.own_minor, made.frozen.category) == (
        90_000_00,
        10_000_00,
        "s",
    )
    assert told.values["summary"] == "Соседи делают двор тёплым."
    assert told.digest == made.frozen.digest
    assert Revision.objects.filter(why="submitted").count() == 1


def test_pressed_twice_and_by_two_leaders_it_is_one_application(
    project: Project, leader: Person, organisation: Organisation
) -> None:
    other = a_leader("second", organisation=organisation)

    made = [submit(project, actor=one, now=NOON) for one in (leader, leader, other)]

    assert len({one.pk for one in made}) == 1
    assert Contest.objects.get().last_number == 1


def test_the_last_moment_of_the_intake_is_in_time_and_the_next_one_is_not(
    project: Project, leader: Person, contest: Contest
) -> None:
    assert contest.closes_at is not None
    with pytest.raises(Refused) as late:
        submit(project, actor=leader, now=contest.closes_at + timedelta(microseconds=1))
    assert codes_in(late) == ["submission.closed"]
    assert project.fields.exclude(value="").exists()  # the draft stays

    made = submit(project, actor=leader, now=contest.closes_at)

    assert made.submitted_at == contest.closes_at


def test_before_the_intake_is_open_nothing_is_taken_in(
    project: Project, leader: Person, contest: Contest
) -> None:
    Contest.objects.update(stage="announced")
    with pytest.raises(Refused) as early:
        submit(project, actor=leader, now=NOON)

    assert codes_in(early) == ["submission.closed"]


def test_what_hinders_is_told_and_nothing_is_submitted(
    organisation: Organisation, leader: Person, contest: Contest
) -> None:
    bare = a_project(organisation=organisation, contest=contest)

    with pytest.raises(Refused) as refusal:
        submit(bare, actor=leader, now=NOON)

    assert "field.missing" in codes_in(refusal)
    assert Contest.objects.get().last_number == 0


def test_only_leaders_submit_and_withdraw(
    project: Project, leader: Person, organisation: Organisation
) -> None:
    editor = a_leader("editor", organisation=organisation, role="editor")
    with pytest.raises(PermissionDenied):
        submit(project, actor=editor, now=NOON)

    made = submit(project, actor=leader, now=NOON)

    with pytest.raises(PermissionDenied):
        withdraw(made, actor=editor, now=NOON)


def test_withdrawn_and_submitted_again_it_keeps_its_number(
    project: Project, leader: Person
) -> None:
    first = submit(project, actor=leader, now=NOON)
    withdraw(first, actor=leader, now=NOON)
    withdraw(first, actor=leader, now=NOON)
    save_fields(project, [Save(path("summary"), "Исправлено", 1)], actor=leader, now=NOON)

    second = submit(project, actor=leader, now=NOON)

    assert (second.number, second.version) == (first.number, 2)
    assert second.frozen.digest != first.frozen.digest
    first.refresh_from_db()
    assert first.stage == "withdrawn"
    assert is_whole(first)  # what was handed in stays, too


def test_what_is_submitted_stays_with_its_contest_until_it_is_withdrawn(
    project: Project, leader: Person, contest: Contest, client: Client
) -> None:
    made = submit(project, actor=leader, now=NOON)
    client.force_login(leader)
    page = f"/projects/{project.key}/"

    before = client.get(page).content.decode()
    client.post(f"{page}aim/", {"contest": ""})
    refused = client.post(f"{page}remove/", follow=True)

    assert (f"{page}aim/" in before, f"{page}remove/" in before) == (False, False)
    assert f"?copy={project.key}" in before
    project.refresh_from_db()
    assert (project.contest, project.removed_at) == (contest, None)
    assert client.get(f"{page}submit/", follow=True).status_code == refused.status_code == 200
    withdraw(made, actor=leader, now=NOON)
    aim_project(project, None, actor=leader, now=NOON)
    project.refresh_from_db()
    assert project.contest is None


def test_a_project_says_that_it_is_submitted_and_is_not_put_away_meanwhile(
    project: Project, leader: Person, client: Client
) -> None:
    made = submit(project, actor=leader, now=NOON)
    client.force_login(leader)

    page = client.get(f"/projects/{project.key}/").content.decode()
    with pytest.raises(Refused):
        remove_project(project, actor=leader, now=NOON)
    refused = client.post(f"/projects/{project.key}/remove/", follow=True).content.decode()
    withdraw(made, actor=leader, now=NOON)
    remove_project(project, actor=leader, now=NOON)

    assert "Заявка 26-1-0001 подана" in page
    assert "Сначала отзовите заявку" in refused
    project.refresh_from_db()
    assert (project.submitted_as, project.removed_at) == ("", NOON)


def test_a_contest_for_practice_is_removed_with_what_was_handed_in_to_it(
    project: Project, leader: Person, contest: Contest
) -> None:
    submit(project, actor=leader, now=NOON)
    Contest.objects.update(is_training=True)
    head = a_consultant("practising", centre=contest.centre, role="head")

    remove_contest(contest, actor=head, now=NOON)

    project.refresh_from_db()
    assert (project.contest, project.submitted_as) == (None, "")
    assert project.fields.exclude(value="").exists()  # what was written stays
    assert not Submission.objects.exists()


def test_after_the_intake_nothing_is_withdrawn_by_a_press(
    project: Project, leader: Person, contest: Contest
) -> None:
    made = submit(project, actor=leader, now=NOON)
    assert contest.closes_at is not None

    with pytest.raises(Refused):
        withdraw(made, actor=leader, now=contest.closes_at + timedelta(seconds=1))


def test_more_than_the_rules_allow_is_told_before_it_is_submitted(
    project: Project, leader: Person, organisation: Organisation, contest: Contest
) -> None:
    second = a_ready_project(organisation=organisation, contest=contest)
    third = a_ready_project(organisation=organisation, contest=contest)
    made = [submit(one, actor=leader, now=NOON) for one in (project, second)]

    with pytest.raises(Refused) as refusal:
        submit(third, actor=leader, now=NOON)
    withdraw(made[0], actor=leader, now=NOON)

    assert codes_in(refusal) == ["applicant.many"]  # two, by the rules of the region
    assert submit(third, actor=leader, now=NOON).number == 3


def test_the_receipt_comes_by_letter_and_opens_without_an_account(
    project: Project, leader: Person, client: Client
) -> None:
    made = submit(project, actor=leader, now=NOON)
    run_errands()

    (letter,) = mail.outbox
    page = client.post(
        "/receipts/", {"number": made.shown_number, "code": made.frozen.code.lower()}
    )
    wrong = client.post("/receipts/", {"number": made.shown_number, "code": "2222222222"})
    missing = client.post("/receipts/", {"number": "26-1-9999", "code": made.frozen.code})

    client.force_login(leader)
    shown = client.get(f"/submissions/{made.key}/").content.decode()
    link = re.search(r'href="(/receipts/\?[^"]+)"', shown)
    client.logout()

    assert f"{settings.SITE_URL}/receipts/" in letter.body
    assert link is not None
    typed = client.get(unescape(link[1])).context["form"].initial
    assert typed == {"number": made.shown_number, "code": made.frozen.code}
    assert made.shown_number in letter.subject
    assert "контрольная сумма сходится" in page.content.decode()
    assert made.frozen.digest in page.content.decode()
    strip = re.compile(r'value="[^"]*"|nonce="[^"]*"')
    told = [strip.sub("", one.content.decode()) for one in (wrong, missing)]
    assert (wrong.status_code, missing.status_code) == (422, 422)
    assert told[0] == told[1]  # a wrong code and a missing number look alike


def test_bytes_changed_in_the_database_are_told_everywhere(
    project: Project, leader: Person, client: Client
) -> None:
    made = submit(project, actor=leader, now=NOON)
    content = bytes(made.frozen.content).replace("тёплым".encode(), "тёмным ".encode()[:-1])
    Frozen.objects.update(content=content)
    client.force_login(leader)

    page = client.get(f"/submissions/{made.key}/")
    paper = client.get(f"/submissions/{made.key}/application.pdf")
    receipt = client.post("/receipts/", {"number": made.shown_number, "code": made.frozen.code})

    assert content != bytes(made.frozen.content)
    assert "не тот, что был подан" in page.content.decode()
    assert paper.status_code == 410
    assert "не сходится" in receipt.content.decode()


def test_the_paper_has_its_checksum_on_every_page(
    project: Project, leader: Person, client: Client
) -> None:
    long = "Очень подробное описание. " * 150
    save_fields(project, [Save(path("problem"), long, 1)], actor=leader, now=NOON)
    made = submit(project, actor=leader, now=NOON)
    client.force_login(leader)

    paper = client.get(f"/submissions/{made.key}/application.pdf")
    again = client.get(f"/submissions/{made.key}/application.pdf")

    reader = PdfReader(BytesIO(paper.content))
    assert len(reader.pages) > 1
    assert all(made.frozen.digest in page.extract_text().replace("\n", "") for page in reader.pages)
    assert paper.content == again.content


def test_pages_of_submitting_walk_from_readiness_to_the_receipt(
    project: Project, leader: Person, client: Client, contest: Contest
) -> None:
    Contest.objects.update(closes_at="2100-01-01T00:00Z")
    client.force_login(leader)

    page = client.get(f"/projects/{project.key}/submit/").content.decode()
    made = client.post(f"/projects/{project.key}/submit/")
    again = client.get(f"/projects/{project.key}/submit/")
    receipt = client.get(made["Location"]).content.decode()
    client.post(f"{made['Location']}withdraw/")

    assert "Подать заявку" in page
    assert again["Location"] == made["Location"]
    assert "26-1-0001" in receipt
    assert Submission.objects.get().stage == "withdrawn"


def test_rows_are_handed_in_in_the_order_in_which_they_stand(
    project: Project, leader: Person
) -> None:
    for row, text in (("ffffff", "Сначала"), ("0b0b0b", "Потом")):
        save = Save(path(f"tasks/{row}/text"), text, 0)
        save_fields(project, [save], actor=leader, now=NOON)
    before = [row.texts["text"] for row in written(project).document.rows["tasks"]]

    made = submit(project, actor=leader, now=NOON)

    handed_in = written_frozen(made).document.rows["tasks"]
    assert [row.texts["text"] for row in handed_in] == before
    assert before == ["Собрать людей", "Сначала", "Потом"]
