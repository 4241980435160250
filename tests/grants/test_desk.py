"""What waits of grants stands in «Мои дела» of who has to do it, with the way there."""

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.grants.actions.changes import answer_change, take_back_change
from sinergia.grants.actions.closing import Evaluated, close_grant
from sinergia.grants.models import Change
from sinergia.grants.queries.grants import latest_plan
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from tests.arrange import NOON, sign_in_twice
from tests.arrange_changes import a_change, even, sent
from tests.arrange_grants import a_grant, an_award, elsewhere, leader_of, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_an_award_then_a_grant_then_a_tranche_wait_for_the_operator(
    client: Client, contest: Contest, operator: Person
) -> None:
    award = an_award(contest=contest, operator=operator)
    sign_in_twice(client, operator)

    def desk() -> str:
        return " ".join(client.get("/desk/").content.decode().split())

    assert "won grant is not begun" in desk()
    grant = a_grant(award, operator=operator)
    told = desk()
    assert "won grant is not begun" not in told
    assert "/grants/?stage=preparing" in told
    signed(grant, operator)
    told = desk()
    assert "/grants/?stage=preparing" not in told
    assert "tranche may be paid" in told


def test_a_grant_to_be_signed_waits_for_its_leader(
    client: Client, contest: Contest, operator: Person
) -> None:
    grant = a_grant(an_award(contest=contest, operator=operator), operator=operator)
    client.force_login(leader_of(grant))

    assert f"/grants/{grant.key}/" in client.get("/desk/").content.decode()


def test_changes_and_closings_wait_for_who_has_to_act(
    client: Client, contest: Contest, operator: Person
) -> None:
    grant = signed(
        a_grant(an_award(contest=contest, operator=operator), operator=operator), operator
    )
    leader = leader_of(grant)
    row = sent(a_change(grant, leader, {"results/aaaaaa/number": "110"}), leader)
    sign_in_twice(client, operator)
    assert f"/grants/{grant.key}/changes/{row.key}/" in client.get("/desk/").content.decode()

    answer_change(row, "return", "Почему меньше?", actor=operator, now=NOON)

    assert "change of a plan awaits" not in client.get("/desk/").content.decode()
    take_back_change(row, actor=leader, now=NOON)
    even(grant, operator)
    assert f"/grants/{grant.key}/closing/" in client.get("/desk/").content.decode()
    close_grant(grant, Evaluated("well"), actor=operator, now=NOON)
    client.force_login(leader)
    assert "closed grant can be told as a practice" in client.get("/desk/").content.decode()


def test_of_several_requests_that_came_back_the_way_leads_to_the_first(
    client: Client, contest: Contest, operator: Person
) -> None:
    grant = signed(
        a_grant(an_award(contest=contest, operator=operator), operator=operator), operator
    )
    leader = leader_of(grant)
    other = elsewhere(grant.organisation, leader)
    row = sent(a_change(grant, leader, {"results/aaaaaa/number": "110"}), leader)
    answer_change(row, "return", "Почему меньше?", actor=operator, now=NOON)
    Change.objects.create(
        grant=other, number=1, base=latest_plan(grant), stage="returned", words="И здесь",
        begun_by=leader.key, begun_at=NOON,
    )  # fmt: skip
    client.force_login(leader)

    page = " ".join(client.get("/desk/").content.decode().split())

    assert "changes of plans were returned to you" in page
    assert f'href="/grants/{grant.key}/changes/{row.key}/"' in page
    told = Notice.objects.get(person=leader, code="grants.change_returned")
    assert told.url == f"/grants/{grant.key}/changes/{row.key}/"
