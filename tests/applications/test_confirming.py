"""What confirms a submission comes as the rules say, in time, and is never lost."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.applications.actions.confirming import (
    add_confirmation,
    mark_received,
    unmark_received,
)
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Confirmation, Submission
from sinergia.applications.queries.confirming import confirming_of
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from tests.afterwards import codes_in, run_errands
from tests.applications.arrange_confirming import a_scan, sign
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_ready_project,
    a_region,
)
from tests.base.sent_files import a_signature, sent

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FAR = "2100-01-01T00:00Z"


@pytest.fixture
def leader(organisation: Organisation) -> Person:
    leader = a_leader(organisation=organisation)
    leader.language = "en"
    leader.save(update_fields=["language"])
    return leader


@pytest.fixture
def client(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def submission(organisation: Organisation, leader: Person, contest: Contest) -> Submission:
    project = a_ready_project(organisation=organisation, contest=contest)
    return submit(project, actor=leader, now=NOON)


def test_a_scan_and_a_signature_confirm_beside_one_another_and_the_former_is_kept(
    submission: Submission, leader: Person
) -> None:
    first = add_confirmation(submission, a_scan(leader), actor=leader, now=NOON)
    add_confirmation(submission, a_scan(leader, "application.p7s"), actor=leader, now=NOON)
    second = add_confirmation(submission, a_scan(leader, "again.pdf"), actor=leader, now=NOON)

    asked = confirming_of(submission)
    assert [(one.way, one.file and one.file.name) for one in asked.held] == [
        ("scan", "again.pdf"),
        ("signature", "application.p7s"),
    ]
    assert (asked.former, asked.held[0]) == ([first], second)
    assert not asked.is_missing(NOON + timedelta(days=365))
    assert Entry.objects.filter(verb="submission.confirmed").count() == 3


def test_one_upload_is_one_document_however_often_it_is_pressed(
    submission: Submission, leader: Person
) -> None:
    upload = a_scan(leader)

    made = [add_confirmation(submission, upload, actor=leader, now=NOON) for _ in range(2)]

    assert made[0] == made[1] == Confirmation.objects.get()


def test_the_last_moment_is_in_time_and_the_next_one_is_not(
    submission: Submission, leader: Person, contest: Contest
) -> None:
    assert contest.closes_at is not None
    late = contest.closes_at + timedelta(microseconds=1)

    with pytest.raises(Refused) as refusal:
        add_confirmation(submission, a_scan(leader, now=late), actor=leader, now=late)
    last = contest.closes_at
    add_confirmation(submission, a_scan(leader, now=last), actor=leader, now=last)

    assert codes_in(refusal) == ["confirmation.late"]
    assert confirming_of(submission).in_time


def test_days_that_the_rules_give_after_the_intake_are_whole(
    submission: Submission, leader: Person, contest: Contest
) -> None:
    submission = sign(submission, "scan", within_days=2)
    due = confirming_of(submission).due

    assert due is not None
    assert contest.closes_at is not None
    assert due - contest.closes_at > timedelta(days=2)
    add_confirmation(submission, a_scan(leader, now=due), actor=leader, now=due)
    later = due + timedelta(microseconds=1)
    with pytest.raises(Refused):
        add_confirmation(submission, a_scan(leader, now=due), actor=leader, now=later)


@pytest.mark.parametrize(
    ("ways", "name", "code"),
    [
        (["paper", "signature"], "scan.pdf", "confirmation.no_scan"),
        (["scan"], "application.sig", "confirmation.no_signature"),
    ],
)
def test_what_the_rules_do_not_take_is_refused_with_what_they_do(
    submission: Submission, leader: Person, ways: list[str], name: str, code: str
) -> None:
    submission = sign(submission, *ways)

    with pytest.raises(Refused) as refusal:
        add_confirmation(submission, a_scan(leader, name), actor=leader, now=NOON)

    assert codes_in(refusal) == [code]


def test_where_the_rules_ask_for_nothing_nothing_is_shown_or_taken(
    submission: Submission, leader: Person, screener: Person, client: Client
) -> None:
    submission = sign(submission, "none")
    client.force_login(leader)

    page = client.get(f"/submissions/{submission.key}/").content.decode()

    assert "confirms the application" not in page
    assert client.get(f"/submissions/{submission.key}/confirm/").status_code == 404
    with pytest.raises(Refused) as refusal:
        mark_received(submission, NOON.date(), actor=screener, now=NOON)
    assert codes_in(refusal) == ["confirmation.no_paper"]


def test_what_was_withdrawn_is_confirmed_no_more(submission: Submission, leader: Person) -> None:
    withdraw(submission, actor=leader, now=NOON)

    with pytest.raises(Refused) as refusal:
        add_confirmation(submission, a_scan(leader), actor=leader, now=NOON)

    assert codes_in(refusal) == ["confirmation.over"]


def test_paper_is_marked_by_the_centre_with_its_day_and_those_who_applied_get_a_letter(
    submission: Submission, leader: Person, screener: Person
) -> None:
    day = NOON.date()
    made = [mark_received(submission, day, actor=screener, now=NOON) for _ in range(2)]
    run_errands()

    letters = [letter for letter in mail.outbox if "signed paper of application" in letter.body]
    assert made[0] == made[1] == Confirmation.objects.get()
    assert (made[0].received_on, made[0].by) == (day, screener.key)
    assert len(letters) == 1
    assert Entry.objects.filter(verb="submission.paper_received").count() == 1


def test_a_mark_is_taken_back_once_and_those_who_applied_are_told(
    submission: Submission, screener: Person
) -> None:
    made = mark_received(submission, NOON.date(), actor=screener, now=NOON)
    for _ in range(2):
        unmark_received(made, actor=screener, now=NOON)
    run_errands()

    assert confirming_of(submission).held == []
    assert confirming_of(submission).former == [made]
    assert sum("received by mistake" in letter.body for letter in mail.outbox) == 1
    assert Entry.objects.filter(verb="submission.paper_unmarked").count() == 1
    again = mark_received(submission, NOON.date(), actor=screener, now=NOON)
    assert confirming_of(submission).held == [again]


@pytest.mark.parametrize(
    ("days", "code"), [(1, "confirmation.tomorrow"), (-1, "confirmation.too_early")]
)
def test_paper_comes_neither_tomorrow_nor_before_the_submission(
    submission: Submission, screener: Person, days: int, code: str
) -> None:
    day = NOON.date() + timedelta(days=days)
    with pytest.raises(Refused) as refusal:
        mark_received(submission, day, actor=screener, now=NOON)

    assert codes_in(refusal) == [code]


def test_paper_that_came_late_is_marked_and_said_to_be_late(
    submission: Submission, screener: Person, contest: Contest, client: Client
) -> None:
    Contest.objects.update(closes_at=NOON + timedelta(seconds=1))
    later = NOON + timedelta(days=3)
    submission = Submission.objects.get()
    mark_received(submission, later.date(), actor=screener, now=later)
    client.force_login(screener)

    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()

    asked = confirming_of(submission)
    assert (len(asked.held), asked.in_time) == (1, [])
    assert page.count("came after its term") == 3  # of itself, of what speaks against, of the check


def test_nobody_else_adds_marks_or_reads(
    submission: Submission, leader: Person, screener: Person, client: Client
) -> None:
    made = add_confirmation(submission, a_scan(leader), actor=leader, now=NOON)
    stranger = a_person("boris")
    neighbour = a_consultant("far", centre=a_centre("Б", region=a_region("XB-YAR", "Край")))
    address = f"/submissions/{submission.key}"

    for person in (stranger, screener):
        with pytest.raises(PermissionDenied):
            add_confirmation(submission, a_scan(person), actor=person, now=NOON)
    for person in (stranger, leader, neighbour):
        with pytest.raises(PermissionDenied):
            mark_received(submission, NOON.date(), actor=person, now=NOON)
    for person in (stranger, neighbour):
        client.force_login(person)
        for way in ("", "/inside"):
            assert client.get(f"{address}{way}/confirmations/{made.key}/").status_code in (403, 404)
    client.force_login(leader)
    assert client.get(f"{address}/confirmations/{made.key}/").status_code == 200
    client.force_login(screener)
    assert client.get(f"{address}/inside/confirmations/{made.key}/").status_code == 200


def test_after_the_intake_what_is_missing_is_a_ground_and_no_decision(
    submission: Submission, leader: Person, screener: Person, client: Client
) -> None:
    Contest.objects.update(closes_at=NOON + timedelta(seconds=1))
    client.force_login(screener)

    page = client.get(f"/submissions/{submission.key}/inside/").content.decode()

    assert "did not come in time" in page
    assert "основание 2. The application or its attachments do not meet the requirements." in page
    submission.refresh_from_db()
    assert submission.stage == "submitted"


def test_the_pages_lead_from_what_is_needed_to_the_journal_and_the_receipt(
    submission: Submission, leader: Person, screener: Person, client: Client, contest: Contest
) -> None:
    Contest.objects.update(closes_at=FAR)
    address = f"/submissions/{submission.key}/"
    client.force_login(leader)

    needed = client.get(address).content.decode()
    bad = client.post(f"{address}confirm/", {"file": sent("a.sig", b"not a signature")})
    done = client.post(f"{address}confirm/", {"file": sent("a.sig", a_signature())})
    kept = Confirmation.objects.get()
    receipt = client.post(
        "/receipts/", {"number": submission.shown_number, "code": submission.frozen.code}
    ).content.decode()
    client.force_login(screener)
    inside = client.get(f"{address}inside/").content.decode()
    form = client.get(f"{address}inside/paper/").content.decode()
    marked = client.post(
        f"{address}inside/paper/", {"received_on": timezone.localdate().isoformat()}
    )
    mark = Confirmation.objects.get(way="paper")
    journal = client.get(f"/calls/{contest.call.key}/journal/")
    back = client.post(f"{address}inside/paper/undo/", {"mark": str(mark.key)})

    assert kept.file is not None
    assert "is awaited" in needed
    assert (bad.status_code, done.status_code) == (422, 302)
    assert kept.file.digest in receipt
    assert (kept.file.digest in inside, "is not checked here" in inside) == (True, True)
    assert submission.frozen.digest in form
    assert (marked.status_code, back.status_code) == (302, 302)
    assert journal.status_code == 200
    mark.refresh_from_db()
    assert mark.ended_at is not None


def test_the_journal_of_registration_says_how_each_was_confirmed(
    submission: Submission,
    leader: Person,
    screener: Person,
    client: Client,
    contest: Contest,
) -> None:
    Submission.objects.update(stage="registered", entry=1)
    mark_received(submission, NOON.date(), actor=screener, now=NOON)
    client.force_login(screener)

    page = client.get(f"/calls/{contest.call.key}/journal/").content.decode()

    assert f"On paper, {NOON.day} {NOON:%b %Y}" in page.replace("\xa0", " ")


def test_the_organiser_prints_the_same_paper_that_was_signed(
    submission: Submission, leader: Person, screener: Person, client: Client
) -> None:
    client.force_login(leader)
    theirs = client.get(f"/submissions/{submission.key}/application.pdf").content
    client.force_login(screener)

    ours = client.get(f"/submissions/{submission.key}/inside/application-en.pdf").content

    assert ours == theirs
    russian = client.get(f"/submissions/{submission.key}/inside/application-ru.pdf")
    assert (russian.status_code, russian.content == theirs) == (200, False)
    other = client.get(f"/submissions/{submission.key}/inside/application-de.pdf")
    assert other.status_code == 404
