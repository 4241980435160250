"""Two grants won elsewhere are told by the demo once: one paid in part, one to be signed."""

import pytest

from sinergia.grants.models import Grant
from sinergia.organisations.models import Membership
from sinergia.people.actions import command_person, invent_person
from sinergia.web.commands.granting import tell_grants_elsewhere
from tests.arrange import NOON, a_call, an_application, an_organisation

pytestmark = pytest.mark.django_db


def test_two_of_three_wins_are_told_and_told_again_stay_as_they_are() -> None:
    call = a_call(2024)
    for number, name in enumerate(("Первая", "Вторая", "Третья")):
        organisation = an_organisation(name)
        email, me = f"n{number}@demo.example", command_person(NOON)
        person = invent_person(email, name, is_administrator=False, actor=me, now=NOON)
        Membership.objects.create(
            organisation=organisation, person=person, role="leader", since=NOON
        )
        an_application(organisation=organisation, call=call, awarded_minor=100_01)

    for _time in range(2):
        tell_grants_elsewhere()
    told = list(Grant.objects.order_by("pk").values_list("stage", "organisation__name"))

    assert told == [("under_way", "Первая"), ("preparing", "Вторая")]
    first = Grant.objects.get(stage="under_way")
    assert [one.tranche_minor for one in first.periods.order_by("number")] == [60_01, 40_00]
    assert first.transfers.get().sum_minor == 60_01
