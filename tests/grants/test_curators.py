"""Whoever looked after a grant and left the centre: others are told and find it on their desks."""

import pytest

from sinergia.grants.access import run_at
from sinergia.grants.actions.telling import runners_of
from sinergia.grants.models import Grant
from sinergia.organisations.models import Centre, CentreStaff
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_leader, an_organisation
from tests.arrange_grants import elsewhere, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def given_to(grant: Grant, person: Person) -> Grant:
    Grant.objects.filter(pk=grant.pk).update(curator=person)
    return fresh(grant)


def left(person: Person) -> None:
    CentreStaff.objects.filter(person=person).update(until=NOON)


def test_once_its_curator_left_operators_are_told(
    grant: Grant, operator: Person, centre: Centre
) -> None:
    other = a_consultant("other", centre=centre)
    held = given_to(grant, other)
    assert runners_of(held) == [other]

    left(other)

    assert runners_of(held) == [operator]


def test_a_grant_elsewhere_comes_back_to_every_desk_once_its_curator_left(
    operator: Person, centre: Centre
) -> None:
    owner = an_organisation("Дом", region=centre.regions.get().region)
    other = a_consultant("other", centre=centre)
    held = given_to(elsewhere(owner, a_leader(organisation=owner)), other)

    def run() -> list[list[Grant]]:
        return [list(Grant.objects.filter(run_at(one, centre))) for one in (operator, other)]

    assert (runners_of(held), run()) == ([other], [[], [held]])
    given_to(held, operator)
    assert run() == [[held], []]

    held = given_to(held, other)
    left(other)

    assert (runners_of(held), run()[0]) == ([operator], [held])
    Grant.objects.filter(pk=held.pk).update(curator=None)
    assert run()[0] == [held]
