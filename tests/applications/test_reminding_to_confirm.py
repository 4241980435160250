"""Those who applied are reminded once of the term in which an application is to be confirmed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from sinergia.applications.actions.confirming import add_confirmation
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Reminder, Submission
from sinergia.applications.queries.reminding import BEFORE, FRESH, LAST, due_soon, unconfirmed
from sinergia.applications.queries.waiting import to_confirm
from sinergia.applications.tasks import remind_silent, remind_unconfirmed
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.people.models import Person
from sinergia.projects.models import Project
from tests.applications.arrange_confirming import a_scan, sign

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTES = timedelta(minutes=5)


@pytest.fixture
def submission(project: Project, leader: Person, contest: Contest) -> Submission:
    """Submitted long ago, to be confirmed in three days less some minutes."""
    ends(BEFORE - MINUTES)
    now = timezone.now()
    made = submit(project, actor=leader, now=now)
    Submission.objects.filter(pk=made.pk).update(submitted_at=now - FRESH - MINUTES)
    return sign(made, "paper", "scan")


def ends(left: timedelta) -> None:
    Contest.objects.update(closes_at=timezone.now() + left)


def told() -> list[Notice]:
    return list(Notice.objects.filter(code="applications.unconfirmed"))


def test_it_says_until_when_and_how_and_comes_once(submission: Submission, leader: Person) -> None:
    Person.objects.filter(pk=leader.pk).update(language="en")
    remind_unconfirmed()
    ends(timedelta(days=20))
    remind_unconfirmed()
    ends(timedelta(days=2))
    remind_unconfirmed()

    notice = told()[0]
    with override("en"):
        said = said_by(notice)
    assert (len(told()), notice.person) == (1, leader)
    assert notice.url == f"/submissions/{submission.key}/"
    assert said.subject == f"Application {submission.shown_number} is not confirmed yet"
    assert "“Тёплый двор” is awaited until" in said.text
    assert [line[:8] for line in said.text.splitlines()[1:]] == ["— On pap", "— As a s"]
    assert Entry.objects.filter(verb="submission.reminded").count() == 1


@pytest.mark.parametrize(
    ("left", "is_told"),
    [
        (BEFORE + MINUTES, False),
        (LAST + MINUTES, True),
        (LAST - MINUTES, False),
        (-MINUTES, False),
    ],
)
def test_it_comes_in_the_last_three_days(
    submission: Submission, left: timedelta, is_told: bool
) -> None:
    ends(left)

    remind_unconfirmed()

    assert bool(told()) is is_told


def test_the_days_that_rules_give_after_the_intake_are_counted(submission: Submission) -> None:
    sign(submission, "paper", within_days=7)
    remind_unconfirmed()
    before = len(told())
    ends(-timedelta(days=5))
    Contest.objects.update(stage=Contest.Stage.CLOSED)
    remind_unconfirmed()

    assert (before, len(told())) == (0, 1)


def test_where_nothing_is_awaited_nobody_is_reminded(
    submission: Submission, leader: Person
) -> None:
    Contest.objects.update(is_training=True)
    remind_unconfirmed()
    Contest.objects.update(is_training=False)
    sign(submission, "none", "paper")
    remind_unconfirmed()
    sign(submission, "scan")
    now = timezone.now()
    Submission.objects.update(submitted_at=now - FRESH + MINUTES)  # has just been told
    remind_unconfirmed()
    Submission.objects.update(submitted_at=now - FRESH - MINUTES)
    scan = a_scan(leader, now=now)
    add_confirmation(submission, scan, actor=leader, now=now)
    remind_unconfirmed()
    submission.confirmations.all().delete()
    withdraw(submission, actor=leader, now=now)
    remind_unconfirmed()

    assert told() == []


def test_letters_and_the_desk_await_the_same_documents(
    submission: Submission, leader: Person
) -> None:
    now = timezone.now()

    def awaited() -> tuple[list[Submission], list[Submission]]:
        by_letter = [row for due in due_soon(now=now) for row in unconfirmed(due, now=now)]
        return by_letter, to_confirm(submission.organisation_id)

    assert awaited() == ([submission], [submission])
    for change, back in (
        ({"is_training": True}, {"is_training": False}),
        ({"intake": Contest.Intake.ELSEWHERE}, {"intake": Contest.Intake.HERE}),
    ):
        Contest.objects.update(**change)
        assert awaited() == ([], [])
        Contest.objects.update(**back)
    sign(submission, "none", "paper")
    assert awaited() == ([], [])
    sign(submission, "scan")
    assert awaited() == ([submission], [submission])
    add_confirmation(submission, a_scan(leader, now=now), actor=leader, now=now)
    assert awaited() == ([], [])


def test_a_reminder_of_the_draft_counts_for_the_draft_alone(
    submission: Submission, contest: Contest
) -> None:
    Reminder.objects.create(project=submission.project, contest=contest, at=timezone.now())
    remind_unconfirmed()
    remind_silent()

    assert len(told()) == 1
