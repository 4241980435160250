from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions import centres as actions
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.models import Centre, CentreStaff
from sinergia.organisations.queries.teams import last_headed_by
from sinergia.people.models import Person
from tests.afterwards import told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_region,
    an_administrator,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def olga() -> Person:
    return an_administrator("olga")


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def irina(centre: Centre) -> Person:
    return a_consultant("irina", centre=centre, role="head")


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


def work_of(person: Person) -> CentreStaff:
    return CentreStaff.objects.get(person=person)


def test_a_centre_is_made_of_an_organisation_and_serves_its_regions(
    olga: Person, client: Client
) -> None:
    steps, region = an_organisation("Опора"), a_region("XB-YAR", "Ярогорский край")
    index_organisation(steps)
    client.force_login(olga)
    typed = {"time_zone": "Asia/Omsk", "regions": [a_region().code, region.code]}

    assert "Опора" in client.get("/centres/?q=опора").text
    response = client.post(f"/centres/make/{steps.key}/", typed)

    made = Centre.objects.get()
    assert response["Location"] == f"/centres/{made.key}/invite/"
    assert (made.organisation, made.time_zone) == (steps, "Asia/Omsk")
    assert set(made.regions.values_list("region__code", flat=True)) == {"XA-SVB", "XB-YAR"}
    assert actions.make_centre(steps, [], "Europe/Moscow", actor=olga, now=NOON) == made  # twice
    assert Entry.objects.filter(verb="centre.made").count() == 1


def test_a_region_is_served_by_one_centre(olga: Person, centre: Centre, client: Client) -> None:
    other = an_organisation("Другой")
    with pytest.raises(Refused) as refused:
        actions.make_centre(other, [a_region()], "Europe/Moscow", actor=olga, now=NOON)
    assert [gap.code for gap in refused.value.gaps] == ["centre_region_taken"]
    assert Centre.objects.count() == 1
    client.force_login(olga)
    typed = {"time_zone": "Europe/Moscow", "regions": [a_region().code]}
    assert client.post(f"/centres/make/{other.key}/", typed).status_code == 422


def test_a_region_taken_away_is_free_for_another(
    olga: Person, centre: Centre, larisa: Person, client: Client
) -> None:
    next_door = a_region("XB-YAR", "Ярогорский край")
    steps = an_organisation("Полтора шага")
    client.force_login(olga)

    typed = {"time_zone": "Europe/Samara", "regions": [next_door.code]}
    client.post(f"/centres/{centre.key}/change/", typed)

    centre.refresh_from_db()
    assert centre.time_zone == "Europe/Samara"
    client.force_login(larisa)
    assert client.get(f"/organisations/{steps.key}/inside/").status_code == 404
    other = an_organisation("Другой")
    actions.make_centre(other, [a_region()], "Europe/Moscow", actor=olga, now=NOON)


def test_the_last_head_does_not_leave_silently(
    centre: Centre, irina: Person, larisa: Person, olga: Person
) -> None:
    assert last_headed_by(irina) == [centre]
    leaving: list[Callable[[], object]] = [
        lambda: actions.end_work(centre, irina.key, actor=irina, now=NOON),
        lambda: actions.change_staff_role(centre, irina.key, "consultant", actor=irina, now=NOON),
    ]
    for leave in leaving:
        with pytest.raises(Refused) as refused:
            leave()
        assert [gap.code for gap in refused.value.gaps] == ["staff_last_head"]

    actions.end_work(centre, irina.key, actor=irina, now=NOON, heir=larisa.key)

    assert (work_of(irina).until, work_of(larisa).role) == (NOON, "head")
    assert told(larisa) == ["register.staff_handed_over"]
    actions.end_work(centre, larisa.key, actor=larisa, now=NOON, reason="Центр закрывают")
    assert told(olga) == ["register.centre_without_head"]
    assert work_of(larisa).parting == "Центр закрывают"


def test_an_administrator_may_let_the_last_head_go(
    centre: Centre, irina: Person, olga: Person
) -> None:
    Person.objects.filter(pk=irina.pk).update(must_use_mfa=True)

    actions.end_work(centre, irina.key, actor=olga, now=NOON)
    actions.end_work(centre, irina.key, actor=olga, now=NOON)  # pressed twice

    irina.refresh_from_db()
    assert (work_of(irina).until, irina.must_use_mfa) == (NOON, False)
    assert told(irina) == ["register.staff_let_go"]


def test_a_second_factor_is_asked_as_long_as_any_such_role_is_held(
    centre: Centre, irina: Person, larisa: Person
) -> None:
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    actions.join_centre(other, larisa, "consultant", actor=irina, now=NOON)

    actions.end_work(centre, larisa.key, actor=irina, now=NOON)
    larisa.refresh_from_db()
    assert larisa.must_use_mfa
    actions.end_work(other, larisa.key, actor=larisa, now=NOON)

    larisa.refresh_from_db()
    assert not larisa.must_use_mfa


def test_a_consultant_leads_nobody_and_a_neighbour_sees_nothing(
    centre: Centre, irina: Person, larisa: Person, client: Client
) -> None:
    for act in (
        lambda: actions.end_work(centre, irina.key, actor=larisa, now=NOON),
        lambda: actions.change_staff_role(centre, larisa.key, "head", actor=larisa, now=NOON),
        lambda: actions.make_centre(
            centre.organisation, [a_region()], "Europe/Moscow", actor=irina, now=NOON
        ),
        lambda: actions.change_centre(centre, [], "Europe/Moscow", actor=irina, now=NOON),
    ):
        with pytest.raises(PermissionDenied):
            act()
    far = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    client.force_login(a_consultant("neighbour", centre=far, role="head"))
    assert client.get(f"/centres/{centre.key}/").status_code == 404


def test_a_role_is_changed_through_the_page_and_told(
    centre: Centre, irina: Person, larisa: Person, client: Client
) -> None:
    client.force_login(irina)
    address = f"/centres/{centre.key}/staff/{larisa.key}/role/"

    client.post(address, {"role": "king"})
    assert work_of(larisa).role == "consultant"
    client.post(address, {"role": "head"})
    client.post(address, {"role": "head"})

    assert (work_of(larisa).role, told(larisa)) == ("head", ["register.staff_role"])


def test_nobody_makes_themselves_a_head(centre: Centre, olga: Person) -> None:
    CentreStaff.objects.create(centre=centre, person=olga, role="consultant", since=NOON)

    with pytest.raises(Refused) as refused:
        actions.change_staff_role(centre, olga.key, "head", actor=olga, now=NOON)

    assert refused.value.gaps == [Gap("role_own")]


def test_the_centres_page_asks_as_much_for_three_as_for_one(
    centre: Centre, irina: Person, olga: Person, client: Client
) -> None:
    counts: dict[str, list[int]] = {"/centres/": [], f"/centres/{centre.key}/": []}
    for number in (1, 2, 3):
        far = a_region(f"XC-{number}", f"Край {number}")
        head = a_consultant(
            f"head {number}", centre=a_centre(f"Центр {number}", region=far), role="head"
        )
        actions.join_centre(centre, head, "consultant", actor=irina, now=NOON)
        for address, counted in counts.items():
            client.force_login(olga)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counted.append(len(asked))

    assert [(counted[0] == counted[2]) for counted in counts.values()] == [True, True]


def test_a_person_who_has_left_sees_the_centre_no_longer(
    centre: Centre, irina: Person, larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    response = client.post(f"/centres/{centre.key}/staff/{larisa.key}/end/")

    assert response["Location"] == "/desk/"
    assert client.get("/contacts/").status_code == 403
    assert client.get(f"/centres/{centre.key}/").status_code == 404
