"""A winner cuts the budget to the award; what the operator accepts is never rewritten."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.review.actions.declining import decline_award
from sinergia.review.actions.recutting import Given, read_budget, send_budget, settle_budget
from sinergia.review.models import Award, RevisedBudget
from sinergia.review.queries.following import accepted_budget_of, awaiting_acceptance
from sinergia.review.queries.waiting import budgets_to_look_at
from tests.afterwards import codes_of
from tests.arrange import NOON, a_leader, a_person, sign_in_twice
from tests.review.deciding import a_rated, a_sitting, adopted, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
RIGHT = Given({"aaaaaa": 60_000_00}, "Одной встречей меньше")


@pytest.fixture
def award(contest: Contest, operator: Person) -> Award:
    """A published award of 60 000 of the 90 000 that were asked for."""
    row = a_rated("Проект", "90", contest=contest)
    cuts = [{"line": "aaaaaa", "minor": 30_000_00}]
    adopted(a_sitting(contest, number="0"), "less", row, offered_minor=60_000_00, cuts=cuts)
    published(contest, operator)
    names = ("examination__contest__call", "examination__submission__project")
    return Award.objects.select_related(*names).get()


@pytest.fixture
def leader(award: Award) -> Person:
    owner = award.examination.submission.organisation
    return Membership.objects.filter(organisation=owner)[0].person


def test_it_is_sent_returned_sent_again_and_accepted(
    award: Award, leader: Person, operator: Person
) -> None:
    first = send_budget(award, RIGHT, actor=leader, now=NOON)
    assert send_budget(award, RIGHT, actor=leader, now=NOON) == first
    for _press in range(2):
        settle_budget(first, accepts=False, words="Где смета?", actor=operator, now=NOON)
    second = send_budget(award, RIGHT, actor=leader, now=NOON)
    for _press in range(2):
        settle_budget(second, accepts=True, actor=operator, now=NOON)

    rows = RevisedBudget.objects.order_by("version")
    assert list(rows.values_list("version", "stage", "words")) == [
        (1, "returned", "Где смета?"),
        (2, "accepted", ""),
    ]
    kept = accepted_budget_of(award)
    assert kept is not None
    assert read_budget(kept) == {
        "lines": [
            {
                "id": "aaaaaa", "what": "Чай", "article": "7",
                "asked_minor": 90_000_00, "granted_minor": 60_000_00,
            }
        ],
        "plan": "Одной встречей меньше",
        "sum_minor": 60_000_00,
    }  # fmt: skip
    codes = Notice.objects.filter(person=leader, code__startswith="review.budget")
    assert list(codes.order_by("pk").values_list("code", flat=True)) == [
        "review.budget_returned",
        "review.budget_accepted",
    ]


@pytest.mark.parametrize(
    ("left", "code"),
    [
        ({"aaaaaa": -1}, "cut.below_zero"),
        ({"aaaaaa": 90_000_01}, "cut.above_line"),
        ({"aaaaaa": 59_999_99}, "cut.other_sum"),
        ({}, "cut.other_sum"),
        ({"other": 1}, "cut.unknown_line"),
    ],
)
def test_the_lines_come_to_the_award(
    award: Award, leader: Person, left: dict[str, int], code: str
) -> None:
    assert codes_of(lambda: send_budget(award, Given(left), actor=leader, now=NOON)) == [code]
    assert not RevisedBudget.objects.exists()


def test_a_budget_of_who_declined_waits_for_nobody(
    award: Award, leader: Person, operator: Person
) -> None:
    send_budget(award, RIGHT, actor=leader, now=NOON)
    contest = award.examination.contest

    def waiting() -> list[int]:
        return [awaiting_acceptance(contest).count(), budgets_to_look_at(contest.centre).count()]

    assert waiting() == [1, 1]
    decline_award(award, "Нет помещения", actor=leader, now=NOON)
    assert waiting() == [0, 0]
    with pytest.raises(Refused, match=r"decision\.meanwhile"):
        settle_budget(RevisedBudget.objects.get(), accepts=True, actor=operator, now=NOON)


def test_what_waits_or_is_accepted_is_not_sent_anew(
    award: Award, leader: Person, operator: Person
) -> None:
    other = Given(RIGHT.left, "Другое")
    sent = send_budget(award, RIGHT, actor=leader, now=NOON)
    assert codes_of(lambda: send_budget(award, other, actor=leader, now=NOON)) == ["revised.waits"]
    assert codes_of(
        lambda: settle_budget(sent, accepts=False, words=" ", actor=operator, now=NOON)
    ) == ["revised.no_words"]
    settle_budget(sent, accepts=True, actor=operator, now=NOON)

    assert codes_of(lambda: send_budget(award, other, actor=leader, now=NOON)) == ["revised.done"]
    assert codes_of(
        lambda: settle_budget(sent, accepts=False, words="Поздно", actor=operator, now=NOON)
    ) == ["decision.meanwhile"]


def test_who_sends_and_who_settles(award: Award, leader: Person, operator: Person) -> None:
    owner = award.examination.submission.organisation
    editor = a_leader("editor", organisation=owner, role="editor")
    with pytest.raises(PermissionDenied):
        send_budget(award, RIGHT, actor=editor, now=NOON)
    sent = send_budget(award, RIGHT, actor=leader, now=NOON)
    with pytest.raises(PermissionDenied):
        settle_budget(sent, accepts=True, actor=leader, now=NOON)
    Membership.objects.create(
        organisation=owner, person=operator, role=Membership.Role.EDITOR, since=NOON
    )
    assert codes_of(lambda: settle_budget(sent, accepts=True, actor=operator, now=NOON)) == [
        "decision.own"
    ]


def test_whoever_declined_has_nothing_to_cut(award: Award, leader: Person) -> None:
    decline_award(award, "Нет", actor=leader, now=NOON)

    assert codes_of(lambda: send_budget(award, RIGHT, actor=leader, now=NOON)) == [
        "revised.not_due"
    ]


def test_pages_of_the_winner_and_the_operator(
    award: Award, leader: Person, operator: Person, client: Client
) -> None:
    key = award.examination.submission.key
    client.force_login(leader)
    address = f"/submissions/{key}/revised/"
    asked = client.get(address)
    wrong = client.post(address, {"aaaaaa": "61 000", "plan": ""})
    unclear = client.post(address, {"aaaaaa": "60,000", "plan": "Меньше"})
    assert (unclear.status_code, "12 345" in unclear.content.decode()) == (422, True)
    sent = client.post(address, {"aaaaaa": "60 000", "plan": "Меньше"})
    waits = client.get(address)
    sign_in_twice(client, operator)
    inside = f"/calls/{award.examination.contest.call.key}/"
    row = RevisedBudget.objects.get()
    listed = client.get(f"{inside}results/after/").content.decode()
    shown = client.get(f"{inside}budgets/{row.key}/")
    empty = client.post(f"{inside}budgets/{row.key}/", {"act": "return", "words": ""})
    done = client.post(f"{inside}budgets/{row.key}/", {"act": "accept", "words": ""})

    answers = (asked, wrong, sent, waits, shown, empty, done)
    assert [one.status_code for one in answers] == [200, 422, 302, 200, 200, 422, 302]
    assert asked.context["form"]["aaaaaa"].initial == "60 000"
    assert str(row.key) in listed
    assert RevisedBudget.objects.get().stage == "accepted"
    client.force_login(a_person("stranger"))
    assert client.get(address).status_code == 404


def test_bytes_that_were_changed_are_told(
    award: Award, leader: Person, operator: Person, client: Client
) -> None:
    sent = send_budget(award, RIGHT, actor=leader, now=NOON)
    RevisedBudget.objects.filter(pk=sent.pk).update(content=bytes(sent.content) + b" ")
    sign_in_twice(client, operator)

    page = client.get(f"/calls/{award.examination.contest.call.key}/budgets/{sent.key}/")

    assert (page.status_code, page.context["told"]) == (200, None)
