from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions import lifecycle
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.models import Change, Organisation, Succession
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


def test_a_closed_one_says_so_with_the_day_and_the_history_keeps_it(larisa: Person) -> None:
    steps = an_organisation("Полтора шага")
    given = {"status": "closed", "closed_on": date(2026, 3, 1)}

    lifecycle.write_status(steps, given, actor=larisa, now=NOON)
    lifecycle.write_status(steps, given, actor=larisa, now=NOON)

    assert list(Change.objects.order_by("pk").values_list("field", "before", "after")) == [
        ("status", "unknown", "closed"),
        ("closed_on", "", "2026-03-01"),
    ]
    page = Client().get(f"/organisations/{steps.key}/").content.decode()
    assert "Закрыта" in page


@pytest.mark.parametrize(
    ("given", "gap"),
    [
        ({"status": "closed", "closed_on": date(2013, 1, 1)}, "closed_before_it_began"),
        ({"status": "active", "closed_on": date(2026, 1, 1)}, "closed_on_of_an_open_one"),
    ],
)
def test_days_that_cannot_be_are_refused(
    given: dict[str, object], gap: str, larisa: Person
) -> None:
    steps = an_organisation()
    Organisation.objects.filter(pk=steps.pk).update(registered_on=date(2014, 6, 17))

    with pytest.raises(Refused) as refused:
        lifecycle.write_status(steps, given, actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap(gap, "closed_on")]
    assert Change.objects.count() == 0


def test_one_leads_to_what_it_became_and_back(larisa: Person) -> None:
    group, charity = an_organisation("Соседи"), an_organisation("Фонд «Соседи»")
    given = {"successor": charity, "kind": "registered", "on": date(2026, 2, 3)}

    row = lifecycle.write_succession(group, given, actor=larisa, now=NOON)

    assert lifecycle.write_succession(group, given, actor=larisa, now=NOON) == row
    later = given | {"on": date(2026, 2, 4)}
    assert lifecycle.write_succession(group, later, actor=larisa, now=NOON).on == later["on"]
    back = given | {"successor": group}
    with pytest.raises(Refused) as ring:
        lifecycle.write_succession(charity, back, actor=larisa, now=NOON)
    assert ring.value.gaps == [Gap("succession_in_a_ring", "successor")]
    for one, other in ((group, charity), (charity, group)):
        page = Client().get(f"/organisations/{one.key}/").content.decode()
        assert f"/organisations/{other.key}/" in page
    Organisation.objects.filter(pk=group.pk).update(is_public=False)
    page = Client().get(f"/organisations/{charity.key}/").content.decode()
    assert "Соседи</a>" not in page
    lifecycle.remove_succession(row, actor=larisa, now=NOON)
    assert Succession.objects.count() == 0
    with pytest.raises(Refused):
        lifecycle.write_succession(group, given | {"successor": group}, actor=larisa, now=NOON)


def test_who_asks_to_act_for_a_closed_one_is_shown_what_it_became(larisa: Person) -> None:
    steps, after = an_organisation("Полтора шага"), an_organisation("Два шага")
    hidden = an_organisation("Тайные")
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    address = f"/organisations/{steps.key}/claim/"
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_person("anna"))
    assert "closed" not in client.get(address).content.decode()
    closed = {"status": "closed", "closed_on": date(2026, 3, 1)}
    lifecycle.write_status(steps, closed, actor=larisa, now=NOON)
    for one in (after, hidden):
        given = {"successor": one, "kind": "transformed", "on": None}
        lifecycle.write_succession(steps, given, actor=larisa, now=NOON)

    page = client.get(address).content.decode()

    assert "The organisation is closed since 1\xa0March\xa02026." in page
    assert f"/organisations/{after.key}/claim/" in page
    assert "Тайные" not in page


def test_only_the_centre_says_what_became_of_an_organisation(larisa: Person) -> None:
    steps = an_organisation()
    leader = a_leader(organisation=steps)

    with pytest.raises(PermissionDenied):
        lifecycle.write_status(steps, {"status": "closed"}, actor=leader, now=NOON)


def test_what_it_became_may_be_kept_by_another_centre_which_may_take_it_back(
    larisa: Person,
) -> None:
    elsewhere = a_region("XC-DAL", "Дальний край")
    nina = a_consultant("nina", centre=a_centre("Дальний центр", region=elsewhere))
    steps, after = an_organisation("Шаги"), an_organisation("Дальние шаги", region=elsewhere)
    hidden = an_organisation("Дальние тайные шаги", region=elsewhere)
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    for one in (steps, after, hidden):
        index_organisation(Organisation.objects.get(pk=one.pk))
    clients = [Client(), Client()]
    for client, person in zip(clients, (larisa, nina), strict=True):
        client.force_login(person)
    address = f"/organisations/{steps.key}/inside/became/?q=дальние шаги"

    page = clients[0].get(address).text
    noted = clients[0].post(address, {"successor": after.key, "kind": "absorbed", "on": ""})

    assert "Дальние шаги — Дальний край" in page
    assert "Дальние тайные шаги" not in page
    assert noted.status_code == 302
    row = Succession.objects.get()
    assert row.successor == after
    theirs = f"/organisations/{after.key}/inside/became/"
    taken_back = f"{theirs}{row.key}/remove/"
    assert taken_back in clients[1].get(theirs).text
    assert clients[1].post(taken_back).status_code == 302
    assert not Succession.objects.exists()


def test_what_a_hidden_one_became_is_sought_at_home(larisa: Person) -> None:
    elsewhere = a_region("XC-DAL", "Дальний край")
    group, after = an_organisation("Шаги"), an_organisation("Дальние шаги", region=elsewhere)
    Organisation.objects.filter(pk=group.pk).update(is_public=False)
    index_organisation(after)
    client = Client()
    client.force_login(larisa)

    page = client.get(f"/organisations/{group.key}/inside/became/?q=дальние").text

    assert "Дальние шаги" not in page
