"""200 people ask for 12 places at one moment, on either database."""

import pytest
from django.db import transaction

from sinergia.grants.actions.joining import Asked, join, leave, prove
from sinergia.grants.models import Joiner, Role
from tests.arrange import a_centre, a_consultant, a_contest
from tests.arrange_grants import a_grant, an_award, fresh, leader_of, signed
from tests.grants.arrange_joining import NOW, a_page, a_role, seen_now
from tests.organisations.test_roles_at_once import at_once
from tests.support.test_trainings_at_once import in_a_file

__all__ = ["in_a_file"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
MANY, PLACES, AT_ONCE = 200, 12, 20


def an_arranged_role() -> Role:
    with transaction.atomic():
        centre = a_centre()
        operator = a_consultant(centre=centre)
        contest = a_contest(centre=centre)
        grant = a_grant(an_award(contest=contest, operator=operator), operator=operator)
        under_way = seen_now(signed(grant, operator))
        leader = leader_of(under_way)
        a_page(under_way, leader)
        return a_role(fresh(under_way), leader, places=PLACES, confirms=False)


@pytest.mark.usefixtures("in_a_file")
def test_of_200_who_ask_at_once_12_are_confirmed_and_the_rest_wait_in_order() -> None:
    role = an_arranged_role()

    def asking(number: int) -> object:
        told = Asked(f"участник{number}", f"n{number}@example.org", 30, agreed_version=1)
        return prove(join(role, told, language="ru", person=None, now=NOW), now=NOW)

    told: list[str] = []
    for first in range(0, MANY, AT_ONCE):
        told += at_once(*[lambda n=n: asking(n) for n in range(first, first + AT_ONCE)])

    rows = Joiner.objects.order_by("queued_at", "pk")
    assert told == ["done"] * MANY
    assert rows.filter(stage="confirmed").count() == PLACES
    waiting = list(rows.filter(stage="waiting"))
    assert len(waiting) == MANY - PLACES
    two = list(rows.filter(stage="confirmed"))[:2]

    told = at_once(*[lambda one=one: leave(one, now=NOW) for one in two])

    assert told == ["done", "done"]
    assert rows.filter(stage="confirmed").count() == PLACES
    for one in waiting[:3]:
        one.refresh_from_db()
    assert [one.stage for one in waiting[:3]] == ["confirmed", "confirmed", "waiting"]
