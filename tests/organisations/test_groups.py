import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Notice
from sinergia.organisations.actions import groups as actions
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.actions.merging import undo_merge
from sinergia.organisations.models import (
    Card,
    Change,
    FormerName,
    Head,
    Membership,
    Note,
    Organisation,
    Reach,
)
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_person,
    a_region,
    an_application,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def anna() -> Person:
    return a_person("anna")


def test_somebody_begins_a_group_and_leads_it_hidden(
    larisa: Person, anna: Person, client: Client
) -> None:
    client.force_login(anna)
    typed = {"name": "Двор на Садовой", "region": a_region().code, "about": "Сажаем деревья"}

    response = client.post("/groups/new/", typed)
    client.post("/groups/new/", typed)  # pressed twice

    group = Organisation.objects.get(kind="group")
    assert response["Location"] == f"/organisations/{group.key}/inside/"
    assert (group.is_public, Membership.objects.get().role) == (False, "leader")
    assert (Card.objects.get().is_confirmed, Card.objects.get().about) == (True, "Сажаем деревья")
    assert Notice.objects.get(person=larisa).code == "register.group_begun"
    assert Client().get(f"/organisations/{group.key}/").status_code == 404
    inside = client.get(f"/organisations/{group.key}/inside/").text
    outside = f"/organisations/{group.key}/", f"/organisations/{group.key}/glance/"
    assert [f'href="{address}"' in inside for address in outside] == [False, False]
    client.post(f"/organisations/{group.key}/inside/show/", {"is_public": "yes"})
    inside = client.get(f"/organisations/{group.key}/inside/").text
    assert [f'href="{address}"' in inside for address in outside] == [True, True]
    assert [Client().get(address).status_code for address in outside] == [200, 200]
    assert recount_register() == 0


def test_one_person_leads_five_groups_at_most(anna: Person) -> None:
    for number in range(5):
        actions.begin_group(a_region(), {"name": f"№ {number}"}, actor=anna, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.begin_group(a_region(), {"name": "№ 6"}, actor=anna, now=NOON)

    assert refused.value.gaps == [Gap("group_too_many", values={"most": 5})]


def test_the_centre_writes_a_group_down_from_its_peoples_words(
    larisa: Person, client: Client
) -> None:
    town = a_municipality("Рудный Лог")
    client.force_login(larisa)
    typed = {
        "name": "Клуб бабушек",
        "region": a_region().code,
        "municipality": str(town.key),
        "told_by": "Зоя Ильинична, по телефону",
        "head": "Зоя Ильинична Лапина",
        "phone": "+7 900 000-00-00",
        "about": "Вяжут",
    }

    assert client.post("/groups/new/", typed | {"told_by": ""}).status_code == 422
    assert client.post("/groups/new/", typed).status_code == 302

    group, head, phone = (
        Organisation.objects.get(kind="group"),
        Head.objects.get(),
        Reach.objects.get(),
    )
    assert (group.municipality, group.is_public) == (town, False)
    told = "Зоя Ильинична, по телефону"
    assert (head.name, head.told_by, head.is_confirmed) == ("Зоя Ильинична Лапина", told, False)
    assert (phone.value, phone.told_by, phone.is_confirmed) == ("+7 900 000-00-00", told, False)
    assert not Membership.objects.exists()


def test_staff_write_groups_down_in_their_own_regions(larisa: Person) -> None:
    far = a_region("XB-YAR", "Ярогорский край")

    with pytest.raises(PermissionDenied):
        actions.write_group(far, {"name": "Далёкая", "told_by": "Кто-то"}, actor=larisa, now=NOON)


def test_a_group_that_registered_joins_its_organisation_with_its_history(
    larisa: Person, anna: Person, client: Client
) -> None:
    group = actions.begin_group(
        a_region(), {"name": "Двор", "about": "Сажаем"}, actor=anna, now=NOON
    )
    application = an_application(organisation=group)
    client.force_login(larisa)
    client.post(f"/organisations/{group.key}/inside/notes/", {"text": "Звонили"})
    registered = an_organisation("АНО «Двор»")
    index_organisation(registered)
    address = f"/organisations/{group.key}/joined/"

    found = client.get(f"{address}?q=двор").text
    preview = client.get(f"{address}?into={registered.key}").text
    response = client.post(address, {"into": str(registered.key)})
    again = client.post(address, {"into": str(registered.key)})  # pressed twice

    assert (str(registered.key) in found, "АНО «Двор»" in preview) == (True, True)
    assert (response.status_code, again["Location"]) == (
        302, f"/organisations/{registered.key}/inside/",
    )  # fmt: skip
    application.refresh_from_db()
    assert application.organisation == registered
    assert Membership.objects.get().organisation == registered
    assert (Note.objects.get().organisation, Card.objects.get().organisation) == (registered,) * 2
    former = FormerName.objects.get()
    assert (former.name, former.until is not None) == ("Двор", True)
    assert Change.objects.filter(field="joined_group", after="Двор").count() == 1
    old = Client().get(f"/organisations/{group.key}/")
    assert (old.status_code, old["Location"]) == (301, f"/organisations/{registered.key}/")
    assert recount_register() == 0


def test_joining_is_taken_back_whole(larisa: Person, anna: Person) -> None:
    group = actions.begin_group(a_region(), {"name": "Двор"}, actor=anna, now=NOON)
    registered = an_organisation("АНО «Двор»")
    merge = actions.join_group(group.key, registered.key, actor=larisa, now=NOON)

    undo_merge(merge.key, actor=larisa, now=NOON)

    back = Organisation.objects.get(key=group.key)
    assert (back.kind, back.is_public, Membership.objects.get().organisation) == (
        "group", False, back,
    )  # fmt: skip
    assert not Change.objects.filter(field="joined_group").exists()
    assert not FormerName.objects.exists()


def test_only_a_group_joins_and_only_a_registered_one_is_joined(
    larisa: Person, anna: Person
) -> None:
    group = actions.begin_group(a_region(), {"name": "Двор"}, actor=anna, now=NOON)
    other = actions.begin_group(a_region(), {"name": "Сад"}, actor=anna, now=NOON)
    registered = an_organisation("АНО «Двор»")

    for one, into, code in (
        (registered, registered, "group_is_registered"),
        (group, other, "group_joins_registered"),
    ):
        with pytest.raises(Refused) as refused:
            actions.join_group(one.key, into.key, actor=larisa, now=NOON)
        assert refused.value.gaps == [Gap(code)]


def test_the_groups_own_leader_asks_the_centre_to_join_it(anna: Person) -> None:
    a_centre()
    group = actions.begin_group(a_region(), {"name": "Двор"}, actor=anna, now=NOON)
    registered = an_organisation("АНО «Двор»")
    a_leader("other", organisation=registered)

    with pytest.raises(PermissionDenied):
        actions.join_group(group.key, registered.key, actor=anna, now=NOON)
