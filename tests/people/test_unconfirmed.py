"""Accounts whose address nobody confirmed are forgotten after a week, each by itself."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from sinergia.organisations.models import Membership
from sinergia.people.actions.erasing import UNCONFIRMED_FOR, forget_unopened_accounts
from sinergia.people.models import Person
from tests.arrange import NOON, a_person, an_organisation
from tests.people.arrange_accounts import somebody

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def unconfirmed(name: str) -> Person:
    person = a_person(name)
    Person.objects.filter(pk=person.pk).update(made_at=NOON)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def test_who_never_confirmed_goes_and_who_something_points_at_stays() -> None:
    gone, named, vera = unconfirmed("gone"), unconfirmed("named"), somebody()
    Person.objects.filter(pk=vera.pk).update(made_at=NOON)
    Membership.objects.create(
        organisation=an_organisation(), person=named, role="editor", since=NOON
    )

    early = forget_unopened_accounts(now=NOON + UNCONFIRMED_FOR)
    done = forget_unopened_accounts(now=NOON + UNCONFIRMED_FOR + timedelta(seconds=1))

    assert (early, done) == (0, 1)
    assert set(Person.objects.filter(machine="")) == {named, vera}
    assert EmailAddress.objects.filter(user=named).exists()
    assert not EmailAddress.objects.filter(email=gone.email).exists()
