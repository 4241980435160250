"""Two people press “merge” at the same moment: on the database that lets them."""

import pytest
from django.db import transaction
from django.test import Client

from sinergia.organisations.models import Centre, FormerKey, Merge, Organisation
from tests.arrange import a_centre, a_consultant, an_organisation, sign_in_twice
from tests.organisations.test_roles_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("is_turned", [False, True])
def test_both_who_press_at_once_are_shown_the_one_merge(*, is_turned: bool) -> None:
    with transaction.atomic():
        larisa = a_consultant("larisa", centre=a_centre())
        irina = a_consultant("irina", centre=Centre.objects.get())
        one, other = an_organisation("Первая"), an_organisation("Вторая")
    clients = [Client(), Client()]
    for client, person in zip(clients, (larisa, irina), strict=True):
        sign_in_twice(client, person)
    pair, turned = (one.key, other.key), (other.key, one.key)
    asked = [pair, turned if is_turned else pair]
    shown: list[str] = ["", ""]

    def press(place: int) -> None:
        first, second = asked[place]
        answer = clients[place].post(f"/doubles/{first}/{second}/merge/")
        shown[place] = answer.headers.get("Location", str(answer.status_code))

    told = at_once(lambda: press(0), lambda: press(1))

    done = Merge.objects.get()
    assert (told, shown) == (["done", "done"], [f"/merges/{done.key}/"] * 2)
    assert Organisation.objects.filter(pk=done.kept_id).exists()
    assert [former.organisation for former in FormerKey.objects.all()] == [done.kept]
