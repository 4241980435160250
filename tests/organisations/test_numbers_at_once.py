"""Two people enter one number at the same moment, on either database."""

from collections.abc import Callable
from threading import Barrier

import pytest
from django.db import connection, transaction

from sinergia.organisations.actions import claims, numbers
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.register import Newcomer
from sinergia.organisations.models import Claim, Identifier, Organisation
from tests.arrange import NOON, a_centre, a_consultant, a_person, an_organisation
from tests.organisations.test_roles_at_once import at_once
from tests.support.test_trainings_at_once import in_a_file as in_a_file

pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_a_file"),
]
OGRN, INN = "1027700132195", "7707083893"
GIVEN = {"role": "leader", "post": "Директор", "ground": "Избрана собранием 3 марта"}


@pytest.fixture
def both_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], None]:
    """Neither writes before both have looked; on SQLite the second waits before it looks."""
    barrier = Barrier(2)

    def wait_after(module: object, name: str) -> None:
        look, looked = getattr(module, name), []

        def looked_at_once(*asked: object) -> object:
            found = look(*asked)
            looked.append(found)
            if connection.vendor == "postgresql" and len(looked) <= barrier.parties:
                barrier.wait(10)
            return found

        monkeypatch.setattr(module, name, looked_at_once)

    return wait_after


def test_two_who_enter_one_newcomer_ask_about_one_organisation(
    both_look: Callable[[object, str], None],
) -> None:
    with transaction.atomic():
        people = [a_person("anna"), a_person("boris")]
    both_look(claims, "organisation_by_number")
    newcomer = Newcomer("Дом", ogrn=OGRN, inn=INN, kind="registered", is_public=False)

    told = at_once(
        *[
            lambda one=one: claims.claim_newcomer(newcomer, GIVEN, actor=one, now=NOON)
            for one in people
        ]
    )

    assert told == ["done", "done"]
    made = Organisation.objects.get()
    assert [claim.organisation for claim in Claim.objects.all()] == [made, made]
    assert Identifier.objects.count() == 2
    assert recount_register() == 0


def test_of_two_who_type_one_number_into_two_organisations_the_later_is_told(
    both_look: Callable[[object, str], None],
) -> None:
    with transaction.atomic():
        larisa = a_consultant("larisa", centre=a_centre())
        two = [an_organisation("Первая"), an_organisation("Вторая")]
    both_look(numbers, "_refuse_taken")

    told = at_once(
        *[
            lambda one=one: numbers.write_number(
                one, {"scheme": Identifier.Scheme.OGRN, "value": OGRN}, actor=larisa, now=NOON
            )
            for one in two
        ]
    )

    assert sorted(told) == ["done", "number_taken"]
    assert Identifier.objects.get().value == OGRN
