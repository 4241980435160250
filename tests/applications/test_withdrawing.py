"""An application leaves its contest: taken back by those who applied, or at their statement."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.applications.actions.screening import PATIENCE, Given, carry_out, decide, take_back
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Application, Submission
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from tests.afterwards import codes_in, run_errands
from tests.arrange import NOON, a_leader

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + PATIENCE + timedelta(seconds=1)
STATEMENT = "Заявление от 24.11.2026, подписала А. Н. Орлова"


def registered(submission: Submission, screener: Person) -> Submission:
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run_errands()
    submission.refresh_from_db()
    return submission


def told(code: str) -> list[str]:
    return sorted(Notice.objects.filter(code=code).values_list("person__name", flat=True))


def test_the_centre_withdraws_at_their_statement_even_after_the_intake(
    submission: Submission, screener: Person, contest: Contest, organisation: Organisation
) -> None:
    registered(submission, screener)
    assert contest.closes_at is not None
    after = contest.closes_at + timedelta(days=3)
    given = Given("withdraw", "registered", STATEMENT)

    with pytest.raises(Refused) as refusal:
        decide(submission, Given("withdraw", "registered"), actor=screener, now=after)
    made = decide(submission, given, actor=screener, now=after)
    submission.refresh_from_db()
    before = submission.stage
    carry_out(made, now=after + PATIENCE)

    submission.refresh_from_db()
    row = Application.objects.get()
    assert codes_in(refusal) == ["decision.no_words"]
    assert (before, submission.stage, submission.entry) == ("registered", "withdrawn", 1)
    assert (row.outcome, row.decided_on is not None) == ("withdrawn", True)
    assert submission.project.submitted_as == ""
    assert Notice.objects.get(code="applications.withdrawn").values["words"] == STATEMENT
    assert Entry.objects.filter(verb="submission.withdrawal_noted").count() == 1


def test_a_withdrawal_by_the_centre_is_taken_back_like_any_decision(
    submission: Submission, screener: Person
) -> None:
    registered(submission, screener)
    made = decide(submission, Given("withdraw", "registered", STATEMENT), actor=screener, now=NOON)

    take_back(made, actor=screener, now=NOON)
    run_errands()

    submission.refresh_from_db()
    assert (submission.stage, told("applications.withdrawn")) == ("registered", [])


def test_once_the_results_are_out_nothing_is_withdrawn(
    submission: Submission, screener: Person, contest: Contest
) -> None:
    Contest.objects.update(results_at=NOON)

    with pytest.raises(Refused) as refusal:
        decide(submission, Given("withdraw", "submitted", "…"), actor=screener, now=NOON)

    assert codes_in(refusal) == ["decision.results_out"]


def test_those_who_applied_withdraw_what_is_registered_and_submit_again(
    submission: Submission, screener: Person, leader: Person, project: Project
) -> None:
    registered(submission, screener)

    withdraw(submission, actor=leader, now=LATER)
    gone = Application.objects.get().outcome
    again = submit(project, actor=leader, now=LATER)
    decide(again, Given("register", "submitted"), actor=screener, now=LATER)
    run_errands()

    submission.refresh_from_db()
    again.refresh_from_db()
    row = Application.objects.get()
    assert gone == "withdrawn"
    assert (submission.stage, submission.entry) == ("withdrawn", 1)
    assert (again.number, again.version, again.stage, again.entry) == (1, 2, "registered", 2)
    assert (row.outcome, row.decided_on, row.submission) == ("pending", None, again)


def test_the_others_learn_that_it_is_withdrawn_and_the_centre_that_had_it_in_hand(
    submission: Submission, screener: Person, leader: Person, organisation: Organisation
) -> None:
    a_leader("second leader", organisation=organisation)
    registered(submission, screener)

    withdraw(submission, actor=leader, now=LATER)

    assert told("applications.withdrawn") == ["contest-maker", "larisa", "second leader"]


def test_the_centre_is_not_told_of_what_it_never_had_in_hand(
    submission: Submission, leader: Person
) -> None:
    withdraw(submission, actor=leader, now=NOON)

    assert told("applications.withdrawn") == []


def test_withdrawing_is_offered_where_it_is_possible_and_else_the_way_is_said(
    submission: Submission, leader: Person, client: Client
) -> None:
    client.force_login(leader)
    client.cookies["django_language"] = "en"
    address = f"/submissions/{submission.key}/"
    Contest.objects.update(closes_at="2100-01-01T00:00Z")

    open_page = client.get(address).content.decode()
    Contest.objects.update(closes_at=NOON)
    late_page = client.get(address).content.decode()
    pressed = client.post(f"{address}withdraw/")

    assert f"{address}withdraw/" in open_page
    assert f"{address}withdraw/" not in late_page
    assert "send a signed statement to the centre" in late_page
    assert pressed.status_code == 422
    assert "send a signed statement to the centre" in pressed.content.decode()


def test_only_operators_note_a_withdrawal(submission: Submission, leader: Person) -> None:
    with pytest.raises(PermissionDenied):
        decide(submission, Given("withdraw", "submitted", "…"), actor=leader, now=NOON)


def test_a_withdrawal_that_meets_the_result_is_not_carried_out(
    submission: Submission, screener: Person, contest: Contest
) -> None:
    registered(submission, screener)
    made = decide(submission, Given("withdraw", "registered", STATEMENT), actor=screener, now=NOON)
    Contest.objects.filter(pk=contest.pk).update(results_at=NOON)

    carry_out(made, now=LATER)

    submission.refresh_from_db()
    made.refresh_from_db()
    assert (submission.stage, made.taken_back_at) == ("registered", LATER)
    assert Entry.objects.filter(verb="submission.decision_taken_back").count() == 1
    assert told("applications.withdrawn") == []
