import re
from datetime import timedelta

import pytest
from django.test import Client

from sinergia.organisations.models import Centre, CentreStaff, Claim, Membership, Organisation
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
    """A consultant of centre A who leads an organisation of her own."""
    person = a_consultant("larisa", centre=a_centre("Центр А"))
    lead(person, an_organisation("Полтора шага"))
    return person


def lead(person: Person, organisation: Organisation) -> None:
    Membership.objects.create(organisation=organisation, person=person, role="leader", since=NOON)


def employ(person: Person, centre: Centre) -> None:
    CentreStaff.objects.create(centre=centre, person=person, role="consultant", since=NOON)


def acting(client: Client) -> str:
    capacity = client.get("/organisations/mine/").context["capacity"]
    return str(capacity.code) if capacity else ""


def choose(client: Client, code: str, next_page: str = "/desk/") -> str:
    typed = {"capacity": code, "next": next_page}
    return str(client.post("/capacity/", typed)["Location"])


def test_one_person_acts_in_the_capacity_they_chose(larisa: Person, client: Client) -> None:
    client.force_login(larisa)
    centre, steps = Centre.objects.get(), Organisation.objects.get(name="Полтора шага")
    first = acting(client)

    went = choose(client, f"leader:{steps.key}", "/organisations/mine/?q=x")

    assert first == f"consultant:{centre.key}"
    assert went == "/organisations/mine/?q=x"
    assert acting(client) == f"leader:{steps.key}"


def test_what_is_not_ones_own_is_not_chosen(larisa: Person, client: Client) -> None:
    client.force_login(larisa)
    other = an_organisation("Чужие")
    before = acting(client)

    choose(client, f"leader:{other.key}")
    choose(client, "administrator:")
    choose(client, "")

    assert acting(client) == before


def test_one_is_not_led_away_from_the_site(larisa: Person, client: Client) -> None:
    client.force_login(larisa)

    for address in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert choose(client, acting(client), address) == "/desk/"


def test_a_role_that_ended_is_acted_in_no_longer(larisa: Person, client: Client) -> None:
    client.force_login(larisa)
    steps = Organisation.objects.get(name="Полтора шага")
    choose(client, f"leader:{steps.key}")

    Membership.objects.update(until=NOON)

    assert acting(client) == f"consultant:{Centre.objects.get().key}"


def test_the_menu_offers_the_others_and_a_single_role_is_a_plain_word(
    larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    several = client.get("/organisations/mine/").text
    client.force_login(a_leader("tamara", organisation=an_organisation("Другие")))
    single = client.get("/organisations/mine/").text
    client.force_login(a_person("anna"))
    none = client.get("/organisations/mine/").text

    assert [text.count('name="capacity"') for text in (several, single, none)] == [2, 0, 0]
    assert ["account-capacity" in text for text in (several, single, none)] == [True, True, False]


def test_a_page_of_another_role_says_so_and_offers_the_switch(
    larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    steps = Organisation.objects.get(name="Полтора шага")
    address = f"/organisations/{steps.key}/team/"
    assert client.get(address).context["offer"].code == f"leader:{steps.key}"

    choose(client, f"leader:{steps.key}")
    assert client.get(address).context["offer"] is None

    page = client.get("/contacts/")  # of the centre: she is led in as its consultant, and told
    assert (page.status_code, "Центр А" in str(next(iter(page.context["messages"])))) == (200, True)
    assert acting(client).startswith("consultant:")


def test_what_one_centre_does_not_have_another_of_theirs_may(
    larisa: Person, client: Client
) -> None:
    far = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    employ(larisa, far)
    theirs = an_organisation("Дальние", region=a_region("XB-YAR"))
    client.force_login(larisa)
    choose(client, f"consultant:{Centre.objects.exclude(pk=far.pk).get().key}")
    address = f"/organisations/{theirs.key}/inside/notes/"

    page = client.get(address)

    assert (page.status_code, f"consultant:{far.key}" in page.text) == (404, True)
    assert choose(client, f"consultant:{far.key}", address) == address
    assert client.get(address).status_code == 200


def test_regions_are_compared_by_those_who_work_with_them(larisa: Person, client: Client) -> None:
    client.force_login(a_leader("tamara", organisation=an_organisation("Другие")))
    home = client.get("/").text

    assert client.get("/regions/").status_code == 403
    assert 'href="/regions/"' not in home
    client.force_login(larisa)
    assert client.get("/regions/").status_code == 200
    assert 'href="/regions/"' in client.get("/").text


def test_of_many_requests_the_earlier_ones_stand_on_further_pages(client: Client) -> None:
    anna = a_person("anna")
    Claim.objects.bulk_create(
        Claim(
            organisation=an_organisation(f"Организация {number:02d}"), person=anna, role="editor",
            ground="Приказ", result="refused", settled_at=NOON,
            raised_at=NOON + timedelta(days=number),
        )
        for number in range(60)
    )  # fmt: skip
    client.force_login(anna)
    seen, address = set(), "/organisations/mine/"

    for _page in range(3):
        text = client.get(address).text
        seen |= set(re.findall(r"Организация \d\d", text))
        further = re.search(r'rel="next"\s+href="([^"]+)"', text)
        address = "/organisations/mine/" + further[1].partition("#")[0] if further else ""

    assert (len(seen), address) == (60, "")
