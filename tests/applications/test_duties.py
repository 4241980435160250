"""Who registers and screens in a contest: those named, else all staff; nobody about their own."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.applications.actions.confirming import mark_received, unmark_received
from sinergia.applications.actions.screening import Given, decide, take_back
from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Decision, Submission
from sinergia.base.journal.models import Entry
from sinergia.calls.actions.duties import end_duty, give_duty
from sinergia.calls.models import Contest, Duty
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Centre, CentreStaff, Head, Membership, Organisation
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_consultant,
    a_contest,
    a_leader,
    a_person,
    a_ready_project,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REGISTER = Given("register", "submitted")
RETURN = Given("return", "submitted", "Добавьте встречу", sections=["plan"])


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


@pytest.fixture
def irina(centre: Centre) -> Person:
    return a_consultant("irina", centre=centre)


@pytest.fixture
def contest(centre: Centre, head: Person) -> Contest:
    return a_contest(centre=centre)


@pytest.fixture
def submission(organisation: Organisation, contest: Contest) -> Submission:
    leader = a_leader(organisation=organisation)
    project = a_ready_project(organisation=organisation, contest=contest)
    return submit(project, actor=leader, now=NOON)


@pytest.fixture
def client(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_where_nobody_is_named_all_staff_register_and_screen(
    submission: Submission, larisa: Person, irina: Person
) -> None:
    made = decide(submission, RETURN, actor=larisa, now=NOON)
    take_back(made, actor=irina, now=NOON)
    decide(submission, REGISTER, actor=irina, now=NOON)

    assert Decision.objects.count() == 2


def test_a_screener_screens_and_does_not_register_where_an_operator_is_named(
    submission: Submission, contest: Contest, head: Person, larisa: Person, irina: Person
) -> None:
    give_duty(contest, larisa, "screener", actor=head, now=NOON)
    give_duty(contest, irina, "operator", actor=head, now=NOON)

    with pytest.raises(PermissionDenied):
        decide(submission, REGISTER, actor=larisa, now=NOON)
    with pytest.raises(PermissionDenied):
        mark_received(submission, NOON.date(), actor=larisa, now=NOON)
    with pytest.raises(PermissionDenied):
        decide(submission, RETURN, actor=head, now=NOON)  # not named: not even the head
    take_back(decide(submission, RETURN, actor=larisa, now=NOON), actor=irina, now=NOON)
    decide(submission, REGISTER, actor=irina, now=NOON)

    submission.refresh_from_db()
    assert submission.stage == "registered"


def test_where_only_screeners_are_named_all_staff_still_register(
    submission: Submission, contest: Contest, head: Person, larisa: Person, irina: Person
) -> None:
    give_duty(contest, larisa, "screener", actor=head, now=NOON)

    with pytest.raises(PermissionDenied):
        decide(submission, RETURN, actor=irina, now=NOON)
    decide(submission, REGISTER, actor=irina, now=NOON)


def test_a_duty_ends_by_a_press_and_with_the_work_at_the_centre(
    submission: Submission, contest: Contest, head: Person, larisa: Person, irina: Person
) -> None:
    duty = give_duty(contest, larisa, "operator", actor=head, now=NOON)
    assert give_duty(contest, larisa, "operator", actor=head, now=NOON) == duty
    with pytest.raises(PermissionDenied):
        decide(submission, REGISTER, actor=irina, now=NOON)

    CentreStaff.objects.filter(person=larisa).update(until=NOON)
    made = decide(submission, REGISTER, actor=irina, now=NOON)  # nobody is named any more
    take_back(made, actor=irina, now=NOON)
    for _ in range(2):
        end_duty(duty, actor=head, now=NOON)

    verbs = Entry.objects.filter(verb__startswith="contest.duty").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "contest.duty_given",
        "contest.duty_ended",
    ]


def test_only_the_head_gives_and_ends_duties_and_only_to_staff(
    contest: Contest, head: Person, larisa: Person
) -> None:
    duty = give_duty(contest, larisa, "operator", actor=head, now=NOON)

    with pytest.raises(PermissionDenied):
        give_duty(contest, larisa, "screener", actor=larisa, now=NOON)
    with pytest.raises(PermissionDenied):
        end_duty(duty, actor=larisa, now=NOON)
    with pytest.raises(Refused) as refusal:
        give_duty(contest, a_person("boris"), "operator", actor=head, now=NOON)
    assert [gap.code for gap in refusal.value.gaps] == ["duty.not_staff"]


def an_interest(person: Person, organisation: Organisation, tie: str) -> None:
    if tie == "team":
        Membership.objects.create(
            organisation=organisation, person=person, role="editor", since=NOON
        )
    else:
        Head.objects.create(
            organisation=organisation,
            name="Лариса",
            person=person,
            since=date(2020, 1, 1),
            entered_by=person.key,
            entered_at=NOON,
        )


@pytest.mark.parametrize("tie", ["team", "head"])
def test_nobody_decides_about_an_organisation_of_their_own_and_it_is_said_loudly(
    submission: Submission,
    organisation: Organisation,
    larisa: Person,
    irina: Person,
    client: Client,
    tie: str,
) -> None:
    made = decide(submission, RETURN, actor=irina, now=NOON)
    an_interest(larisa, organisation, tie)

    for act in (
        lambda: take_back(made, actor=larisa, now=NOON),
        lambda: mark_received(submission, NOON.date(), actor=larisa, now=NOON),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert [gap.code for gap in refusal.value.gaps] == ["decision.own"]
    take_back(made, actor=irina, now=NOON)
    mark = mark_received(submission, NOON.date(), actor=irina, now=NOON)
    with pytest.raises(Refused):
        unmark_received(mark, actor=larisa, now=NOON)

    client.force_login(larisa)
    address = f"/submissions/{submission.key}"
    answer = client.post(f"{address}/decide/register/", {"seen": "submitted"})
    assert answer.status_code == 422
    assert "somebody else decides about its application" in answer.content.decode()
    page = client.get(f"{address}/inside/").content.decode()
    assert "somebody else decides about its application" in page
    assert "decide/register" not in page


def test_pages_of_duties_are_seen_by_staff_and_used_by_the_head(
    submission: Submission,
    contest: Contest,
    head: Person,
    larisa: Person,
    irina: Person,
    client: Client,
) -> None:
    address = f"/calls/{contest.call.key}/duties/"
    client.force_login(head)

    empty = client.get(address).content.decode()
    wrong = client.post(address, {"person": str(a_person("boris").key), "kind": "operator"})
    done = client.post(address, {"person": str(larisa.key), "kind": "operator"})
    client.force_login(irina)
    seen = client.get(address).content.decode()
    refused = client.post(address, {"person": str(irina.key), "kind": "operator"})
    off_duty = client.get(f"/submissions/{submission.key}/inside/").content.decode()
    client.force_login(head)
    ended = client.post(f"{address}{Duty.objects.get().key}/end/")

    assert "Nobody is named." in empty
    assert (wrong.status_code, done.status_code, refused.status_code) == (422, 302, 403)
    assert ("larisa" in seen, "Give a duty" in seen) == (True, False)
    assert "Others are named to decide in this contest." in off_duty
    assert "decide/register" not in off_duty
    assert ended.status_code == 302
    assert not Duty.objects.filter(until=None).exists()
