"""What administrators keep where no centre does: a region is said, numbers are taken away."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Notice
from sinergia.organisations import models as register
from sinergia.organisations.actions import numbers
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.details import place_organisation
from sinergia.organisations.models import Change, Identifier, Organisation
from sinergia.organisations.queries.register import with_words
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_region,
    an_administrator,
    an_organisation,
    sign_in_twice,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OGRN, INN = "1027700132195", "7707083893"
KEPT = ["", "history/", "details/", "number/", "status/", "became/", "double/"]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def olga() -> Person:
    return an_administrator("olga")


@pytest.fixture
def nobodys() -> Organisation:
    made = an_organisation("Ничьи")
    Organisation.objects.filter(pk=made.pk).update(region=None)
    made.refresh_from_db()
    recount_register()
    return made


def signed_in(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    sign_in_twice(client, person)
    return client


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("page", KEPT)
def test_an_administrator_opens_what_no_centre_serves(
    page: str, olga: Person, larisa: Person, nobodys: Organisation
) -> None:
    wild = an_organisation("Дикие", region=a_region("XC-NIK", "Ничейный край"))
    served = an_organisation("Свои")
    client = signed_in(olga)

    answers = [client.get(f"/organisations/{one.key}/inside/{page}") for one in (nobodys, wild)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert client.get(f"/organisations/{served.key}/inside/{page}").status_code == 404
    address = f"/organisations/{nobodys.key}/inside/{page}"
    assert signed_in(larisa).get(address).status_code == 404


def test_an_administrator_writes_what_became_of_it(olga: Person, nobodys: Organisation) -> None:
    signed_in(olga).post(
        f"/organisations/{nobodys.key}/inside/status/",
        {"status": "closed", "closed_on": "2026-03-01"},
    )

    nobodys.refresh_from_db()
    assert nobodys.status == "closed"


def test_a_region_is_said_by_the_centre_that_serves_it(
    larisa: Person, nobodys: Organisation
) -> None:
    town, client = a_municipality(), signed_in(larisa)
    assert "region/" in read(client, f"/organisations/{nobodys.key}/")
    address = f"/organisations/{nobodys.key}/inside/region/"
    assert "Кленовск" in read(client, address)

    answer = client.post(address, {"region": "XA-SVB", "municipality": str(town.key)})

    nobodys.refresh_from_db()
    assert answer.headers["Location"] == f"/organisations/{nobodys.key}/inside/"
    assert (nobodys.region, nobodys.municipality) == (a_region(), town)
    assert list(Change.objects.order_by("pk").values_list("field", "after")) == [
        ("region", "Светлоборская область"),
        ("municipality", "Кленовск"),
    ]
    assert recount_register() == 0
    assert client.get(address).status_code == 404


def test_staff_choose_among_their_own_regions_only(larisa: Person, nobodys: Organisation) -> None:
    next_door = a_region("XB-YAR", "Ярогорский край")

    with pytest.raises(PermissionDenied):
        place_organisation(nobodys, next_door, None, actor=larisa, now=NOON)

    answer = signed_in(larisa).post(
        f"/organisations/{nobodys.key}/inside/region/", {"region": "XB-YAR", "municipality": ""}
    )
    nobodys.refresh_from_db()
    assert (answer.status_code, nobodys.region) == (302, a_region())


def test_an_administrator_chooses_the_region_then_the_town_and_the_centre_is_told(
    olga: Person, larisa: Person, nobodys: Organisation
) -> None:
    a_region("XB-YAR", "Ярогорский край")
    client, town = signed_in(olga), a_municipality()
    address = f"/organisations/{nobodys.key}/inside/region/"
    assert "XB-YAR" in read(client, address)
    assert "Кленовск" in read(client, f"{address}?region=XA-SVB")

    answer = client.post(address, {"region": "XA-SVB", "municipality": str(town.key)})

    assert answer.headers["Location"] == f"/organisations/{nobodys.key}/"
    assert [(one.person, one.code) for one in Notice.objects.all()] == [
        (larisa, "register.organisation_moved")
    ]


def test_the_same_region_said_twice_is_harmless_and_another_is_refused(
    olga: Person, nobodys: Organisation
) -> None:
    here, next_door = a_region(), a_region("XB-YAR", "Ярогорский край")
    for _ in range(2):
        place_organisation(nobodys, here, None, actor=olga, now=NOON)

    with pytest.raises(Refused) as refused:
        place_organisation(nobodys, next_door, None, actor=olga, now=NOON)

    assert refused.value.gaps == [Gap("region_is_known")]
    assert Entry.objects.filter(verb="organisation.placed").count() == 1


def test_a_hidden_one_is_no_centre_s_to_place(larisa: Person, nobodys: Organisation) -> None:
    Organisation.objects.filter(pk=nobodys.pk).update(is_public=False)

    answer = signed_in(larisa).get(f"/organisations/{nobodys.key}/inside/region/")

    assert answer.status_code == 404


def test_a_number_is_taken_away_with_a_reason_and_another_may_have_it(larisa: Person) -> None:
    wrong, right = an_organisation("Первая"), an_organisation("Вторая")
    numbers.write_number(wrong, {"scheme": "RU-OGRN", "value": OGRN}, actor=larisa, now=NOON)
    client = signed_in(larisa)
    assert "number/RU-OGRN/remove/" in read(client, f"/organisations/{wrong.key}/inside/")
    address = f"/organisations/{wrong.key}/inside/number/RU-OGRN/remove/"
    assert client.post(address, {"reason": " "}).status_code == 422

    answer = client.post(address, {"reason": "Номер соседей"})

    assert answer.headers["Location"] == f"/organisations/{wrong.key}/inside/"
    change = Change.objects.latest("pk")
    assert (change.field, change.before, change.after, change.reason) == (
        "RU-OGRN", OGRN, "", "Номер соседей",
    )  # fmt: skip
    assert Entry.objects.latest("pk").verb == "organisation.number_removed"
    assert "Номер соседей" in read(client, f"/organisations/{wrong.key}/inside/history/")
    assert not with_words(Organisation.objects.all(), OGRN).exists()
    numbers.write_number(right, {"scheme": "RU-OGRN", "value": OGRN}, actor=larisa, now=NOON)
    assert client.post(address, {"reason": "Ещё раз"}).status_code == 404


def test_a_number_taken_away_twice_is_gone_once(larisa: Person) -> None:
    one = an_organisation()
    Identifier.objects.create(organisation=one, scheme="RU-INN", value="500100732259")

    for _ in range(2):
        numbers.remove_number(one, "RU-INN", reason="Описка", actor=larisa, now=NOON)

    change = Change.objects.get()
    assert (change.before, change.reason) == (
        "",
        "Описка",
    )  # a person's number does not stand there


def test_its_own_people_take_no_number_away(larisa: Person) -> None:
    one = an_organisation()
    Identifier.objects.create(organisation=one, scheme="RU-OGRN", value=OGRN)
    tamara = a_leader(organisation=one)

    with pytest.raises(PermissionDenied):
        numbers.remove_number(one, "RU-OGRN", reason="Так", actor=tamara, now=NOON)

    assert "remove/" not in read(signed_in(tamara), f"/organisations/{one.key}/inside/")


def test_a_pair_that_a_typed_number_raised_says_so(larisa: Person) -> None:
    one, other = an_organisation("Первая"), an_organisation("Вторая")
    Identifier.objects.create(organisation=one, scheme="RU-OGRN", value=OGRN)
    client = signed_in(larisa)

    client.post(f"/organisations/{other.key}/inside/number/", {"scheme": "RU-OGRN", "value": OGRN})

    assert register.Pair.objects.get().reasons == "typed"
    page = read(client, "/doubles/")
    assert "a number of one was typed in for the other" in page
    assert "a file says" not in page


def test_a_person_s_number_stands_on_neither_side_of_the_history(larisa: Person) -> None:
    steps, personal = an_organisation(), "500100732259"
    for value in (personal, INN, personal):
        numbers.write_number(steps, {"scheme": "RU-INN", "value": value}, actor=larisa, now=NOON)

    said = Change.objects.order_by("pk").values_list("before", "after")
    assert list(said) == [("", ""), ("", INN), (INN, "")]
