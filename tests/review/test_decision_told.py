"""What the page of the decision tells: what changed since, and nothing of what is hidden."""

import re

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.models import Examination
from sinergia.review.queries.decision import proposals_of, ranking_of, unwritten_of
from tests.arrange import NOON, a_consultant, sign_in_twice
from tests.review.commission import a_commission, a_member, an_item
from tests.review.commission import a_sitting as a_session
from tests.review.deciding import a_rated, a_sitting, adopted, decided, outcomes

ENGLISH = {"accept-language": "en"}
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with 200 000 for all."""
    contest.budget_minor = 200_000_00
    contest.save()
    return contest


def test_a_rating_adopted_after_the_decision_is_told_until_it_is_written_anew(
    rich: Contest, operator: Person, client: Client
) -> None:
    first, _second = (a_rated(name, "90", contest=rich) for name in ("Первый", "Второй"))
    sitting = decided(rich, operator)
    sign_in_twice(client, operator)
    address = f"/calls/{rich.call.key}/decision/"
    assert client.get(address, headers=ENGLISH).context["unwritten"] == 0

    Examination.objects.filter(pk=first.pk).update(final=10)
    page = client.get(address, headers=ENGLISH)
    assert page.context["unwritten"] == 1
    assert "changes 1 application" in page.content.decode()
    assert outcomes(rich)["Первый"] == ("won", "", 90_000_00)

    decide_contest(rich, sitting, actor=operator, now=NOON)
    assert client.get(address, headers=ENGLISH).context["unwritten"] == 0
    assert outcomes(rich)["Первый"] == ("lost", "line", 0)


def test_a_move_adopted_after_the_decision_is_told_too(rich: Contest, operator: Person) -> None:
    first = a_rated("Первый", "90", contest=rich)
    decided(rich, operator)
    adopted(a_sitting(rich, number="2"), "move", first, moved="lost", reason="Так")

    found = ranking_of(rich, shipped()["regional"], proposals_of(rich))

    assert unwritten_of(rich, found) == 1


def test_to_who_is_recused_no_figure_tells_what_is_hidden(
    rich: Contest, operator: Person, client: Client
) -> None:
    rows = [
        a_rated(name, rating, contest=rich, asked=asked)
        for name, rating, asked in (
            ("Первый", "90", 40_000_00),
            ("Второй", "80", 71_000_00),
            ("Третий", "75", 30_000_00),
        )
    ]
    person = a_consultant("recused", centre=rich.centre)
    commission = a_commission(rich, operator)
    seat = a_member(commission, operator, person=person)
    item = an_item(
        a_session(commission, operator), operator, kind="move", about=rows[1], reason="Так",
        moved="won",
    )  # fmt: skip
    recuse(item, seat, "Родня", actor=person, now=NOON)
    sign_in_twice(client, person)

    page = client.get(f"/calls/{rich.call.key}/decision/", headers=ENGLISH)
    plain = re.sub(r"\s", " ", page.content.decode())

    told = [(one.place, one.running_minor) for one in page.context["rows"]]
    assert told == [(1, None), (2, None)]
    assert "70,000" in str(page.context["tiles"][0].value)
    assert [one.value for one in page.context["tiles"][1:]] == ["2", "0", "0"]
    assert [sum_ for sum_ in ("71 000", "111 000", "141 000") if sum_ in plain] == []
    assert "no sum runs down" in plain
