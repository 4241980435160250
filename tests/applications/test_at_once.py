"""Two people submit or decide at the same moment: on the database that lets them."""

import pytest
from django.db import transaction
from django.test import Client

from sinergia.applications.actions.confirming import mark_received
from sinergia.applications.actions.screening import Given, decide
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Confirmation, Decision, Frozen, Submission
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_ready_project,
    an_organisation,
)
from tests.organisations.test_roles_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
REGISTER = Given("register", "submitted")


@pytest.fixture
def contest() -> Contest:
    with transaction.atomic():
        return a_contest(centre=a_centre())


@pytest.fixture
def screeners(contest: Contest) -> list[Person]:
    with transaction.atomic():
        return [a_consultant(name, centre=contest.centre) for name in ("larisa", "irina")]


@pytest.fixture
def organisation() -> Organisation:
    with transaction.atomic():
        return an_organisation()


@pytest.fixture
def leaders(organisation: Organisation) -> list[Person]:
    with transaction.atomic():
        return [a_leader(name, organisation=organisation) for name in ("tamara", "zoya")]


@pytest.fixture
def project(contest: Contest, organisation: Organisation, leaders: list[Person]) -> Project:
    with transaction.atomic():
        return a_ready_project(organisation=organisation, contest=contest)


def another_of(project: Project, leader: Person) -> Project:
    with transaction.atomic():
        assert project.contest is not None
        return a_ready_project(organisation=project.organisation, contest=project.contest)


def test_two_leaders_who_submit_at_once_hand_in_one_application(
    project: Project, leaders: list[Person]
) -> None:
    made: list[Submission] = []

    told = at_once(
        lambda: made.append(submit(project, actor=leaders[0], now=NOON)),
        lambda: made.append(submit(project, actor=leaders[1], now=NOON)),
    )

    kept = Submission.objects.get()
    assert (told, [one.pk for one in made]) == (["done", "done"], [kept.pk, kept.pk])
    assert (kept.number, Contest.objects.get().last_number) == (1, 1)
    assert Frozen.objects.count() == 1
    assert Entry.objects.filter(verb="submission.made").count() == 1


def test_a_double_click_in_two_windows_leads_to_the_same_receipt(
    project: Project, leaders: list[Person]
) -> None:
    Contest.objects.update(closes_at="2100-01-01T00:00Z")
    clients, shown = [Client(), Client()], ["", ""]
    for client in clients:
        client.force_login(leaders[0])

    def press(place: int) -> None:
        answer = clients[place].post(f"/projects/{project.key}/submit/")
        shown[place] = answer.headers.get("Location", str(answer.status_code))

    told = at_once(lambda: press(0), lambda: press(1))

    kept = Submission.objects.get()
    assert (told, shown) == (["done", "done"], [f"/submissions/{kept.key}/"] * 2)


def test_two_projects_submitted_at_once_get_two_numbers_and_no_gap(
    project: Project, leaders: list[Person]
) -> None:
    other = another_of(project, leaders[0])

    told = at_once(
        lambda: submit(project, actor=leaders[0], now=NOON),
        lambda: submit(other, actor=leaders[1], now=NOON),
    )

    assert told == ["done", "done"]
    assert sorted(Submission.objects.values_list("number", flat=True)) == [1, 2]


def test_of_two_screeners_at_once_one_decides_and_the_other_is_told(
    project: Project, leaders: list[Person], screeners: list[Person]
) -> None:
    made = submit(project, actor=leaders[0], now=NOON)
    returned = Given("return", "submitted", "Добавьте встречу", sections=["plan"])

    told = at_once(
        lambda: decide(made, REGISTER, actor=screeners[0], now=NOON),
        lambda: decide(made, returned, actor=screeners[1], now=NOON),
    )

    made.refresh_from_db()
    decision = Decision.objects.get()
    assert sorted(told) == ["decision.meanwhile", "done"]
    assert made.stage == {"register": "registered", "return": "returned"}[decision.kind]
    assert Contest.objects.get().last_entry == (1 if decision.kind == "register" else 0)


def test_two_screeners_who_register_at_once_take_one_entry_and_one_reads_why_not(
    project: Project, leaders: list[Person], screeners: list[Person]
) -> None:
    made = submit(project, actor=leaders[0], now=NOON)
    clients, answers = [Client(), Client()], {}
    for client, person in zip(clients, screeners, strict=True):
        client.force_login(person)

    def press(place: int) -> None:
        address = f"/submissions/{made.key}/decide/register/"
        answer = clients[place].post(address, {"seen": "submitted"})
        answers[answer.status_code] = answer.content.decode()

    told = at_once(lambda: press(0), lambda: press(1))

    assert (told, sorted(answers)) == (["done", "done"], [302, 422])
    assert "Тем временем решение принял кто-то ещё" in answers[422]
    assert (Decision.objects.count(), Contest.objects.get().last_entry) == (1, 1)


def test_withdrawn_while_it_is_registered_it_is_one_or_the_other(
    project: Project, leaders: list[Person], screeners: list[Person]
) -> None:
    made = submit(project, actor=leaders[0], now=NOON)

    told = at_once(
        lambda: withdraw(made, actor=leaders[0], now=NOON),
        lambda: decide(made, REGISTER, actor=screeners[0], now=NOON),
    )

    # Nobody was told of the registration yet, so withdrawing goes before it in either order.
    made.refresh_from_db()
    assert (told[0], made.stage) == ("done", "withdrawn")
    assert not Decision.objects.filter(taken_back_at=None).exists()


def test_two_screeners_who_mark_the_paper_at_once_mark_it_once(
    project: Project, leaders: list[Person], screeners: list[Person]
) -> None:
    made = submit(project, actor=leaders[0], now=NOON)

    told = at_once(
        lambda: mark_received(made, NOON.date(), actor=screeners[0], now=NOON),
        lambda: mark_received(made, NOON.date(), actor=screeners[1], now=NOON),
    )

    assert (told, Confirmation.objects.count()) == (["done", "done"], 1)
