"""Two people press at the same moment: on the database that lets them."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from sinergia.engine.refusal import Refused
from sinergia.organisations.actions import claims, teams
from sinergia.organisations.models import Centre, Claim, Membership
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_leader, a_person, an_organisation

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each is answered: "done", or the code of the refusal; in the order of the acts."""
    barrier, told = Barrier(len(acts)), ["never ended"] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            act()
            told[place] = "done"
        except Refused as refusal:
            told[place] = refusal.gaps[0].code
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


@transaction.atomic
def a_claim() -> tuple[Claim, Person, Person]:
    """A request, and two consultants who may answer it."""
    larisa = a_consultant("larisa", centre=a_centre())
    irina = a_consultant("irina", centre=Centre.objects.get())
    given = {"role": "leader", "ground": "Избрана"}
    claim = claims.raise_claim(an_organisation(), given, actor=a_person("anna"), now=NOON)
    return claim, larisa, irina


def test_two_consultants_confirm_one_request_once() -> None:
    claim, larisa, irina = a_claim()

    told = at_once(
        lambda: claims.confirm_claim(claim.key, actor=larisa, now=NOON),
        lambda: claims.confirm_claim(claim.key, actor=irina, now=NOON),
    )

    assert (told, Membership.objects.count()) == (["done", "done"], 1)


def test_one_confirms_and_one_refuses_and_the_later_is_told() -> None:
    claim, larisa, irina = a_claim()

    told = at_once(
        lambda: claims.confirm_claim(claim.key, actor=larisa, now=NOON),
        lambda: claims.refuse_claim(claim.key, "Нет приказа", actor=irina, now=NOON),
    )

    claim.refresh_from_db()
    assert sorted(told) == ["claim_settled", "done"]
    assert Membership.objects.exists() == (claim.result == "confirmed")


def test_of_two_leaders_who_leave_at_once_one_stays() -> None:
    with transaction.atomic():
        steps = an_organisation()
    people = [a_leader(name, organisation=steps) for name in ("tamara", "zoya")]
    places = [Membership.objects.get(person=person) for person in people]

    told = at_once(
        lambda: teams.end_membership(places[0].key, actor=people[0], now=NOON),
        lambda: teams.end_membership(places[1].key, actor=people[1], now=NOON),
    )

    assert sorted(told) == ["done", "team_last_leader"]
    assert Membership.objects.filter(until=None).count() == 1
